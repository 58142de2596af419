/**
 * Paths of cells over the whole range of times. At every snapshot time a cell gets a new operator, from where it is
 * by then: no prediction reaches further than one gap, which is what the model was trained for.
 */
import type { Matrix } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'

export interface Paths {
  /** (T), ascending; the times of the snapshots are among them. */
  times: number[]
  /** (T, N, D) */
  data: Float32Array
  count: number
  dims: number
}

const FRAMES = 48
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
export async function pathsOf(model: RemoteModel, cells: Matrix, measured: ArrayLike<number>, snapshotTimes: readonly number[], times: number[]): Promise<Paths> {
  const [count, dims] = cells.shape
  const data = new Float32Array(times.length * count * dims)
  const frame = (time: number) => times.indexOf(time)
  const firstAfter = (time: number) => {
    let i = 0
    while (i < count && measured[i]! <= time) ++i
    return i
  }
  for (const time of snapshotTimes) {
    const [begin, end] = [firstBefore(measured, count, time), firstAfter(time)]
    data.set(cells.data.subarray(begin * dims, end * dims), (frame(time) * count + begin) * dims)
  }
  /** Moves the cells [begin, end) from one snapshot time to the next, or to the one before. */
  const move = async (from: number, to: number, begin: number, end: number) => {
    if (begin === end) return
    const [a, b] = [frame(from), frame(to)]
    const step = Math.sign(b - a)
    const frames = Array.from({ length: Math.abs(b - a) }, (_, i) => a + (i + 1) * step)
    const start = data.slice((a * count + begin) * dims, (a * count + end) * dims)
    const moved = await model.predict({ data: start, shape: [end - begin, dims] }, from, frames.map((f) => times[f]!)).catch(() => null)
    frames.forEach((f, i) => {
      // Cells that would leave the range of the data stay where they are.
      const size = (end - begin) * dims
      data.set(moved ? moved.data.subarray(i * size, (i + 1) * size) : start, (f * count + begin) * dims)
    })
  }
  for (let k = 0; k + 1 < snapshotTimes.length; ++k) await move(snapshotTimes[k]!, snapshotTimes[k + 1]!, 0, firstAfter(snapshotTimes[k]!))
  for (let k = snapshotTimes.length - 1; k > 0; --k) await move(snapshotTimes[k]!, snapshotTimes[k - 1]!, firstBefore(measured, count, snapshotTimes[k]!), count)
  return { times, data, count, dims }
}

function firstBefore(measured: ArrayLike<number>, count: number, time: number): number {
  let i = 0
  while (i < count && measured[i]! < time) ++i
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
