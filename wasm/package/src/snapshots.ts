import { badInput, usage } from './errors.js'
import { checkNames } from './options.js'
import type { GeneSpace, TimeCourse } from './time_course.js'

/** How a data file is read; names are found if there is one candidate. */
export interface ReadOptions {
  /** The array or column that holds the time of each cell. */
  timeKey?: string
  /** The array or columns that hold the coordinates of each cell. */
  embeddingKey?: string
  /** Times of labels that hold no single number: `{ early: 0, late: 3 }`. */
  timeMap?: Readonly<Record<string, number>>
  /** How many dimensions are kept, the first ones. Without it 5, or all if there are fewer. */
  dims?: number
}

/** @internal */
export const EMBEDDING_NAMES = ['X_pca', 'pca', 'pcs']

const TIME_NAMES = [
  'day',
  'day_numerical',
  'sample_labels',
  'timepoint',
  'samples',
  'time point',
  'stage',
  'hour',
  'sctimebench_timepoint',
  'time_point_processed',
  'time',
]
/** @internal */
export const isTimeName = (name: string): boolean => TIME_NAMES.includes(name.toLowerCase())

const USUAL_DIMS = 5
const MOST_TIMES = 1000

/** @internal */
export function checkReadOptions(options: ReadOptions): void {
  checkNames(options, ['timeKey', 'embeddingKey', 'timeMap', 'dims'], 'options of reading')
  if (options.dims !== undefined && !(Number.isInteger(options.dims) && options.dims >= 1)) {
    throw usage(`dims is ${String(options.dims)}: expected a whole number from 1`)
  }
}

/** @internal */
export function quoted(names: readonly string[]): string {
  const shown = names
    .slice(0, 20)
    .map((name) => `'${name}'`)
    .join(', ')
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown || 'none'
}

/** @internal The given key, or else the only usual one. */
export function chosenTimeKey(names: readonly string[], given: string | undefined, kind: string): string {
  if (given !== undefined) {
    if (!names.includes(given))
      throw badInput(`there is no ${kind} '${given}' (timeKey); those that exist are ${quoted(names)}`)
    return given
  }
  const usual = names.filter(isTimeName)
  if (usual.length === 1) return usual[0]!
  throw badInput(
    usual.length === 0
      ? `no ${kind} has a usual name of a time, such as 'day'; choose one of ${quoted(names)} as timeKey`
      : `more than one ${kind} could hold the time: choose one of ${quoted(usual)} as timeKey`,
  )
}

/** The number in a label such as 'day12' or '3.5h', or the middle of a range such as '24-30'. */
function timeOfLabel(label: string): number {
  const number = label.trim() === '' ? NaN : Number(label)
  if (Number.isFinite(number)) return number
  const found = [...label.matchAll(/(?:(?<=^| )-)?\d+(?:\.\d+)?/g)]
  const [low, high] = found.map(([text]) => Number(text))
  if (found.length === 1) return low!
  const isRange =
    found.length === 2 &&
    low! < high! &&
    label.slice(found[0]!.index + found[0]![0].length, found[1]!.index).trim() === '-'
  if (isRange) return (low! + high!) / 2
  const what = found.length === 0 ? 'no number' : 'more than one number'
  throw badInput(`the label '${label}' holds ${what}: give its time as timeMap: { '${label}': TIME }`)
}

/** @internal All cells of a file in its order. */
export interface Table {
  /** (N, available dimensions) row-major. */
  values: ArrayLike<number>
  columns: number
  labels: readonly (string | number)[] | ArrayLike<number>
  timeKey: string
  genes?: GeneSpace
}

/** @internal Sorts the cells into snapshots by ascending time; `rows` are those of the file that they stood in. */
export function sortByTime(
  { values, columns, labels, timeKey, genes }: Table,
  { timeMap, dims }: ReadOptions,
): { course: TimeCourse; rows: Int32Array } {
  const kept = dims ?? Math.min(USUAL_DIMS, columns)
  if (kept > columns) throw badInput(`the data have ${columns} dimensions, dims asks for ${kept}`)
  const mapped = new Map(Object.entries(timeMap ?? {}))
  const timeOf = new Map<string | number, number>()
  const rows = new Map<number, number[]>()
  const labelOf = new Map<number, string>()
  for (let i = 0; i < labels.length; ++i) {
    const label = labels[i]!
    let time = timeOf.get(label)
    if (time === undefined) {
      time = mapped.get(String(label)) ?? (typeof label === 'number' ? label : timeOfLabel(label))
      if (!Number.isFinite(time))
        throw badInput(`cell ${i} has the time ${time} in '${timeKey}': expected a finite number`)
      if (timeOf.size === MOST_TIMES)
        throw badInput(`'${timeKey}' has more than ${MOST_TIMES} distinct values: expected the time of each snapshot`)
      timeOf.set(label, time)
    }
    const found = rows.get(time)
    if (found) {
      found.push(i)
    } else {
      rows.set(time, [i])
      labelOf.set(time, String(label))
    }
  }
  const unknown = [...mapped.keys()].find((label) => ![...timeOf.keys()].some((known) => String(known) === label))
  if (unknown !== undefined) throw usage(`timeMap names '${unknown}', which is not among the labels of '${timeKey}'`)
  const ascending = [...rows].sort(([a], [b]) => a - b)
  const snapshots = ascending.map(([time, members]) => {
    const data = new Float32Array(members.length * kept)
    members.forEach((row, i) => {
      for (let d = 0; d < kept; ++d) data[i * kept + d] = values[row * columns + d]!
    })
    return { time, label: labelOf.get(time)!, cells: { data, shape: [members.length, kept] as const } }
  })
  return {
    course: { snapshots, ...(genes && { genes: withDims(genes, kept) }) },
    rows: Int32Array.from(ascending.flatMap(([, members]) => members)),
  }
}

function withDims(genes: GeneSpace, dims: number): GeneSpace {
  const [count, columns] = genes.loadings.shape
  const data = new Float32Array(count * dims)
  for (let g = 0; g < count; ++g) data.set(genes.loadings.data.subarray(g * columns, g * columns + dims), g * dims)
  return { ...genes, loadings: { data, shape: [count, dims] } }
}
