/** The cells of the page: all snapshots in one matrix, ascending in time. */
import type { GeneSpace, Matrix, TimeCourse } from 'cellmnn'
import { parseSafetensors } from './safetensors.ts'
import { timeText } from './text.ts'

export interface SnapshotRange {
  time: number
  label: string
  /** First cell, and one after the last. */
  begin: number
  end: number
}

/** A time for people: '2', or '2 (day12-17)'. */
export const timeName = ({ time, label }: { time: number; label: string }): string => (Number(label) === time || label === '' ? timeText(time) : `${timeText(time)} (${label})`)

/** A label for each cell, such as its type; -1 where there is none. */
export interface Groups {
  name: string
  labels: string[]
  codes: Int16Array
}

export interface Dataset {
  title: string
  /** (N, D) */
  cells: Matrix
  /** (N) */
  times: Float64Array
  snapshots: SnapshotRange[]
  groups: Groups | null
  /** Cells of the data of which these are a sample; N if they are all. */
  total: number
  genes: GeneSpace | null
}

export function datasetOf(course: TimeCourse, title: string): Dataset {
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
  return { title, cells: { data, shape: [count, dims] }, times, snapshots, groups: null, total: count, genes: course.genes ?? null }
}

/** The cells that `cellmnn export` put into the page; they ascend in time. */
export function embeddedDataset(bytes: Uint8Array): Dataset {
  const { metadata, tensors } = parseSafetensors(bytes)
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
  const codes = tensors.get('group')
  const groups = codes && {
    name: metadata.group_name ?? 'group',
    labels: named(metadata.group_name ?? 'group', JSON.parse(metadata.group_labels ?? '[]') as string[]),
    codes: Int16Array.from(codes.values),
  }
  return {
    title: metadata.title ?? 'cells',
    cells: { data: cells.values as Float32Array, shape: [count, dims] },
    times,
    snapshots,
    groups: groups ?? null,
    total: Number(metadata.total ?? count),
    genes: null,
  }
}

/** A number alone says nothing: '1' becomes 'fate 1'. */
const named = (group: string, labels: string[]): string[] => labels.map((label) => (Number.isNaN(Number(label)) ? label : `${group} ${label}`))

/** What the package takes; `without` leaves a snapshot out. */
export function timeCourseOf({ cells: { data, shape: [, dims] }, snapshots, genes }: Dataset, without?: number): TimeCourse {
  return {
    snapshots: snapshots.filter((_, k) => k !== without).map(({ time, label, begin, end }) => ({
      time,
      label,
      cells: { data: data.slice(begin * dims, end * dims), shape: [end - begin, dims] },
    })),
    ...(genes && { genes }),
  }
}

/** The snapshot that a cell belongs to. */
export const snapshotOf = ({ snapshots }: Dataset, cell: number): number => snapshots.findIndex(({ end }) => cell < end)

/** The interval of snapshots that holds a time: its first one, at most the last but one. */
export function intervalAt({ snapshots }: Dataset, t: number): number {
  let k = 0
  while (k + 2 < snapshots.length && snapshots[k + 1]!.time <= t) ++k
  return k
}

/** The `count` cells of the same snapshot that lie nearest, without the cell itself. Distances are in units of
 * each component's spread. */
export function nearestCells({ cells: { data, shape: [, dims] }, snapshots }: Dataset, scale: ArrayLike<number>, cell: number, count: number): number[] {
  const { begin, end } = snapshots.find((snapshot) => cell < snapshot.end)!
  const distances: { i: number; d: number }[] = []
  for (let i = begin; i < end; ++i) {
    if (i !== cell) distances.push({ i, d: distanceBetween(data, i, data, cell, dims, scale) })
  }
  return distances.sort((a, b) => a.d - b.d).slice(0, count).map(({ i }) => i)
}

/** Squared. */
export function distanceBetween(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, dims: number, scale: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < dims; ++d) sum += ((a[i * dims + d]! - b[j * dims + d]!) / scale[d]!) ** 2
  return sum
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
