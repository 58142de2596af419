import { checkedBytes } from './arrays.js'
import { badInput } from './errors.js'
import { rankOfArray } from './reading/column_names.js'
import { noteCounts, sortedCells } from './reading/course.js'
import { genesRefused, whyGenes } from './reading/gene_matrix.js'
import { columnOfNumbers, columnOfTexts } from './reading/label_column.js'
import { described, readArrays, type NumpyArray } from './reading/numpy.js'
import {
  checkedReadOptions,
  dimsToRead,
  EMBEDDING_NAMES,
  type CheckedOptions,
  type ReadOptions,
} from './reading/options.js'
import { isMissing } from './reading/text.js'
import { findTimeColumn, isTimeName, type TimeColumn } from './reading/time_column.js'
import type { TimeCourse } from './time_course.js'

const NAMES = 'names' // of the cells
const TIMES = 'sample_labels'
const GENES = ['genes', 'gene_names', 'var_names', 'features']

/**
 * A time course from a numpy archive: an array (N, D) of coordinates such as `pcs`, and one (N) of times such as
 * `sample_labels`.
 */
export async function readNpz(bytes: ArrayBuffer | ArrayBufferView, options: ReadOptions = {}): Promise<TimeCourse> {
  const checked = checkedReadOptions(options)
  const content = checkedBytes(bytes, 'the npz file')
  try {
    return await courseOf(content, checked)
  } catch (error) {
    if (error instanceof RangeError) throw badInput('the arrays of the npz file are larger than the memory here')
    throw error
  }
}

async function courseOf(content: Uint8Array, checked: CheckedOptions): Promise<TimeCourse> {
  const arrays = await readArrays(content)
  if (arrays.length === 0) throw badInput('the file holds no .npy array, expected an npz file of numpy')
  const embedding = embeddingOf(arrays, checked)
  refuseGenes(arrays, embedding, checked)
  const [count, availableDims] = embedding.shape as [number, number]
  for (const array of arrays) if (array === embedding || isListOf(array, count)) await array.load()
  const dims = dimsToRead(checked, `array '${embedding.name}'`, availableDims)
  const time = timeColumn(arrays, count, checked)
  const all = embedding.numbers()
  const values = Float32Array.from(
    { length: count * dims },
    (_, i) => all[Math.floor(i / dims) * availableDims + (i % dims)]!,
  )
  const cells = sortedCells({ values, dims, time, availableDims, embeddingKey: embedding.name, columns: [], notes: [] })
  noteCounts(cells)
  const named = arrays.find((array) => array.name === NAMES && array.kind === 'texts' && isListOf(array, count))
  const names = named?.texts()
  return {
    snapshots: cells.snapshots,
    reading: cells.reading,
    ...(names && { annotations: { names: Array.from(cells.rows, (row) => names[row]!), labels: [], projections: [] } }),
  }
}

const listed = (arrays: readonly NumpyArray[]): string =>
  arrays.map((array) => `'${array.name}' ${described(array)}`).join(', ') || 'no arrays'

const isEmbedding = ({ kind, shape }: NumpyArray): boolean => kind === 'numbers' && shape.length === 2 && shape[1]! >= 1

const isListOf = ({ shape, kind }: NumpyArray, length: number): boolean =>
  kind !== 'other' && shape[0] === length && (shape.length === 1 || (shape.length === 2 && shape[1] === 1))

function wrongArray(array: NumpyArray, expected: string): Error {
  const hints: [kinds: string, hint: string][] = [
    ['O', ': objects of Python cannot be read, save it with .astype(str) or .astype(float)'],
    ['Mm', ': save dates as numbers, such as days from the first'],
    ['f', array.kind === 'other' ? ": save it with .astype('float64')" : ''],
  ]
  const [, hint = ''] = hints.find(([kinds]) => kinds.includes(array.type[1] ?? ' ')) ?? []
  return badInput(`the array '${array.name}' is ${described(array)}, expected ${expected}${hint}`)
}

function embeddingOf(arrays: readonly NumpyArray[], { embeddingKey }: CheckedOptions): NumpyArray {
  const named = (name: string) => arrays.find((array) => array.name === name)
  if (embeddingKey !== undefined) {
    const given = named(embeddingKey)
    if (!given) throw badInput(`there is no array '${embeddingKey}' (embeddingKey); it holds ${listed(arrays)}`)
    if (!isEmbedding(given)) throw wrongArray(given, 'numbers in (cells, dimensions)')
    return given
  }
  const usual = EMBEDDING_NAMES.map(named).find((array) => array !== undefined)
  if (usual && !isEmbedding(usual)) throw wrongArray(usual, 'numbers in (cells, dimensions)')
  if (usual) return usual
  const matrices = arrays.filter((array) => isEmbedding(array) && !isTimeName(array.name))
  if (matrices.length === 1) return matrices[0]!
  throw badInput(
    `there is no array 'pcs' with the principal components: choose one of ${listed(arrays)} with embeddingKey`,
  )
}

/** Refuses a matrix of genes, unless the number of dimensions was asked for. */
function refuseGenes(arrays: readonly NumpyArray[], { name, shape }: NumpyArray, options: CheckedOptions): void {
  const rank = rankOfArray(name)
  if (options.dims !== undefined || rank === 0 || rank === 1) return
  const columns = shape[1]!
  const genes = arrays.filter(
    (array) => GENES.includes(array.name) && array.kind === 'texts' && isListOf(array, columns),
  )
  const last = GENES.filter((each) => genes.some((array) => array.name === each)).at(-1)
  const byNumber = options.embeddingKey === undefined ? whyGenes([], columns) : undefined
  const why = last === undefined ? byNumber : `the array '${last}' names them`
  if (why !== undefined) throw genesRefused(`the columns of '${name}'`, why)
}

function timeColumn(arrays: readonly NumpyArray[], cells: number, options: CheckedOptions): TimeColumn {
  const oneEach = `one number or string for each of the ${cells} cells`
  const lists = arrays.filter((array) => array.name !== NAMES && isListOf(array, cells))
  const names = lists.map(({ name }) => name)
  const usable = (name: string) => {
    const array = arrays.find((each) => each.name === name)
    if (!array) throw badInput(`there is no array '${name}' (timeKey); it holds ${listed(arrays)}`)
    if (!names.includes(name)) throw wrongArray(array, oneEach)
    return name
  }
  const usual = () => {
    if (arrays.some(({ name }) => name === TIMES)) return usable(TIMES)
    const wrong = arrays.find(({ name }) => isTimeName(name))
    if (names.length === 0 && wrong) throw wrongArray(wrong, oneEach)
    if (names.length === 0)
      throw badInput(`there is no array '${TIMES}' with the times of the ${cells} cells: it holds ${listed(arrays)}`)
    return names.length === 1 ? names[0] : undefined
  }
  const read = (name: string) => {
    const array = lists.find((each) => each.name === name)!
    return array.kind === 'texts' ? columnOfTexts(array.texts(), isMissing) : columnOfNumbers(array.numbers())
  }
  const timeKey = options.timeKey === undefined ? usual() : usable(options.timeKey)
  return findTimeColumn({ kind: 'array', names, read }, { ...options, timeKey })
}
