/** Where cells end, and the measured cells that a cell may become. */
import { checkedMatrix, checkedNumber, type CheckedMatrix, type DoubleMatrix, type MatrixLike } from './arrays.js'
import { usage } from './errors.js'
import { checkNames } from './options.js'
import { checkedTimeCourse, type CellLabels, type CheckedTimeCourse, type TimeCourseLike } from './time_course.js'
import type { GenesCore } from './wasm/cellmnn_genes.js'

/** The fates of cells whose fate is known, usually those of the last snapshot. */
export interface KnownFates {
  names: string[]
  /** Of each snapshot the fate of each cell, as a place in `names`, or -1. */
  ofCells: ArrayLike<number>[]
}

/** Where the chain of transitions begins. */
export interface ChainOptions {
  /**
   * Of each snapshot but the last, where a model moves its cells by the next: (N, D). Without it cells set out from
   * where they are.
   */
  moved?: readonly MatrixLike[]
}

/** Options of {@link Genes.fates}. */
export interface FateOptions extends ChainOptions {
  /** Of an interval as long as the course, in medians of squared distances; 0.3 if not given. */
  bandwidth?: number
  /** Of the base rate, added to the probabilities of a cell; 0.001 if not given. */
  smoothing?: number
}

/** Probabilities of fates; lists have an entry a snapshot. */
export interface Fates {
  names: string[]
  /** (F) */
  baseRates: Float64Array
  /** (N, F) of ending in each fate; the rest stays undecided. */
  reached: DoubleMatrix[]
  /** (N, F) given that the cell decides. */
  probabilities: DoubleMatrix[]
  /** 0 to 1: how much of the fates of these cells is known. */
  known: number[]
  /** What that means: 'not known', 'hardly known', 'partly known', 'largely known' or 'nearly decided'. */
  words: string[]
  /** Where {@link Genes.drivers} would mean nothing: 'not known' or 'too few cells'; else ''. */
  whyNoDrivers: ('' | 'not known' | 'too few cells')[]
}

/** Options of {@link Genes.clouds}. */
export interface CloudOptions extends ChainOptions {
  /** Measured cells of a cloud; 100 if not given. */
  size?: number
  seed?: number
}

/** What may become of each cell of a snapshot at a later one. */
export interface Cloud {
  time: number
  /** (N, size) places of cells in the later snapshot; one that is drawn often is there often. */
  cells: { readonly data: Int32Array; readonly shape: readonly [cells: number, size: number] }
  /** (N) how much more than the population is known of a cell's place. */
  known: Float64Array
  /** Where less is known, the population says as much. */
  leastKnown: number
}

/** @internal */
export interface Chain {
  course: CheckedTimeCourse
  moved: CheckedMatrix[] | undefined
}

/** @internal */
export function checkedChain(data: TimeCourseLike, { moved }: ChainOptions): Chain {
  const course = checkedTimeCourse(data)
  if (moved === undefined) return { course, moved }
  const expected = course.snapshots.length - 1
  if (!Array.isArray(moved) || moved.length !== expected)
    throw usage(`moved is no list of ${expected} matrices, one for each snapshot but the last`)
  return { course, moved: moved.map((cells: MatrixLike, s) => checkedMatrix(cells, `moved[${s}]`)) }
}

/** @internal */
export function knownFatesOf(
  core: GenesCore,
  data: TimeCourseLike,
  { labels, codes }: Pick<CellLabels, 'labels' | 'codes'>,
  undecided: readonly string[],
): KnownFates {
  const course = checkedTimeCourse(data)
  checkCodes(course, labels, codes)
  return core._knownFates(course, [...labels], codes, [...undecided])
}

/** @internal Each cell's place in `labels`, or -1. */
export function checkCodes({ snapshots }: CheckedTimeCourse, labels: readonly string[], codes: Int32Array): void {
  const count = snapshots.reduce((sum, { cells }) => sum + cells.shape[0], 0)
  if (codes?.length !== count) throw usage(`codes are ${String(codes?.length)} labels for ${count} cells`)
  if (codes.some((code) => !Number.isInteger(code) || code < -1 || code >= labels.length))
    throw usage(`codes are not all places in ${labels.length} labels, or -1`)
}

/** @internal */
export function checkKnown({ snapshots }: CheckedTimeCourse, known: KnownFates): void {
  const { names, ofCells } = known ?? {}
  if (!Array.isArray(names) || !Array.isArray(ofCells) || ofCells.length !== snapshots.length)
    throw usage(`the known fates are not { names, ofCells }, with a list for each of ${snapshots.length} snapshots`)
}

/** @internal What fates() returned. */
export function checkFates(fates: Fates): void {
  const { names, baseRates, reached, probabilities, known } = fates ?? {}
  if (!names || !baseRates || !reached || !probabilities || !known)
    throw usage('the fates are not what fates() returns')
}

/** @internal */
export function checkWhole(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isInteger(value) || value < 0) throw usage(`${name} is ${String(value)}: expected a whole number`)
  }
}

/** @internal The place of a snapshot. */
export function checkSnapshot(place: number, count: number): void {
  if (!Number.isInteger(place) || place < 0 || place >= count)
    throw usage(`snapshot is ${String(place)}: expected its place, from 0 to ${count - 1}`)
}

/** @internal */
export const numberOr = (value: number | undefined, name: string): number | undefined =>
  value === undefined ? undefined : checkedNumber(value, name)

/** @internal */
export function fatesOf(core: GenesCore, data: TimeCourseLike, known: KnownFates, options: FateOptions): Fates {
  checkNames(options, ['moved', 'bandwidth', 'smoothing'], 'options of fates()')
  const { course, moved } = checkedChain(data, options)
  checkKnown(course, known)
  const { names, ofCells } = known
  const bandwidth = numberOr(options.bandwidth, 'bandwidth')
  const smoothing = numberOr(options.smoothing, 'smoothing')
  return { names: [...names], ...core._fates(course, { names: [...names], ofCells }, moved, bandwidth, smoothing) }
}

/** @internal */
export function cloudsOf(core: GenesCore, data: TimeCourseLike, from: number, options: CloudOptions): Cloud[] {
  checkNames(options, ['moved', 'size', 'seed'], 'options of clouds()')
  const { course, moved } = checkedChain(data, options)
  if (!Number.isInteger(from) || from < 0) throw usage(`from is ${String(from)}: expected the place of a snapshot`)
  const { size = 100, seed = 0 } = options
  checkWhole({ size, seed })
  return core._clouds(course, from, moved, size, seed)
}
