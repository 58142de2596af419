/**
 * Reading h5ad files. This needs the package `h5wasm` beside this one (4.8 MB), which is loaded when the first
 * file is read.
 *
 * @packageDocumentation
 */
import type { Dataset, Group } from 'h5wasm'
import { annotationsOf } from './annotations.js'
import { checkedBytes } from './arrays.js'
import { badInput, CellMnnError } from './errors.js'
import { columnOf, groupAt, indexOf, isDataset, itemAt } from './hdf5.js'
import { checkReadOptions, chosenTimeKey, EMBEDDING_NAMES, quoted, sortByTime, type ReadOptions } from './snapshots.js'
import type { GeneSpace, TimeCourse } from './time_course.js'

/**
 * A time course from an AnnData file: coordinates from `obsm`, such as `X_pca`, times from a column of `obs`, such
 * as `day`. With `varm/PCs` for these coordinates the genes come along. `annotations` holds the names of the cells,
 * the columns of `obs` that label them, and pictures in two dimensions such as `X_umap`.
 */
export async function readH5ad(bytes: ArrayBuffer | ArrayBufferView, options: ReadOptions = {}): Promise<TimeCourse> {
  checkReadOptions(options)
  const content = checkedBytes(bytes, 'the h5ad file')
  const h5wasm = await import('h5wasm').catch(() => {
    throw new CellMnnError('unsupported', "reading h5ad needs the package h5wasm: 'npm install h5wasm'")
  })
  const { FS } = await h5wasm.ready
  const path = `/cellmnn-${++files}.h5ad`
  FS.writeFile(path, content)
  try {
    const file = new h5wasm.File(path, 'r')
    if (file.file_id < 0n) throw badInput('the file is not an h5ad (HDF5) file')
    try {
      return readRoot(file, options)
    } finally {
      file.close()
    }
  } finally {
    FS.unlink(path)
  }
}

let files = 0

function readRoot(file: Group, options: ReadOptions): TimeCourse {
  const obsm = groupAt(file, 'obsm')
  const obs = groupAt(file, 'obs')
  if (!obsm || !obs)
    throw badInput("the file has no groups 'obsm' and 'obs': expected an AnnData file of version 0.8 or later")
  const names = obsm.keys().filter((name) => (obsm.get(name) as Dataset | null)?.shape?.length === 2)
  const embedding =
    options.embeddingKey ??
    EMBEDDING_NAMES.find((name) => names.includes(name)) ??
    (names.length === 1 ? names[0]! : '')
  if (!names.includes(embedding))
    throw badInput(
      `there are no coordinates '${embedding || 'X_pca'}' in obsm: choose one of ${quoted(names)} as embeddingKey`,
    )
  const cells = obsm.get(embedding) as Dataset
  const [, columns] = cells.shape as [number, number]
  const timeKey = chosenTimeKey(
    obs.keys().filter((name) => name !== '_index' && name !== 'index'),
    options.timeKey,
    'column of obs',
  )
  const genes = embedding.endsWith('pca') ? geneSpace(file, columns) : undefined
  const { course, rows } = sortByTime(
    {
      values: cells.value as unknown as ArrayLike<number>,
      columns,
      labels: labelsOf(obs, timeKey),
      timeKey,
      ...(genes && { genes }),
    },
    options,
  )
  return { ...course, annotations: annotationsOf(file, rows, timeKey, embedding) }
}

function labelsOf(obs: Group, name: string): (string | number)[] {
  const values = columnOf(obs, name)
  if (!values)
    throw badInput(
      `the column '${name}' of obs has a type that cannot be read: expected numbers, strings or categories`,
    )
  return values.map((value, i) => {
    if (value === undefined) throw badInput(`cell ${i} has no time in '${name}': remove such cells or give them one`)
    return value
  })
}

/** Names and loadings of the genes; and the mean, where 'cellmnn preprocess' left it (scanpy keeps none). */
function geneSpace(file: Group, columns: number): GeneSpace | undefined {
  const loadings = itemAt(groupAt(file, 'varm'), 'PCs')
  const names = indexOf(groupAt(file, 'var'))
  if (!isDataset(loadings) || !names || loadings.shape?.[1] !== columns) return undefined
  const mean = itemAt(groupAt(file, 'uns'), 'pca_mean')
  return {
    names,
    loadings: {
      data: Float32Array.from(loadings.value as unknown as ArrayLike<number>),
      shape: [loadings.shape[0]!, columns],
    },
    ...(isDataset(mean) &&
      mean.shape?.[0] === names.length && { mean: Float32Array.from(mean.value as unknown as ArrayLike<number>) }),
  }
}
