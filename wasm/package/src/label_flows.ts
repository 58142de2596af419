/** Which labels become which from one snapshot to the next. */
import type { DoubleMatrix } from './arrays.js'
import { checkCodes, checkedChain, type ChainOptions } from './fates.js'
import { checkNames } from './options.js'
import type { CellLabels, TimeCourseLike } from './time_course.js'
import type { GenesCore } from './wasm/cellmnn_genes.js'

/** From one snapshot to the next, of L labels. Shares are of the labelled cells of a snapshot. */
export interface LabelFlow {
  /** The times of both. */
  from: number
  to: number
  /** (L, L) of the cells that have one label (row) and become another (column). */
  shares: DoubleMatrix
  /** (L) */
  measuredFrom: Float64Array
  measuredTo: Float64Array
  /** (L) the sums of the columns of `shares`: where they differ from what is measured, types grow or die, or the
   * transitions are wrong. */
  predictedTo: Float64Array
}

/** @internal */
export function labelFlowsOf(
  core: GenesCore,
  data: TimeCourseLike,
  { labels, codes }: Pick<CellLabels, 'labels' | 'codes'>,
  options: ChainOptions,
): LabelFlow[] {
  checkNames(options, ['moved'], 'options of labelFlows()')
  const { course, moved } = checkedChain(data, options)
  checkCodes(course, labels, codes)
  return core._labelFlows(course, codes, labels.length, moved)
}
