/**
 * Paths in a projection. The model does not live there: a predicted cell is drawn at the mean place of the measured
 * cells nearest to it in the components. Nearer ones count more, by 1 / distance^2, so that a measured cell lies at its
 * own place.
 */
import type { Projection } from 'cellmnn'
import type { Neighbours } from './nearest.ts'
import type { Paths } from './paths.ts'

export const NEAREST = 8
const QUERIES = 300_000 // a few seconds in a worker
const LEAST = 1e-9 // of squared distances, in squared spreads

/** Places (T, count, 2). With many cells the frames between the `snapshotTimes` are thinned, and straight lines
 * join those that are left. */
export async function carry(
  paths: Paths,
  snapshotTimes: readonly number[],
  { places }: Projection,
  nearest: (x: Float32Array, count: number) => Promise<Neighbours>,
): Promise<Float32Array> {
  const { times, data, count, dims } = paths
  const carried = new Float32Array(times.length * count * 2)
  const stride = Math.ceil((times.length * count) / QUERIES)
  const kept = times.flatMap((t, f) =>
    f % stride === 0 || f + 1 === times.length || snapshotTimes.includes(t) ? [f] : [],
  )
  for (const [k, f] of kept.entries()) {
    const before = kept[k - 1]
    const stays = (i: number) =>
      before !== undefined &&
      everyOf(dims, (d) => data[(f * count + i) * dims + d] === data[(before * count + i) * dims + d])
    const moved: number[] = []
    for (let i = 0; i < count; ++i) if (!stays(i)) moved.push(i)
    const x = new Float32Array(moved.length * dims)
    moved.forEach((i, m) => x.set(data.subarray((f * count + i) * dims, (f * count + i + 1) * dims), m * dims))
    const { cells, distances } = await nearest(x, NEAREST)
    if (before !== undefined) carried.copyWithin(2 * f * count, 2 * before * count, 2 * (before + 1) * count)
    moved.forEach((i, m) => meanOf(places.data, cells, distances, m * NEAREST, carried, 2 * (f * count + i)))
    if (before !== undefined) fillBetween(carried, times, before, f, 2 * count)
  }
  return carried
}

function everyOf(count: number, holds: (d: number) => boolean): boolean {
  for (let d = 0; d < count; ++d) if (!holds(d)) return false
  return true
}

function meanOf(
  places: Float32Array,
  cells: Int32Array,
  distances: Float32Array,
  first: number,
  to: Float32Array,
  at: number,
): void {
  let [x, y, sum] = [0, 0, 0]
  for (let n = first; n < first + NEAREST && cells[n]! >= 0; ++n) {
    const weight = 1 / (distances[n]! + LEAST)
    x += weight * places[2 * cells[n]!]!
    y += weight * places[2 * cells[n]! + 1]!
    sum += weight
  }
  to[at] = x / sum
  to[at + 1] = y / sum
}

function fillBetween(values: Float32Array, times: readonly number[], from: number, to: number, width: number): void {
  for (let f = from + 1; f < to; ++f) {
    const share = (times[f]! - times[from]!) / (times[to]! - times[from]!)
    for (let i = 0; i < width; ++i)
      values[f * width + i] = (1 - share) * values[from * width + i]! + share * values[to * width + i]!
  }
}
