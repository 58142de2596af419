import { describe, expect, test } from 'vitest'
import { readNpz } from 'cellmnn'
import { rejects } from '../refusals.js'

/** One bit after the other, without a table. */
function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes)
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ ((crc ^ (byte >> bit)) & 1 ? 0xedb88320 : 0)
  return ~crc >>> 0
}

describe('npz', () => {
  const npy = (descr: string, shape: readonly number[], values: ArrayBufferView, fortran = false) => {
    const order = fortran ? 'True' : 'False'
    const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')},), }\n`
    const bytes = new Uint8Array(10 + text.length + values.byteLength)
    bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, text.length & 255, text.length >> 8])
    bytes.set(new TextEncoder().encode(text), 10)
    bytes.set(new Uint8Array(values.buffer), 10 + text.length)
    return bytes
  }
  const codes = (...texts: string[]) =>
    Uint32Array.from(
      texts.flatMap((text) => [...text.padEnd(4, '\0')]),
      (c) => c.codePointAt(0)!,
    )

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
      entry.setUint32(16, crc32(content), true)
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
    return new Uint8Array(
      await new Blob([...parts, ...directory, new Uint8Array(end.buffer)] as BlobPart[]).arrayBuffer(),
    )
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
    expect(byLabel.snapshots.map(({ cells: { data } }) => [...data])).toEqual([
      [3, 4],
      [1, 2, 5, 6],
    ])
    expect(byByte.snapshots.map(({ cells: { data } }) => [...data])).toEqual([
      [3, 4],
      [1, 2, 5, 6],
    ])
  })
  test('what cannot be used is refused', async () => {
    const good = await zip({ pcs: cells, sample_labels: times })
    await rejects(readNpz(new Uint8Array(3)), 'bad-input', 'zip')
    await rejects(readNpz(good.slice(0, -30)), 'bad-input', 'zip')
    await rejects(readNpz(good.slice(20)), 'bad-input', 'zip')
    await rejects(readNpz(await zip({ sample_labels: times })), 'bad-input', "'pcs'")
    await rejects(readNpz(await zip({ pcs: cells })), 'bad-input', "'sample_labels'")
    await rejects(readNpz(await zip({ pcs: cells, a: times, b: times })), 'bad-input', 'timeKey', "'a'", "'b'")
    await rejects(
      readNpz(await zip({ pcs: npy('<c8', [3, 2], new Float64Array(6)), sample_labels: times })),
      'bad-input',
      "the array 'pcs' is (3, 2) <c8",
    )
    await rejects(readNpz(await zip({ pcs: cells.slice(0, -8), sample_labels: times })), 'bad-input', "'pcs'")
    await rejects(readNpz(await zip({ pcs: Uint8Array.of(1, 2, 3), sample_labels: times })), 'bad-input', "'pcs'")
    await rejects(readNpz(good, { timeKey: 'day' }), 'bad-input', "'day'")
    await rejects(readNpz(good, { embeddingKey: 'X' }), 'bad-input', "'X'")
    await rejects(readNpz(good, { dims: 3 }), 'bad-input', 'dims asks for 3')
    await rejects(readNpz('x' as never), 'usage', 'bytes of a file')
  })
  test('text that is no Unicode is no number, and shapes are whole numbers', async () => {
    const wrong = npy('<U1', [3], Uint32Array.of(0xffffffff, 0xd800, 0x31))
    await rejects(readNpz(await zip({ pcs: cells, sample_labels: wrong })), 'bad-input', 'no number', '\ufffd')
    const half = npy('<f8', [1.5, 2], Float64Array.of(1, 2, 3))
    await rejects(readNpz(await zip({ pcs: half, sample_labels: times })), 'bad-input', "'pcs'", 'whole numbers')
  })
  test('a long text is a label', async () => {
    const long = npy('<U200000', [3], new Uint32Array(600_000).fill(0x31))
    await rejects(readNpz(await zip({ pcs: cells, sample_labels: long })), 'bad-input', 'sample_labels')
  })
  test('a checksum that is wrong', async () => {
    const stored = await zip({ pcs: cells, sample_labels: times }, 0)
    const place = 30 + 'pcs.npy'.length + cells.length - 3
    stored[place]! ^= 1
    await rejects(readNpz(stored), 'bad-input', "checksum of 'pcs.npy'")
  })
  test('what is not needed is not inflated: other files, and arrays of other lengths', async () => {
    const other = npy('<f8', [30], new Float64Array(30))
    const good = await zip({ pcs: cells, sample_labels: times, other }, 0)
    good[new TextDecoder('latin1').decode(good).indexOf('other.npy') + 9 + other.length - 1]! ^= 1
    expect((await readNpz(good)).snapshots).toHaveLength(2)
  })
  test('an entry that would inflate to more than its directory says, or than deflate can hold', async () => {
    const claim = async (size: number) => {
      const bytes = await zip({ pcs: cells, sample_labels: times })
      const directory = new TextDecoder('latin1').decode(bytes).indexOf('PK\x01\x02')
      new DataView(bytes.buffer).setUint32(directory + 24, size, true)
      return bytes
    }
    await rejects(readNpz(await claim(cells.length - 8)), 'bad-input', "'pcs'")
    await rejects(readNpz(await claim(2 ** 31)), 'bad-input', "'pcs.npy'", 'cannot hold')
  })
  test('entries that lie over each other', async () => {
    const bytes = await zip({ pcs: cells, sample_labels: times }, 0)
    const directory = new TextDecoder('latin1').decode(bytes).lastIndexOf('PK\x01\x02')
    new DataView(bytes.buffer).setUint32(directory + 42, 0, true)
    await rejects(readNpz(bytes), 'bad-input', 'overlap')
  })
  test('no cut of a file is taken for a whole one', async () => {
    const good = await zip({ pcs: cells, sample_labels: times })
    for (let length = 0; length < good.length; length += 7)
      await rejects(readNpz(good.slice(0, length)), 'bad-input', 'zip')
  })
})
