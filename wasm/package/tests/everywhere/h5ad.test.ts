import { describe, expect, test } from 'vitest'
import { readH5ad } from 'cellmnn/h5ad'
import * as h5wasm from 'h5wasm'
import { rejects } from '../refusals.js'

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
  const put = (
    group: h5wasm.Group,
    name: string,
    data: Float64Array | Int8Array | BigInt64Array | string[],
    shape: number[],
  ) => group.create_dataset({ name, data, shape })
  const basis = (file: h5wasm.Group, index = '_index', names = ['c0', 'c1', 'c2']) => {
    put(file.create_group('obsm'), 'X_pca', Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2])
    const obs = file.create_group('obs')
    obs.create_attribute('_index', index)
    put(obs, index, names, [3])
    return obs
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
    expect(snapshots.map(({ time, cells: { data } }) => [time, ...data])).toEqual([
      [0, 3, 4],
      [2, 1, 2, 5, 6],
    ])
    expect(genes).toEqual({ names: ['Sox2', 'Gata6'], loadings: { data: Float32Array.of(1, 0, 0, 1), shape: [2, 2] } })
    expect((await readH5ad(bytes, { dims: 1 })).genes!.loadings).toEqual({ data: Float32Array.of(1, 0), shape: [2, 1] })
  })
  test('names, labels and projections of the cells, in the order of the snapshots', async () => {
    const bytes = await h5ad((file) => {
      const obs = basis(file, 'barcode', ['AA-1', 'CC-1', 'GG-1'])
      categorical(obs, 'day', [1, 0, 1], ['day 0', 'day 2'])
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
      projections: [
        { name: 'X_diffmap', places },
        { name: 'X_umap', places },
      ],
    })
  })
  test('a file that tells no more of its cells', async () => {
    const bytes = await h5ad((file) => put(basis(file), 'time', Float64Array.of(1.5, 0, 1.5), [3]))
    expect((await readH5ad(bytes)).annotations).toEqual({ names: ['c1', 'c0', 'c2'], labels: [], projections: [] })
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
  test('whole numbers of 64 bits', async () => {
    const bytes = await h5ad((file) => {
      put(basis(file), 'day', BigInt64Array.of(1n, 0n, 1n), [3])
      ;(file.get('obsm') as h5wasm.Group).create_dataset({
        name: 'X_whole',
        data: BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n),
        shape: [3, 2],
      })
    })
    const { snapshots } = await readH5ad(bytes, { embeddingKey: 'X_whole' })
    expect(snapshots.map(({ time, cells: { data } }) => [time, ...data])).toEqual([
      [0, 3, 4],
      [1, 1, 2, 5, 6],
    ])
  })
  test('what cannot be used is refused', async () => {
    await rejects(readH5ad(new Uint8Array(1000)), 'bad-input', 'HDF5')
    await rejects(readH5ad(await h5ad((file) => file.create_group('obs'))), 'bad-input', 'obs has no index')
    await rejects(readH5ad(await h5ad((file) => file.create_group('obsm'))), 'bad-input', "has no 'obs'")
    await rejects(
      readH5ad(
        await h5ad((file) => {
          basis(file)
        }),
      ),
      'bad-input',
      'timeKey',
    )
    await rejects(
      readH5ad(
        await h5ad((file) => {
          basis(file).create_group('day')
        }),
      ),
      'bad-input',
      'obs/day',
    )
    await rejects(
      readH5ad(
        await h5ad((file) => {
          categorical(basis(file), 'day', [0, -1, 0], ['1'])
        }),
      ),
      'bad-input',
      '1 of 3 cells have no time',
      "'day'",
    )
    const damaged = await h5ad((file) => {
      const chunked = { name: 'day', shape: [3], chunks: [3], compression: 6 }
      basis(file).create_dataset({ ...chunked, data: Float64Array.of(1.5, 0, 1.5) })
    })
    const zlib = damaged.findIndex((byte, i) => byte === 0x78 && damaged[i + 1] === 0x9c)
    expect(zlib).toBeGreaterThan(0)
    const read = readH5ad(damaged.fill(0xff, zlib, zlib + 8))
    await rejects(read, 'bad-input', 'damaged or truncated HDF5 file: filter returned failure')
    const good = await h5ad((file) => put(basis(file), 'time', Float64Array.of(1.5, 0, 1.5), [3]))
    await rejects(readH5ad(good, { embeddingKey: 'X_umap' }), 'bad-input', "'X_umap'")
    await rejects(readH5ad(good, { time: 'day' } as never), 'usage', "'time'")
  })
})
