/**
 * Paths of cells, from the snapshot before their own to the last one, as the core predicts them. The past is not
 * followed further, since nothing in the training asks for it.
 */
import type { Matrix } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'

export interface Paths {
  /** (T), ascending; the times of the snapshots are among them. */
  times: number[]
  /** (T, N, D); before the snapshot before its own a cell stays where it is. */
  data: Float32Array
  count: number
  dims: number
  /** (T, N) of a model with mass: how much a cell counts, where it counts 1 as measured. */
  weights?: Float32Array
}

/** Weights are seen down to this. */
export const FAINTEST = 2 ** -10

const FRAMES = 64
const VALUES = 40e6 // T x N x D: 160 MB

export function frameTimes(snapshotTimes: readonly number[], cells: number, dims: number): number[] {
  const gaps = snapshotTimes.length - 1
  const perGap = Math.max(2, Math.floor(Math.min(FRAMES, VALUES / Math.max(1, cells * dims)) / gaps))
  const times = [snapshotTimes[0]!]
  for (let k = 0; k < gaps; ++k) {
    const [from, to] = [snapshotTimes[k]!, snapshotTimes[k + 1]!]
    for (let i = 1; i <= perGap; ++i) times.push(i === perGap ? to : from + ((to - from) * i) / perGap)
  }
  return times
}

/** The cells of one snapshot, [begin, end) of all, whose paths begin at the frame `first`. */
interface Part {
  begin: number
  end: number
  time: number
  first: number
  cells: Matrix
}

function partsOf(
  { data, shape: [count, dims] }: Matrix,
  measured: ArrayLike<number>,
  snapshotTimes: readonly number[],
  times: readonly number[],
): Part[] {
  const begins = snapshotTimes.map((time) => firstWhere(count, (i) => measured[i]! >= time))
  return snapshotTimes.flatMap((time, k) => {
    const [begin, end] = [begins[k]!, begins[k + 1] ?? count]
    if (begin === end) return []
    const cells: Matrix = { data: data.slice(begin * dims, end * dims), shape: [end - begin, dims] }
    return [{ begin, end, time, first: times.indexOf(snapshotTimes[Math.max(0, k - 1)]!), cells }]
  })
}

/** Cells (N, D), each measured at one of `snapshotTimes`, ascending; `times` are those of frameTimes(). */
export async function pathsOf(
  model: RemoteModel,
  cells: Matrix,
  measured: ArrayLike<number>,
  snapshotTimes: readonly number[],
  times: number[],
): Promise<Paths> {
  const [count, dims] = cells.shape
  const paths = { times, data: new Float32Array(times.length * count * dims), count, dims }
  await Promise.all(
    partsOf(cells, measured, snapshotTimes, times).map(async ({ begin, time, first, cells: there }) => {
      const own = times.indexOf(time)
      const { data } = await model.predict(there, time, times.slice(first), { farAway: 'nan' })
      data.set(there.data, (own - first) * there.data.length)
      keepPlaces(data, there.data.length, own - first, dims)
      for (let frame = 0; frame < times.length; ++frame) {
        const from = Math.max(0, frame - first) * there.data.length
        paths.data.set(data.subarray(from, from + there.data.length), (frame * count + begin) * dims)
      }
    }),
  )
  return paths
}

/** The weights of these paths, of a model with mass: (T, N). */
export async function weightsOf(
  model: RemoteModel,
  cells: Matrix,
  measured: ArrayLike<number>,
  snapshotTimes: readonly number[],
  times: number[],
): Promise<Float32Array> {
  const count = cells.shape[0]
  const weights = new Float32Array(times.length * count)
  await Promise.all(
    partsOf(cells, measured, snapshotTimes, times).map(async ({ begin, end, time, first, cells: there }) => {
      const { data } = await model.weights(there, time, times.slice(first))
      const size = end - begin
      for (let frame = 0; frame < times.length; ++frame) {
        const from = Math.max(0, frame - first) * size
        for (let i = 0; i < size; ++i) weights[frame * count + begin + i] = size * data[from + i]!
      }
    }),
  )
  return weights
}

/** A cell that would leave the range of the data is NaN there, and stays where it was before, seen from its own frame.
 * Frames are `size` long. */
function keepPlaces(frames: Float32Array, size: number, own: number, dims: number): void {
  const fill = (frame: number, from: number) => {
    for (let at = frame * size; at < (frame + 1) * size; at += dims) {
      const before = at + (from - frame) * size
      if (Number.isNaN(frames[at])) frames.copyWithin(at, before, before + dims)
    }
  }
  for (let frame = own + 1; frame < frames.length / size; ++frame) fill(frame, frame - 1)
  for (let frame = own - 1; frame >= 0; --frame) fill(frame, frame + 1)
}

function firstWhere(count: number, holds: (i: number) => boolean): number {
  let i = 0
  while (i < count && !holds(i)) ++i
  return i
}

/** The frame before a time, and how far it is to the next one (0 to 1). */
export function frameAt({ times }: Paths, t: number): { frame: number; mix: number } {
  let frame = 0
  while (frame + 2 < times.length && times[frame + 1]! <= t) ++frame
  const [a, b] = [times[frame]!, times[frame + 1]!]
  return { frame, mix: Math.min(1, Math.max(0, (t - a) / (b - a))) }
}

/** Where a cell is at a time: (D). */
export function positionAt(paths: Paths, cell: number, t: number): Float64Array {
  const { frame, mix } = frameAt(paths, t)
  const { data, count, dims } = paths
  const [a, b] = [(frame * count + cell) * dims, ((frame + 1) * count + cell) * dims]
  return Float64Array.from({ length: dims }, (_, d) => data[a + d]! * (1 - mix) + data[b + d]! * mix)
}

/** Of values (T, count), or (count), at a place between a frame and the next one. */
export function between(values: Float32Array, count: number, i: number, frame: number, mix: number): number {
  if (values.length === count) return values[i]!
  return values[frame * count + i]! * (1 - mix) + values[(frame + 1) * count + i]! * mix
}

/** How much a cell counts at a time; 1 without mass. */
export function weightAt(paths: Paths, cell: number, t: number): number {
  const { weights, count } = paths
  if (!weights) return 1
  const { frame, mix } = frameAt(paths, t)
  return between(weights, count, cell, frame, mix)
}

/** Where some cells are at the end: (cells, D). */
export function endsOf({ times, data, count, dims }: Paths, cells: readonly number[]): Float32Array {
  const ends = new Float32Array(cells.length * dims)
  cells.forEach((cell, i) => {
    const at = ((times.length - 1) * count + cell) * dims
    ends.set(data.subarray(at, at + dims), i * dims)
  })
  return ends
}

/** Paths of one cell each, at the same times, as paths of several. */
export function joined(all: readonly Paths[]): Paths {
  const { times, dims } = all[0]!
  const data = new Float32Array(times.length * all.length * dims)
  all.forEach((one, i) =>
    times.forEach((_, f) => data.set(one.data.subarray(f * dims, (f + 1) * dims), (f * all.length + i) * dims)),
  )
  return { times, data, count: all.length, dims }
}
