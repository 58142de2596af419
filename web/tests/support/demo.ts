/** What the tests open: simulated cells with a model, exported by the program. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { File, ready } from 'h5wasm/node'

export const program =
  process.env.CELLMNN_PROGRAM ?? fileURLToPath(new URL('../../../build/native/bin/cellmnn', import.meta.url))

export interface Demo {
  folder: string
  /** The address of the exported page. */
  page: string
  /** A folder for a server. */
  site: string
  data: string
  model: string
  /** Of the same cells, from other random weights. */
  otherModel: string
}

export async function makeDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'cellmnn-page-'))
  const path = (name: string) => join(folder, name)
  const cellmnn = (...given: string[]) => execFileSync(program, [...given, '--quiet'])
  const [data, model, otherModel] = [path('cells.h5ad'), path('model.safetensors'), path('other.safetensors')]
  const [network, paths] = [path('network.csv'), path('paths.npz')]
  const truth = ['--true-network', network, '--true-paths', paths]
  const times = ['--times', '0,1,2,3,4,5,6,7']
  cellmnn('simulate', ...times, '--cells', '200', '-o', data, '--network', network, '--trajectories', paths)
  await annotate(data)
  cellmnn('train', data, '--steps', '400', '-o', model)
  cellmnn('train', data, '--steps', '100', '--seed', '7', '-o', otherModel)
  cellmnn('export', model, data, '--title', 'test cells', ...truth, '-o', path('page.html'))
  cellmnn('export', model, data, '--site', path('site'))
  return { folder, page: pathToFileURL(path('page.html')).href, site: path('site'), data, model, otherModel }
}

/** What scanpy would leave in the file: names, clusters, and a picture in two dimensions. */
async function annotate(data: string): Promise<void> {
  await ready
  const file = new File(data, 'a')
  const x = file.get('obsm/X_pca')!
  const [count, dims] = (x as { shape: number[] }).shape as [number, number]
  const values = (x as unknown as { value: Float32Array }).value
  const umap = Float32Array.from({ length: 2 * count }, (_, i) => {
    const [a, b] = [values[(i >> 1) * dims]!, values[(i >> 1) * dims + 1]!]
    return i % 2 === 0 ? a + 0.5 * b ** 2 : 10 + b
  })
  put(file, 'obsm', 'X_umap', umap, [count, 2])
  put(
    file,
    'obs',
    'barcode',
    Array.from({ length: count }, (_, i) => `AC${(i * 7919) % 99991}-1`),
    [count],
  )
  put(
    file,
    'obs',
    'leiden',
    Int32Array.from({ length: count }, (_, i) => (values[i * dims]! > 0 ? 1 : 0)),
    [count],
  )
  listColumn(file, 'leiden')
  setAttribute(file, 'obs', '_index', 'barcode')
  file.close()
}

/** Names a dataset of obs among its columns. */
export function listColumn(file: File, name: string): void {
  const { attrs } = file.get('obs') as unknown as { attrs: Record<string, { value: unknown }> }
  setAttribute(file, 'obs', 'column-order', [...(attrs['column-order']!.value as string[]), name])
}

export function setAttribute(file: File, group: string, name: string, value: string | string[]): void {
  const held = file.get(group) as unknown as {
    delete_attribute(name: string): void
    create_attribute(name: string, value: string | string[]): void
  }
  held.delete_attribute(name)
  held.create_attribute(name, value)
}

export function put(
  file: File,
  group: string,
  name: string,
  data: Float32Array | Int32Array | string[],
  shape: number[],
): void {
  ;(file.get(group) as unknown as { create_dataset(given: object): void }).create_dataset({ name, data, shape })
}

export const textOf = (path: string): string => readFileSync(path, 'utf8')
