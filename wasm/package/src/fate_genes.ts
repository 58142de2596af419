/** Genes along the way to a fate: those that differ between probabilities, and expression over time. */
import { checkedMatrix, checkedNumbers, type DoubleMatrix, type MatrixLike } from './arrays.js'
import { usage } from './errors.js'
import { checkFates, checkSnapshot, checkWhole, type Fates } from './fates.js'
import { checkNames } from './options.js'
import type { GenesCore } from './wasm/cellmnn_genes.js'

/** Options of {@link Genes.drivers}. */
export interface DriverOptions {
  /** (N, G) of the cells of the snapshot, on a log scale. */
  expression: MatrixLike
  /** (N, G) of the cells of the last snapshot. */
  atEnd: MatrixLike
  /** Random quarters, pooled over the genes; 100 if not given. */
  permutations?: number
  seed?: number
}

/** Of each gene, between the quarter of the cells with the highest probability of a fate and the lowest: (G). */
export interface FateDrivers {
  /** Places of the genes, in the order of their rank. */
  order: number[]
  /** Of mean expression, with its 95 % interval. */
  difference: Float64Array
  low: Float64Array
  high: Float64Array
  /** The difference in standard deviations. */
  effect: Float64Array
  p: Float64Array
  /** p corrected for the number of genes. */
  q: Float64Array
  /** The difference at the last snapshot. */
  atEnd: Float64Array
}

/** Options of {@link Genes.trends}. */
export interface TrendOptions {
  /** Of each snapshot. */
  times: readonly number[]
  /** (N, G) of each snapshot. */
  expression: readonly MatrixLike[]
  /** From one snapshot to the next; 4 if not given. */
  steps?: number
}

/** Mean expression along the way to each fate. */
export interface FateTrends {
  /** (T) */
  times: number[]
  /** (S, G) the mean of all cells of each snapshot. */
  all: DoubleMatrix
  /** Of each fate (T, G), with a 95 % interval of the mean. */
  ofFates: { mean: DoubleMatrix; low: DoubleMatrix; high: DoubleMatrix }[]
}

/** @internal */
export function driversOf(core: GenesCore, fates: Fates, snapshot: number, options: DriverOptions): FateDrivers[] {
  checkNames(options, ['expression', 'atEnd', 'permutations', 'seed'], 'options of drivers()')
  checkFates(fates)
  checkSnapshot(snapshot, fates.reached.length)
  const { permutations = 100, seed = 0 } = options
  checkWhole({ permutations, seed })
  const expression = checkedMatrix(options.expression, 'the expression')
  const atEnd = checkedMatrix(options.atEnd, 'the expression at the end')
  return core._drivers(fates, snapshot, expression, atEnd, permutations, seed)
}

/** @internal */
export function trendsOf(core: GenesCore, fates: Fates, options: TrendOptions): FateTrends {
  checkNames(options, ['times', 'expression', 'steps'], 'options of trends()')
  checkFates(fates)
  const { steps = 4, expression } = options
  if (!Number.isInteger(steps) || steps < 1)
    throw usage(`steps is ${String(steps)}: expected a whole number, 1 or more`)
  const times = [...checkedNumbers(options.times, 'the times')]
  if (!Array.isArray(expression) || expression.length !== times.length)
    throw usage(`the expression is no list of ${times.length} matrices, one for each time`)
  const values = expression.map((one: MatrixLike, s) => checkedMatrix(one, `the expression of snapshot ${s}`))
  return core._trends(fates, times, values, steps)
}
