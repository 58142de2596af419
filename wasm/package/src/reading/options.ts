import { badInput, usage } from '../errors.js'
import { checkNames } from '../options.js'

/** How a data file is read; names are found if there is one candidate. */
export interface ReadOptions {
  /** The array or column that holds the time of each cell. */
  timeKey?: string
  /** The array or columns that hold the coordinates of each cell. */
  embeddingKey?: string
  /** Times of labels that hold no single number: `{ early: 0, late: 3 }`. */
  timeMap?: Readonly<Record<string, number>>
  /** Labels with other units are converted to it: 'd', 'h'. Without it the largest unit of the labels. */
  timeUnit?: string
  /** How many dimensions are kept, the first ones. Without it 5, or all if there are fewer. */
  dims?: number
  /** The column of `var` with the names of the genes of an h5ad; without it the index, or a usual column of symbols if
   * the index holds ids. */
  geneNames?: string
  /** Compute the mean of the genes of an h5ad from its expression if the file does not store it. That reads `X`. */
  geneMeans?: boolean
}

/** @internal */
export interface CheckedOptions {
  timeKey: string | undefined
  embeddingKey: string | undefined
  timeMap: ReadonlyMap<string, number>
  timeUnit: string
  dims: number | undefined
  geneNames: string | undefined
  geneMeans: boolean
}

/** @internal The usual names of principal components, the most usual first. */
export const EMBEDDING_NAMES = ['X_pca', 'pca', 'pcs']

const USUAL_DIMS = 5
const NAMES = ['timeKey', 'embeddingKey', 'timeMap', 'timeUnit', 'dims', 'geneNames', 'geneMeans']

/** @internal */
export function checkedReadOptions(options: ReadOptions): CheckedOptions {
  checkNames(options, NAMES, 'options of reading')
  const { timeKey, embeddingKey, timeMap = {}, timeUnit = '', dims, geneNames, geneMeans = false } = options
  if (dims !== undefined && !(Number.isInteger(dims) && dims >= 1))
    throw usage(`dims is ${String(dims)}: expected a whole number from 1`)
  return { timeKey, embeddingKey, timeMap: new Map(Object.entries(timeMap)), timeUnit, dims, geneNames, geneMeans }
}

/** @internal How many of `available` dimensions are to be read. */
export function dimsToRead({ dims }: CheckedOptions, embedding: string, available: number): number {
  if (available < 1) throw badInput(`the ${embedding} has no columns of numbers`)
  if (dims !== undefined && dims > available)
    throw badInput(`dims asks for ${dims} dimensions, but the ${embedding} has ${available}`)
  return dims ?? Math.min(USUAL_DIMS, available)
}
