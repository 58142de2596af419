import { describe, expect, test } from 'vitest'
import { readSafetensors } from 'cellmnn'
import { lib, refuses, trained } from '../support.js'

describe('model files', () => {
  using model = trained()
  const bytes = model.toBytes()
  const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true))
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))

  /** The file with another header of any length. */
  const withHeader = (text: string) => {
    const changed = new TextEncoder().encode(text)
    const file = new Uint8Array(8 + changed.length + bytes.length - 8 - headerLength)
    new DataView(file.buffer).setBigUint64(0, BigInt(changed.length), true)
    file.set(changed, 8)
    file.set(bytes.subarray(8 + headerLength), 8 + changed.length)
    return file
  }
  type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }> & {
    __metadata__: Record<string, string>
  }
  const changed = (change: (header: Header) => void) => {
    const parsed = JSON.parse(header) as Header
    change(parsed)
    return withHeader(JSON.stringify(parsed))
  }

  test('are laid out as the contract says: a header of multiples of 8, F64 first', () => {
    expect(headerLength % 8).toBe(0)
    const parsed = JSON.parse(header) as Header
    expect(parsed.__metadata__.format).toBe('cellmnn/1')
    expect(parsed['latent.mean']).toEqual({ dtype: 'F64', shape: [5], data_offsets: [0, 40] })
    expect(parsed['encoder.0.weight']).toMatchObject({ dtype: 'F32', shape: [24, 6] })
    expect(parsed['latent.loadings']!.shape).toEqual([12, 5])
  })

  const DEEP = 100_000
  const wrong: [what: string, file: () => Uint8Array, words: string[]][] = [
    ['nothing', () => new Uint8Array(0), ['0 bytes']],
    ['a cut header', () => bytes.slice(0, 100), ['header claims']],
    ['cut values', () => bytes.slice(0, -10), ['data_offsets']],
    ['bytes too many', () => Uint8Array.of(...bytes, 0, 0), ['2 bytes belong to no tensor']],
    ['no JSON', () => withHeader('{'), ['not JSON']],
    ['a list', () => withHeader('[]'), ['not a JSON object']],
    ...(['dtype', 'shape', 'data_offsets'] as const).map((part): [string, () => Uint8Array, string[]] => [
      `a deep ${part}`,
      () =>
        withHeader(
          header.replace(
            new RegExp(`"${part}":(\\[[^\\]]*\\]|"F\\d+")`),
            `"${part}":${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
          ),
        ),
      ['not a valid safetensors file'],
    ]),
    ['no metadata', () => withHeader(header.replace('__metadata__', 'metadata')), ["'metadata'"]],
    [
      'another format',
      () =>
        changed((h) => {
          h.__metadata__.format = 'cellmnn/3'
        }),
      ["'cellmnn/3'", "'cellmnn/1' or 'cellmnn/2'"],
    ],
    [
      'a second network that is missing',
      () =>
        changed((h) => {
          h.__metadata__.format = 'cellmnn/2'
        }),
      ["'reversed.0.weight'"],
    ],
    [
      'no config',
      () =>
        changed((h) => {
          delete h.__metadata__.config
        }),
      ["'config'", 'missing'],
    ],
    [
      'a config that is a list',
      () =>
        changed((h) => {
          h.__metadata__.config = '[]'
        }),
      ["'config'"],
    ],
    [
      'a model that says it has mass, whose network gives none',
      () =>
        changed((h) => {
          h.__metadata__.config = h.__metadata__.config!.replace('{', '{"mass":true,')
        }),
      ["'encoder.2.weight' has the shape", 'expected F32 of shape'],
    ],
    [
      'a config without width',
      () =>
        changed((h) => {
          h.__metadata__.config = h.__metadata__.config!.replace('width', 'w')
        }),
      ["'config'", 'width must be'],
    ],
    [
      'a width that is huge',
      () =>
        changed((h) => {
          h.__metadata__.config = h.__metadata__.config!.replace('24', '1e30')
        }),
      ["'config'", 'width'],
    ],
    [
      'another width',
      () =>
        changed((h) => {
          h.__metadata__.config = h.__metadata__.config!.replace('24', '25')
        }),
      ['encoder.0.weight', '[25, 6]'],
    ],
    [
      'a unit of 0',
      () =>
        changed((h) => {
          h.__metadata__.time = h.__metadata__.time!.replace(/"unit":[^,]*/, '"unit":0')
        }),
      ['time', 'unit'],
    ],
    [
      'genes that are numbers',
      () =>
        changed((h) => {
          h.__metadata__.genes = '[1]'
        }),
      ["'genes'"],
    ],
    [
      'no weight',
      () =>
        changed((h) => {
          h['encoder.9.weight'] = h['encoder.0.weight']!
          delete h['encoder.0.weight']
        }),
      ['encoder.0.weight'],
    ],
    [
      'a tensor too many',
      () =>
        changed((h) => {
          h.more = { dtype: 'F32', shape: [0], data_offsets: [0, 0] }
        }),
      ["'more'"],
    ],
    [
      'an integer tensor',
      () =>
        changed((h) => {
          h['encoder.0.bias']!.dtype = 'I32'
        }),
      ['encoder.0.bias', 'I32'],
    ],
    [
      'another shape',
      () =>
        changed((h) => {
          h['encoder.0.bias']!.shape = [23]
        }),
      ['encoder.0.bias', '[23]'],
    ],
    [
      'overlap',
      () =>
        changed((h) => {
          h['latent.std']!.data_offsets = [0, 40]
        }),
      ['overlaps'],
    ],
    [
      'a std of 0',
      () => {
        const file = bytes.slice()
        file.fill(0, 8 + headerLength + 40, 8 + headerLength + 80)
        return file
      },
      ['latent.std'],
    ],
  ]
  test.each(wrong)('with %s are refused', (_, file, words) => {
    const before = lib.liveHandles
    refuses(() => lib.loadModel(file()), 'bad-input', ...words)
    expect(lib.liveHandles).toBe(before)
  })

  test('are read as arrays and texts by whoever needs them', () => {
    const { metadata, tensors } = readSafetensors(bytes)
    expect(metadata.format).toBe('cellmnn/1')
    expect(tensors.get('latent.mean')).toEqual({ shape: [5], values: expect.any(Float64Array) as Float64Array })
    refuses(() => readSafetensors(bytes.slice(0, 100)), 'bad-input', 'header claims')
    refuses(() => readSafetensors('text' as never), 'usage', 'bytes of a file')
  })

  test('are taken as any kind of bytes, at any offset', () => {
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    for (const form of [bytes.buffer, shifted.subarray(3), new DataView(bytes.buffer)])
      lib.loadModel(form as ArrayBuffer).dispose()
    for (const form of [undefined, 'model', 3, {}])
      refuses(() => lib.loadModel(form as never), 'usage', 'bytes of a file')
  })
})
