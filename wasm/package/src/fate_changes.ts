/** Knock-outs as changes of fates. */
import { checkedMatrix, type CheckedMatrix, type MatrixLike } from './arrays.js'
import { usage } from './errors.js'
import { checkedChain, checkFates, checkKnown, checkSnapshot, numberOr, type Fates } from './fates.js'
import type { FateOptions, KnownFates } from './fates.js'
import { checkNames } from './options.js'
import { CHANGE, checkedChange, type GeneChange } from './perturbation.js'
import type { TimeCourseLike } from './time_course.js'
import type { GenesCore } from './wasm/cellmnn_genes.js'

/** The cells of a snapshot after a change of a gene. */
export interface ChangedCells {
  /** (N, D), as {@link Model.changedCells} makes them. */
  cells: MatrixLike
  /** (N, D) where the model moves them by the next snapshot, if one moves the cells of all snapshots. */
  moved?: MatrixLike
}

/** Which gene is changed, in all cells of a snapshot. */
export interface FateChangeQuestion extends GeneChange {
  /** Its place; not the last. */
  snapshot: number
  /** After the change of this gene; then after that of each control, such as those of {@link Model.similarGenes}. */
  changed: readonly ChangedCells[]
}

/** What a change of a gene does to each fate: (F). A direction and no size. */
export interface FateChange {
  /** The mean probability without the change. */
  fraction: Float64Array
  /** Of that mean. */
  change: Float64Array
  /** The share of the controls whose change is as large, the gene itself counted. */
  p: Float64Array
  /** What expression alone says: cells lose the fates whose cells express the gene. */
  control: Float64Array
  /** What that means for each fate, in words. */
  verdict: string[]
}

/** @internal `options` are those with which the fates were made. */
export function fateChangeOf(
  core: GenesCore,
  data: TimeCourseLike,
  known: KnownFates,
  fates: Fates,
  { snapshot, changed, ...change }: FateChangeQuestion,
  options: FateOptions,
): FateChange {
  checkNames(options, ['moved', 'bandwidth', 'smoothing'], 'options of fateChange()')
  checkNames(change, CHANGE, 'a change of a gene')
  const { course, moved } = checkedChain(data, options)
  checkKnown(course, known)
  checkFates(fates)
  checkSnapshot(snapshot, course.snapshots.length)
  if (!Array.isArray(changed) || changed.length === 0)
    throw usage('changed is no list of { cells, moved }, first those of the gene, then those of each control')
  const places = changed.map(({ cells, moved: to }: ChangedCells, k) => {
    if ((to === undefined) !== (moved === undefined))
      throw usage(`changed[${k}].moved and moved belong together: both are of the same model`)
    const place = (given: MatrixLike, name: string): CheckedMatrix => checkedMatrix(given, `changed[${k}].${name}`)
    return { cells: place(cells, 'cells'), moved: to && place(to, 'moved') }
  })
  const asked = { snapshot, ...checkedChange(change, 'fateChange()') }
  const numbers = [numberOr(options.bandwidth, 'bandwidth'), numberOr(options.smoothing, 'smoothing')] as const
  return core._fateChange(course, known, fates, asked, places, moved, ...numbers)
}
