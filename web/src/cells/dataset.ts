/** The cells of the page: all snapshots in one matrix, ascending in time. */
import {
  readSafetensors,
  type CellLabels,
  type GeneSpace,
  type Matrix,
  type Projection,
  type ReadTimeCourse,
  type TimeCourse,
} from 'cellmnn'
import { measuredExpression, type Expression } from './expression.ts'
import type { Numbers } from '../text/numbers.ts'

export interface SnapshotRange {
  time: number
  label: string
  /** First cell, and one after the last. */
  begin: number
  end: number
}

export interface Dataset {
  title: string
  /** (N, D) */
  cells: Matrix
  /** Of the components, where these have names: (D), or empty. */
  componentNames: readonly string[]
  /** (N) */
  times: Float64Array
  snapshots: SnapshotRange[]
  /** 'd', 'h', ...; empty if it is not known. */
  timeUnit: string
  /** Columns of labels, such as the type of a cell. */
  labels: CellLabels[]
  /** (N), or empty. */
  names: string[]
  /** (N) rows of the data that was exported, from 0; empty if they are not known. */
  rows: Float64Array
  /** Pictures in two dimensions, such as a UMAP. */
  projections: Projection[]
  /** Cells of the data of which these are a sample; N if they are all. */
  total: number
  genes: GeneSpace | null
  /** Measured expression of some genes, made when it is asked for; null where there is none. */
  expression: (() => Promise<Expression>) | null
}

/** A time for people: '2', or '2 d'. */
export const timeIn = ({ timeUnit }: Dataset, time: number, { short }: Numbers): string =>
  timeUnit === '' ? short(time) : `${short(time)} ${timeUnit}`

const NUMBER_AND_UNIT = /^(?:days?|d|hours?|h|weeks?|w)?[ _.]*(-?[\d.]+) *(?:d|days?|h|hours?|w|weeks?|min)?$/i

/** The time of a snapshot with its label, unless that says nothing more: '14.5 d (day12-17)', but '2 d' for 'day 2'. */
export function timeName(data: Dataset, place: number, numbers: Numbers): string {
  const { time, label } = data.snapshots[place]!
  const number = (data.timeUnit !== '' && NUMBER_AND_UNIT.exec(label)?.[1]) || label
  const written = timeIn(data, time, numbers)
  return label === '' || Number(number) === time ? written : `${written} (${label})`
}

export function datasetOf(course: TimeCourse, title: string): Dataset {
  const { names: all = [], labels = [], projections = [] } = course.annotations ?? {}
  // Numbers of rows would be taken for the numbers that the page gives.
  const names = all.every((name) => /^\d+$/.test(name)) ? [] : all
  const dims = course.snapshots[0]!.cells.shape[1]
  const count = course.snapshots.reduce((sum, { cells }) => sum + cells.shape[0], 0)
  const data = new Float32Array(count * dims)
  const times = new Float64Array(count)
  let begin = 0
  const snapshots = course.snapshots.map(({ time, label, cells }) => {
    const end = begin + cells.shape[0]
    data.set(cells.data, begin * dims)
    times.fill(time, begin, end)
    const range = { time, label: label ?? String(time), begin, end }
    begin = end
    return range
  })
  return {
    title,
    cells: { data, shape: [count, dims] },
    componentNames: [],
    times,
    snapshots,
    timeUnit: course.reading?.timeUnit ?? '',
    labels: labels.map(named),
    names,
    rows: new Float64Array(),
    projections,
    total: count,
    genes: course.genes ?? null,
    expression: measuredExpression(course),
  }
}

/** The cells that `cellmnn export` put into the page; they ascend in time. */
export function embeddedDataset(bytes: Uint8Array): Dataset {
  const { metadata, tensors } = readSafetensors(bytes)
  const cells = tensors.get('cells')!
  const [count, dims] = cells.shape as [number, number]
  const times = Float64Array.from(tensors.get('time')!.values)
  const labels = new Map(JSON.parse(metadata.time_labels ?? '[]') as [time: number, label: string][])
  const snapshots: SnapshotRange[] = []
  times.forEach((time, i) => {
    const last = snapshots.at(-1)
    if (last?.time === time) last.end = i + 1
    else snapshots.push({ time, label: labels.get(time) ?? String(time), begin: i, end: i + 1 })
  })
  const groups = JSON.parse(metadata.groups ?? '[]') as [name: string, labels: string[]][]
  const labelColumns = groups.map(([name, all], g) =>
    named({ name, labels: all, codes: Int32Array.from(tensors.get(`group.${g}`)!.values) }),
  )
  const projections = [...tensors].flatMap(([name, { values }]) =>
    name.startsWith('projection.')
      ? [
          {
            name: name.slice('projection.'.length),
            places: { data: values as Float32Array, shape: [count, 2] as const },
          },
        ]
      : [],
  )
  return {
    title: metadata.title ?? 'cells',
    cells: { data: cells.values as Float32Array, shape: [count, dims] },
    componentNames: [],
    times,
    snapshots,
    timeUnit: metadata.time_unit ?? '',
    labels: labelColumns,
    names: JSON.parse(metadata.names ?? '[]') as string[],
    rows: Float64Array.from(tensors.get('row')?.values ?? []),
    projections,
    total: Number(metadata.total ?? count),
    genes: null,
    expression: null,
  }
}

/** A number alone says nothing: '1' becomes 'fate 1'. */
const named = ({ name, labels, codes }: CellLabels): CellLabels => ({
  name,
  codes,
  labels: labels.map((label) => (Number.isNaN(Number(label)) ? label : `${name} ${label}`)),
})

/** What the package takes; `without` leaves a snapshot out. */
export function timeCourseOf({ cells, snapshots, genes, timeUnit }: Dataset, without?: number): ReadTimeCourse {
  const {
    data,
    shape: [, dims],
  } = cells
  return {
    snapshots: snapshots
      .filter((_, k) => k !== without)
      .map(({ time, label, begin, end }) => ({
        time,
        label,
        cells: { data: data.slice(begin * dims, end * dims), shape: [end - begin, dims] },
      })),
    ...(genes && { genes }),
    reading: { timeUnit },
  }
}

/** The first components of the same cells, and of their genes. */
export function firstDims(data: Dataset, dims: number): Dataset {
  const { cells, genes } = data
  return {
    ...data,
    cells: firstColumns(cells, dims),
    genes: genes && { ...genes, loadings: firstColumns(genes.loadings, dims) },
  }
}

function firstColumns({ data, shape: [rows, columns] }: Matrix, count: number): Matrix {
  const kept = new Float32Array(rows * count)
  for (let r = 0; r < rows; ++r) kept.set(data.subarray(r * columns, r * columns + count), r * count)
  return { data: kept, shape: [rows, count] }
}

/** The same cells with other times of their snapshots. */
export function withTimes(data: Dataset, snapshotTimes: ArrayLike<number>, timeUnit: string): Dataset {
  const times = data.times.slice()
  const snapshots = data.snapshots.map((snapshot, k) => ({ ...snapshot, time: snapshotTimes[k]! }))
  for (const { time, begin, end } of snapshots) times.fill(time, begin, end)
  return { ...data, times, snapshots, timeUnit }
}

/** The snapshot that a cell belongs to. */
export const snapshotOf = ({ snapshots }: Dataset, cell: number): number => snapshots.findIndex(({ end }) => cell < end)

/** Coordinates (N, D) of some cells, and when they were measured. */
export function cellsAt(
  {
    cells: {
      data,
      shape: [, dims],
    },
    times,
  }: Dataset,
  cells: readonly number[],
): { x: Matrix; t: Float64Array } {
  const x = new Float32Array(cells.length * dims)
  cells.forEach((cell, i) => x.set(data.subarray(cell * dims, (cell + 1) * dims), i * dims))
  return { x: { data: x, shape: [cells.length, dims] }, t: Float64Array.from(cells, (cell) => times[cell]!) }
}

/** The interval of snapshots that holds a time: its first one, at most the last but one. */
export function intervalAt({ snapshots }: Dataset, t: number): number {
  let k = 0
  while (k + 2 < snapshots.length && snapshots[k + 1]!.time <= t) ++k
  return k
}

/** Standard deviation of each component. */
export function spreadOf({ data, shape: [count, dims] }: Matrix): Float64Array {
  const mean = new Float64Array(dims)
  const square = new Float64Array(dims)
  for (let i = 0; i < count * dims; ++i) {
    mean[i % dims]! += data[i]! / count
    square[i % dims]! += data[i]! ** 2 / count
  }
  return square.map((value, d) => Math.sqrt(Math.max(value - mean[d]! ** 2, 1e-12)))
}
