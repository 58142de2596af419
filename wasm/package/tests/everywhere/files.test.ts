import { describe, expect, test } from 'vitest'
import { readCsv, readNpz } from 'cellmnn'
import { readH5ad } from 'cellmnn/h5ad'
import * as h5wasm from 'h5wasm'
import { lib, refuses, rejects, trained } from '../support.js'

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
  type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }> & { __metadata__: Record<string, string> }
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

  const wrong: [what: string, file: () => Uint8Array, words: string[]][] = [
    ['nothing', () => new Uint8Array(0), ['0 bytes']],
    ['a cut header', () => bytes.slice(0, 100), ['header claims']],
    ['cut values', () => bytes.slice(0, -10), ['data_offsets']],
    ['bytes too many', () => Uint8Array.of(...bytes, 0, 0), ['2 bytes belong to no tensor']],
    ['no JSON', () => withHeader('{'), ['not JSON']],
    ['a list', () => withHeader('[]'), ['not a JSON object']],
    ['no metadata', () => withHeader(header.replace('__metadata__', 'metadata')), ["'metadata'"]],
    ['another format', () => changed((h) => { h.__metadata__.format = 'cellmnn/2' }), ["'cellmnn/2'", "'cellmnn/1'"]],
    ['no config', () => changed((h) => { delete h.__metadata__.config }), ["'config'", 'missing']],
    ['a config that is a list', () => changed((h) => { h.__metadata__.config = '[]' }), ["'config'"]],
    ['a config without width', () => changed((h) => { h.__metadata__.config = h.__metadata__.config!.replace('width', 'w') }), ["'config'", "'width'"]],
    ['a width that is huge', () => changed((h) => { h.__metadata__.config = h.__metadata__.config!.replace('24', '1e30') }), ["'config'", 'width']],
    ['another width', () => changed((h) => { h.__metadata__.config = h.__metadata__.config!.replace('24', '25') }), ['encoder.0.weight', '[25, 6]']],
    ['a unit of 0', () => changed((h) => { h.__metadata__.time = h.__metadata__.time!.replace(/"unit":[^,]*/, '"unit":0') }), ['time', 'unit']],
    ['genes that are numbers', () => changed((h) => { h.__metadata__.genes = '[1]' }), ["'genes'"]],
    ['no weight', () => changed((h) => { h['encoder.9.weight'] = h['encoder.0.weight']!; delete h['encoder.0.weight'] }), ['encoder.0.weight']],
    ['a tensor too many', () => changed((h) => { h.more = { dtype: 'F32', shape: [0], data_offsets: [0, 0] } }), ["'more'"]],
    ['an integer tensor', () => changed((h) => { h['encoder.0.bias']!.dtype = 'I32' }), ['encoder.0.bias', 'I32']],
    ['another shape', () => changed((h) => { h['encoder.0.bias']!.shape = [23] }), ['encoder.0.bias', '[23]']],
    ['overlap', () => changed((h) => { h['latent.std']!.data_offsets = [0, 40] }), ['overlaps']],
    ['a std of 0', () => { const file = bytes.slice(); file.fill(0, 8 + headerLength + 40, 8 + headerLength + 80); return file }, ['latent.std']],
  ]
  test.each(wrong)('with %s are refused', (_, file, words) => {
    const before = lib.liveHandles
    refuses(() => lib.loadModel(file()), 'bad-input', ...words)
    expect(lib.liveHandles).toBe(before)
  })

  test('are taken as any kind of bytes, at any offset', () => {
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    for (const form of [bytes.buffer, shifted.subarray(3), new DataView(bytes.buffer)]) lib.loadModel(form as ArrayBuffer).dispose()
    for (const form of [undefined, 'model', 3, {}]) refuses(() => lib.loadModel(form as never), 'usage', 'bytes of a file')
  })
})

describe('csv', () => {
  const text = 'cell,day,X_pca_1,X_pca_2,note\nc1,day0,1,2,x\nc2,day3,3,4,"a ""b"", c"\r\nc3,day0,5,6,\n'

  test('cells are sorted into snapshots', () => {
    expect(readCsv(text).snapshots).toEqual([
      { time: 0, label: 'day0', cells: { data: Float32Array.of(1, 2, 5, 6), shape: [2, 2] } },
      { time: 3, label: 'day3', cells: { data: Float32Array.of(3, 4), shape: [1, 2] } },
    ])
  })
  test('all columns of numbers are taken without usual names, and tabs as well', () => {
    const { snapshots } = readCsv('time\ta\tb\n1\t5\t6\n0\t7\t8\n')
    expect(snapshots.map(({ time, cells }) => [time, ...cells.data])).toEqual([[0, 7, 8], [1, 5, 6]])
  })
  test('options choose', () => {
    const other = 'when,day,u_1,u_2\nearly,1,1,2\nlate,1,3,4\n'
    const { snapshots } = readCsv(other, { timeKey: 'when', embeddingKey: 'u', dims: 1, timeMap: { early: 0, late: 2.5 } })
    expect(snapshots.map(({ time, cells }) => [time, ...cells.data])).toEqual([[0, 1], [2.5, 3]])
  })
  test('five dimensions are kept without being told', () => {
    const names = Array.from({ length: 7 }, (_, d) => `pca_${d + 1}`).join()
    expect(readCsv(`day,${names}\n0,1,2,3,4,5,6,7\n`).snapshots[0]!.cells.shape).toEqual([1, 5])
  })
  test.each([
    ['nothing', '', ['header']],
    ['a header alone', 'day,x\n', ['no cells']],
    ['missing fields', 'day,x\n1\n', ['row 1', '1 fields']],
    ['a word', 'day,x,y\n0,1,2\n1,one,2\n', ['row 2', "'one'", "'x'"]],
    ['no time', 'a,b\n1,2\n', ['timeKey']],
    ['two times', 'day,time,x\n1,2,3\n', ['more than one', 'timeKey']],
    ['no numbers', 'day,name\n1,x\n', ['no columns of numbers']],
    ['an open quote', 'day,x\n0,"1\n', ['quote']],
    ['a label without a number', 'day,x\nearly,1\nlate,2\n', ["'early'", 'timeMap']],
    ['a label with two numbers', 'day,x\nd1r2,1\n', ["'d1r2'", 'more than one number']],
  ])('%s is refused', (_, given, words) => refuses(() => readCsv(given), 'bad-input', ...words))
  test('wrong options are refused', () => {
    refuses(() => readCsv(text, { time: 'day' } as never), 'usage', "'time'")
    refuses(() => readCsv(text, { dims: 0 }), 'usage', 'dims')
    refuses(() => readCsv(text, { dims: 9 }), 'bad-input', 'dims asks for 9')
    refuses(() => readCsv(text, { timeKey: 'x' }), 'bad-input', "'x'")
    refuses(() => readCsv(text, { embeddingKey: 'x' }), 'bad-input', "'x_1'")
    refuses(() => readCsv(text, { timeMap: { day9: 1 } }), 'usage', "'day9'")
    refuses(() => readCsv(3 as never), 'bad-input', 'text')
  })
  test('labels are read as the program reads them', () => {
    const times = (labels: string[]) => readCsv(`day,x\n${labels.map((label) => `${label},1`).join('\n')}\n`).snapshots.map(({ time }) => time)
    expect(times(['day12', '3.5h', '-1', 'T 2', 'Day 24-30', '1e2'])).toEqual([-1, 2, 3.5, 12, 27, 100])
  })
})

describe('npz', () => {
  const npy = (descr: string, shape: number[], values: ArrayBufferView, fortran = false) => {
    const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')},), }\n`
    const bytes = new Uint8Array(10 + text.length + values.byteLength)
    bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, text.length & 255, text.length >> 8])
    bytes.set(new TextEncoder().encode(text), 10)
    bytes.set(new Uint8Array(values.buffer), 10 + text.length)
    return bytes
  }
  const codes = (...texts: string[]) => Uint32Array.from(texts.flatMap((text) => [...text.padEnd(4, '\0')]), (c) => c.codePointAt(0)!)

  async function zip(files: Record<string, Uint8Array>, method = 8): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    const directory: Uint8Array[] = []
    let at = 0
    for (const [file, content] of Object.entries(files)) {
      const name = new TextEncoder().encode(`${file}.npy`)
      const deflate = new Blob([content as BlobPart]).stream().pipeThrough(new CompressionStream('deflate-raw'))
      const stored = method === 8 ? new Uint8Array(await new Response(deflate).arrayBuffer()) : content
      const local = new DataView(new ArrayBuffer(30))
      local.setUint32(0, 0x04034b50, true)
      local.setUint16(26, name.length, true)
      const entry = new DataView(new ArrayBuffer(46))
      entry.setUint32(0, 0x02014b50, true)
      entry.setUint16(10, method, true)
      entry.setUint32(20, stored.length, true)
      entry.setUint32(24, content.length, true)
      entry.setUint16(28, name.length, true)
      entry.setUint32(42, at, true)
      parts.push(new Uint8Array(local.buffer), name, stored)
      directory.push(new Uint8Array(entry.buffer), name)
      at += 30 + name.length + stored.length
    }
    const end = new DataView(new ArrayBuffer(22))
    end.setUint32(0, 0x06054b50, true)
    end.setUint16(10, directory.length / 2, true)
    end.setUint32(16, at, true)
    return new Uint8Array(await new Blob([...parts, ...directory, new Uint8Array(end.buffer)] as BlobPart[]).arrayBuffer())
  }

  const cells = npy('<f8', [3, 2], Float64Array.of(1, 2, 3, 4, 5, 6))
  const times = npy('<i8', [3], BigInt64Array.of(1n, 0n, 1n))

  test.each([[8], [0]])('cells are sorted into snapshots (zip method %i)', async (method) => {
    const { snapshots } = await readNpz(await zip({ pcs: cells, sample_labels: times }, method))
    expect(snapshots.map(({ time, cells: { data, shape } }) => [time, [...data], shape])).toEqual([
      [0, [3, 4], [1, 2]],
      [1, [1, 2, 5, 6], [2, 2]],
    ])
  })
  test('strings, small numbers and the order of Fortran are read', async () => {
    const fortran = npy('<f4', [3, 2], Float32Array.of(1, 3, 5, 2, 4, 6), true)
    const byLabel = await readNpz(await zip({ X_pca: fortran, day: npy('<U4', [3], codes('d1', 'd0', 'd1')) }))
    const byByte = await readNpz(await zip({ X_pca: fortran, day: npy('|u1', [3], Uint8Array.of(1, 0, 1)) }))
    expect(byLabel.snapshots.map(({ label }) => label)).toEqual(['d0', 'd1'])
    expect(byLabel.snapshots.map(({ cells: { data } }) => [...data])).toEqual([[3, 4], [1, 2, 5, 6]])
    expect(byByte.snapshots.map(({ cells: { data } }) => [...data])).toEqual([[3, 4], [1, 2, 5, 6]])
  })
  test('what cannot be used is refused', async () => {
    const good = await zip({ pcs: cells, sample_labels: times })
    await rejects(readNpz(new Uint8Array(3)), 'bad-input', 'zip')
    await rejects(readNpz(good.slice(0, -30)), 'bad-input', 'zip')
    await rejects(readNpz(good.slice(20)), 'bad-input', 'zip')
    await rejects(readNpz(await zip({ sample_labels: times })), 'bad-input', "'pcs'")
    await rejects(readNpz(await zip({ pcs: cells })), 'bad-input', 'timeKey')
    await rejects(readNpz(await zip({ pcs: cells, a: times, b: times })), 'bad-input', 'timeKey', "'a'", "'b'")
    await rejects(readNpz(await zip({ pcs: npy('<c8', [3, 2], new Float64Array(6)), sample_labels: times })), 'bad-input', "'pcs' (<c8, 3 x 2)")
    await rejects(readNpz(await zip({ pcs: cells.slice(0, -8), sample_labels: times })), 'bad-input', "'pcs'")
    await rejects(readNpz(await zip({ pcs: Uint8Array.of(1, 2, 3), sample_labels: times })), 'bad-input', "'pcs'")
    await rejects(readNpz(good, { timeKey: 'day' }), 'bad-input', "'day'")
    await rejects(readNpz(good, { embeddingKey: 'X' }), 'bad-input', "'X'")
    await rejects(readNpz(good, { dims: 3 }), 'bad-input', 'dims asks for 3')
    await rejects(readNpz('x' as never), 'usage', 'bytes of a file')
  })
  test('no cut of a file is taken for a whole one', async () => {
    const good = await zip({ pcs: cells, sample_labels: times })
    for (let length = 0; length < good.length; length += 7) await rejects(readNpz(good.slice(0, length)), 'bad-input', 'zip')
  })
})

describe('h5ad', () => {
  async function h5ad(fill: (file: InstanceType<typeof h5wasm.File>) => void): Promise<Uint8Array> {
    const { FS } = await h5wasm.ready
    const file = new h5wasm.File('/made.h5ad', 'w')
    fill(file)
    file.close()
    const bytes = FS.readFile('/made.h5ad')
    FS.unlink('/made.h5ad')
    return bytes.slice()
  }
  const put = (group: h5wasm.Group, name: string, data: Float64Array | Int8Array | string[], shape: number[]) =>
    group.create_dataset({ name, data, shape })
  const basis = (file: h5wasm.Group) => {
    put(file.create_group('obsm'), 'X_pca', Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2])
    return file.create_group('obs')
  }
  const categorical = (obs: h5wasm.Group, name: string, codes: number[], categories: string[]) => {
    const group = obs.create_group(name)
    put(group, 'codes', Int8Array.from(codes), [codes.length])
    put(group, 'categories', categories, [categories.length])
  }

  test('coordinates, categories of times and genes', async () => {
    const bytes = await h5ad((file) => {
      categorical(basis(file), 'day', [1, 0, 1], ['day 0', 'day 2'])
      const frame = file.create_group('var')
      frame.create_attribute('_index', 'names')
      put(frame, 'names', ['Sox2', 'Gata6'], [2])
      put(file.create_group('varm'), 'PCs', Float64Array.of(1, 0, 0, 1), [2, 2])
    })
    const { snapshots, genes } = await readH5ad(bytes)
    expect(snapshots.map(({ time, cells: { data } }) => [time, ...data])).toEqual([[0, 3, 4], [2, 1, 2, 5, 6]])
    expect(genes).toEqual({ names: ['Sox2', 'Gata6'], loadings: { data: Float32Array.of(1, 0, 0, 1), shape: [2, 2] } })
    expect((await readH5ad(bytes, { dims: 1 })).genes!.loadings).toEqual({ data: Float32Array.of(1, 0), shape: [2, 1] })
  })
  test('names, labels and projections of the cells, in the order of the snapshots', async () => {
    const bytes = await h5ad((file) => {
      const obs = basis(file)
      categorical(obs, 'day', [1, 0, 1], ['day 0', 'day 2'])
      obs.create_attribute('_index', 'barcode')
      put(obs, 'barcode', ['AA-1', 'CC-1', 'GG-1'], [3])
      categorical(obs, 'cell_type', [1, -1, 0], ['T cell', 'B cell'])
      put(obs, 'leiden', Float64Array.of(10, 9, 10), [3])
      put(obs, 'quality', Float64Array.of(0.5, 1, 2), [3])
      const obsm = file.get('obsm') as h5wasm.Group
      put(obsm, 'X_umap', Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2])
      put(obsm, 'X_diffmap', Float64Array.of(9, 1, 2, 7, 9, 3, 4, 7, 9, 5, 6, 7), [3, 4])
      put(obsm, 'X_tsne', Float64Array.of(1, 2, 3, 4, NaN, 6), [3, 2])
      put(obsm, 'X_scvi', new Float64Array(12), [3, 4])
      put(obsm, 'velocity_umap', new Float64Array(6), [3, 2])
    })
    const places = { data: Float32Array.of(3, 4, 1, 2, 5, 6), shape: [3, 2] }
    expect((await readH5ad(bytes)).annotations).toEqual({
      names: ['CC-1', 'AA-1', 'GG-1'],
      labels: [
        { name: 'cell_type', labels: ['B cell', 'T cell'], codes: Int32Array.of(-1, 0, 1) },
        { name: 'leiden', labels: ['9', '10'], codes: Int32Array.of(0, 1, 1) },
      ],
      projections: [{ name: 'X_diffmap', places }, { name: 'X_umap', places }],
    })
  })
  test('a file that tells no more of its cells', async () => {
    const bytes = await h5ad((file) => put(basis(file), 'time', Float64Array.of(1.5, 0, 1.5), [3]))
    expect((await readH5ad(bytes)).annotations).toEqual({ names: [], labels: [], projections: [] })
  })
  test('the mean of the genes, where the file has it', async () => {
    const bytes = await h5ad((file) => {
      put(basis(file), 'time', Float64Array.of(1.5, 0, 1.5), [3])
      const frame = file.create_group('var')
      frame.create_attribute('_index', 'names')
      put(frame, 'names', ['Sox2', 'Gata6'], [2])
      put(file.create_group('varm'), 'PCs', Float64Array.of(1, 0, 0, 1), [2, 2])
      put(file.create_group('uns'), 'pca_mean', Float64Array.of(3, 0.5), [2])
    })
    expect((await readH5ad(bytes)).genes!.mean).toEqual(Float32Array.of(3, 0.5))
  })
  test('a column of numbers', async () => {
    const bytes = await h5ad((file) => put(basis(file), 'time', Float64Array.of(1.5, 0, 1.5), [3]))
    expect((await readH5ad(bytes)).snapshots.map(({ time }) => time)).toEqual([0, 1.5])
  })
  test('what cannot be used is refused', async () => {
    await rejects(readH5ad(new Uint8Array(1000)), 'bad-input', 'HDF5')
    await rejects(readH5ad(await h5ad((file) => file.create_group('obs'))), 'bad-input', "'obsm'")
    await rejects(readH5ad(await h5ad((file) => { basis(file) })), 'bad-input', 'timeKey')
    await rejects(readH5ad(await h5ad((file) => { basis(file).create_group('day') })), 'bad-input', "'day'")
    await rejects(readH5ad(await h5ad((file) => { categorical(basis(file), 'day', [0, -1, 0], ['1']) })), 'bad-input', 'cell 1', "'day'")
    const good = await h5ad((file) => put(basis(file), 'time', Float64Array.of(1.5, 0, 1.5), [3]))
    await rejects(readH5ad(good, { embeddingKey: 'X_umap' }), 'bad-input', "'X_umap'")
    await rejects(readH5ad(good, { time: 'day' } as never), 'usage', "'time'")
  })
})
