/**
 * Reading h5ad files. This needs the package `h5wasm` beside this one (4.8 MB), which is loaded when the first
 * file is read.
 *
 * @packageDocumentation
 */
import { annotationsOf } from './annotations.js'
import { checkedBytes } from './arrays.js'
import { badInput, CellMnnError } from './errors.js'
import { noteCounts, sortedCells } from './reading/course.js'
import { geneMeans, type GeneMeans } from './reading/gene_means.js'
import { geneNames } from './reading/gene_names.js'
import { H5adFrame } from './reading/h5ad_frame.js'
import { matrixShape, readMatrix, storageOf } from './reading/h5ad_matrix.js'
import { H5Node } from './reading/hdf5_node.js'
import { withoutMissingTexts } from './reading/label_column.js'
import {
  checkedReadOptions,
  dimsToRead,
  EMBEDDING_NAMES,
  type CheckedOptions,
  type ReadOptions,
} from './reading/options.js'
import { findTimeColumn } from './reading/time_column.js'
import type { GeneSpace, TimeCourse } from './time_course.js'

/**
 * A time course from an AnnData file: coordinates from `obsm`, such as `X_pca`, times from a column of `obs`, such
 * as `day`. With loadings in `varm`, such as `PCs`, the genes come along. `annotations` holds the names of the cells,
 * the columns of `obs` that label them, and pictures in two dimensions such as `X_umap`.
 */
export async function readH5ad(bytes: ArrayBuffer | ArrayBufferView, options: ReadOptions = {}): Promise<TimeCourse> {
  const checked = checkedReadOptions(options)
  const content = checkedBytes(bytes, 'the h5ad file')
  const h5wasm = await import('h5wasm').catch(() => {
    throw new CellMnnError('unsupported', "reading h5ad needs the package h5wasm: 'npm install h5wasm'")
  })
  const hdf5 = await h5wasm.ready
  const path = `/cellmnn-${++files}.h5ad`
  hdf5.FS.writeFile(path, content)
  hdf5.activate_throwing_error_handler() // else what cannot be read is memory of before
  try {
    const file = new h5wasm.File(path, 'r')
    try {
      return readRoot(new H5Node('', file), checked)
    } finally {
      file.close()
    }
  } catch (error) {
    throw error instanceof CellMnnError ? error : unreadable(content, String((error as Error).message))
  } finally {
    hdf5.deactivate_throwing_error_handler()
    hdf5.FS.unlink(path)
  }
}

let files = 0

function unreadable(content: Uint8Array, reason: string): Error {
  if (!SIGNATURE.every((byte, i) => content[i] === byte))
    return badInput('the file is not an HDF5 file, which .h5ad must be')
  const filter = /required filter '(\w+)'/.exec(reason)?.[1]
  if (filter !== undefined)
    return badInput(
      `the file is compressed by '${filter}', which cannot be read here: write it anew with ` +
        "adata.write_h5ad(NAME, compression='gzip'), or use the program cellmnn, which reads it",
    )
  // HDF5 lists its functions; the last one says what it met.
  const met = [...reason.matchAll(/ in \w+\(\): (.*)/g)].at(-1)?.[1]
  return badInput(`the file is a damaged or truncated HDF5 file: ${met ?? reason.split('\n')[0]}`)
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]

function readRoot(root: H5Node, options: CheckedOptions): TimeCourse {
  const obs = new H5adFrame(root, 'obs')
  const embeddingKey = embeddingName(root, options) // first: what counts lack is said to those who bring counts
  const read = (name: string) => withoutMissingTexts(obs.column(name))
  const time = findTimeColumn({ kind: 'obs column', names: obs.columns, read }, options)
  const obsm = root.at('obsm')
  const embedding = obsm.at(embeddingKey)
  const availableDims = matrixShape(embedding)[1]
  const dims = dimsToRead(options, embedding.name, availableDims)
  const values = readMatrix(embedding, dims, obs.index.length)
  const cells = sortedCells({ values, dims, time, availableDims, embeddingKey, columns: [], notes: [] })
  const genes = geneSpace(root, embeddingKey, values, dims, options, cells.reading.notes)
  noteCounts(cells)
  return {
    snapshots: cells.snapshots,
    ...(genes && { genes: genes.space }),
    reading: { ...cells.reading, ...(genes && { geneMeans: genes.means.reading }) },
    annotations: annotationsOf(obs, obsm, cells.rows, time.key, embeddingKey),
  }
}

function embeddingName(root: H5Node, { embeddingKey }: CheckedOptions): string {
  const obsm = root.find('obsm')
  const names = obsm?.children() ?? []
  if (!obsm || names.length === 0)
    throw badInput(
      "the file has no embedding in obsm: compute principal components first, by 'cellmnn preprocess' or scanpy.pp.pca",
    )
  const columnsOf = (name: string) => (storageOf(obsm.at(name)) === undefined ? 0 : matrixShape(obsm.at(name))[1])
  const described = names
    .map((name) => `'${name}'${columnsOf(name) > 0 ? ` with ${columnsOf(name)} columns` : ''}`)
    .join(', ')
  if (embeddingKey !== undefined && !names.includes(embeddingKey))
    throw obsm.error(`has no '${embeddingKey}' (embeddingKey): it holds ${described}`)
  // A dataset without values is None.
  const isNone = (name: string) => !obsm.at(name).isGroup && obsm.at(name).kind() === 'none'
  const usual = EMBEDDING_NAMES.find((name) => names.includes(name) && !isNone(name))
  const matrices = names.filter((name) => columnsOf(name) >= 2)
  const chosen = embeddingKey ?? usual ?? (matrices.length === 1 ? matrices[0] : undefined)
  if (chosen === undefined) throw obsm.error(`has no 'X_pca': choose one of ${described} with embeddingKey`)
  return chosen
}

/** Names and loadings of the genes, and their mean where it is known. */
function geneSpace(
  root: H5Node,
  embeddingKey: string,
  coordinates: Float32Array,
  dims: number,
  options: CheckedOptions,
  notes: string[],
): { space: GeneSpace; means: GeneMeans } | undefined {
  if (!root.find('var')) {
    if (options.geneNames !== undefined) throw root.error("has no 'var', so no genes to name (geneNames)")
    return undefined
  }
  const varFrame = new H5adFrame(root, 'var')
  const names = geneNames(varFrame, options.geneNames)
  const key = embeddingKey === 'X_pca' ? 'PCs' : embeddingKey // scanpy's names
  const loadings = root.find(`varm/${key}`)
  if (names.length === 0 || !loadings || storageOf(loadings) === undefined) return undefined
  const [, columns] = matrixShape(loadings)
  if (columns < dims) {
    notes.push(
      `varm['${key}'] has only ${columns} columns for ${dims} dimensions, so results cannot be mapped to genes`,
    )
    return undefined
  }
  const data = readMatrix(loadings, dims, names.length)
  clearUnknown(data, dims, key, notes)
  const { index } = varFrame
  const means = geneMeans(root, { index, loadings: data, coordinates, dims, compute: options.geneMeans })
  notes.push(...means.notes)
  return {
    space: { names, loadings: { data, shape: [names.length, dims] }, ...(means.mean && { mean: means.mean }) },
    means,
  }
}

/** Genes outside the variable ones have NaN in old files of scanpy; what they say is the same as 0. */
function clearUnknown(loadings: Float32Array, dims: number, key: string, notes: string[]): void {
  let unknown = 0
  for (let begin = 0; begin < loadings.length; begin += dims) {
    const row = loadings.subarray(begin, begin + dims)
    if (row.every(Number.isFinite)) continue
    row.fill(0)
    ++unknown
  }
  if (unknown > 0)
    notes.push(
      `varm['${key}'] holds no numbers for ${unknown} of ${loadings.length / dims} genes: they are taken as 0, as of ` +
        'genes that are not highly variable',
    )
}
