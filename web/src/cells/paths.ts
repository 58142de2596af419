/**
 * Paths of cells, from the snapshot before their own to the last one, as the core predicts them: at every training
 * time a cell gets a new operator, from where it is by then. The past is not followed further, since nothing in the
 * training asks for it.
 */
import { CellMnnError, type Matrix } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'

export interface Paths {
  /** (T), ascending; the times of the snapshots are among them. */
  times: number[]
  /** (T, N, D); before the snapshot before its own a cell stays where it is. */
  data: Float32Array
  count: number
  dims: number
}

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

/** Cells (N, D), each measured at one of `snapshotTimes`, ascending; `times` are those of frameTimes(). */
export async function pathsOf(
  model: RemoteModel,
  cells: Matrix,
  measured: ArrayLike<number>,
  snapshotTimes: readonly number[],
  times: number[],
): Promise<Paths> {
  const [count, dims] = cells.shape
  const data = new Float32Array(times.length * count * dims)
  const frame = (time: number) => times.indexOf(time)
  /** Places of the cells of a snapshot: the first one, and one after the last. */
  const cellsOf = (time: number): [number, number] => {
    let begin = 0
    while (begin < count && measured[begin]! < time) ++begin
    let end = begin
    while (end < count && time === measured[end]) ++end
    return [begin, end]
  }
  for (const time of snapshotTimes) {
    const [begin, end] = cellsOf(time)
    data.set(cells.data.subarray(begin * dims, end * dims), (frame(time) * count + begin) * dims)
  }
  /** Moves the cells [begin, end) from one snapshot time to the next, or to the one before. */
  const move = async (from: number, to: number, begin: number, end: number) => {
    if (begin === end) return
    const [a, b] = [frame(from), frame(to)]
    const step = Math.sign(b - a)
    const frames = Array.from({ length: Math.abs(b - a) }, (_, i) => a + (i + 1) * step)
    const start = data.slice((a * count + begin) * dims, (a * count + end) * dims)
    const moved = await model
      .predict(
        { data: start, shape: [end - begin, dims] },
        from,
        frames.map((f) => times[f]!),
      )
      .catch(farAway)
    frames.forEach((f, i) => {
      const size = (end - begin) * dims
      data.set(moved ? moved.data.subarray(i * size, (i + 1) * size) : start, (f * count + begin) * dims)
    })
  }
  // One leg after the other, so that a leg that leads too far ends where it begins.
  const last = snapshotTimes.at(-1)!
  const stops = [...model.info.trainingTimes.filter((t) => times.includes(t) && t < last), last]
  let before = -Infinity
  for (const stop of stops) {
    if (before > -Infinity) await move(before, stop, 0, cellsOf(before)[1])
    for (const time of snapshotTimes.filter((t) => t > before && t < stop)) await move(time, stop, ...cellsOf(time))
    before = stop
  }
  for (let k = 1; k < snapshotTimes.length; ++k) {
    const [begin, end] = cellsOf(snapshotTimes[k]!)
    await move(snapshotTimes[k]!, snapshotTimes[k - 1]!, begin, end)
    const first = frame(snapshotTimes[k - 1]!)
    const still = data.slice((first * count + begin) * dims, (first * count + end) * dims)
    for (let f = 0; f < first; ++f) data.set(still, (f * count + begin) * dims)
  }
  return { times, data, count, dims }
}

/** Cells that would leave the range of the data stay where they are; whatever else goes wrong is told. */
function farAway(error: unknown): null {
  if (error instanceof CellMnnError && error.code === 'numerical') return null
  throw error
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
