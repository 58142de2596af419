/** Do futures agree: those of a cell's neighbours, which one model can tell, or those that several models predict?
 * Neither knows an error that all models share. */
import type { Dataset } from './dataset.ts'
import type { Neighbours } from './nearest.ts'

/**
 * The root mean square distance of the ends (N, D) of each cell and its nearest cells of the same snapshot from their
 * mean, in units of each component's spread. The cells of the last snapshot have no future: 0.
 */
export async function partingOf(
  {
    cells: {
      data,
      shape: [count, dims],
    },
    snapshots,
  }: Dataset,
  ends: Float32Array,
  scale: ArrayLike<number>,
  near: number,
  nearest: (x: Float32Array, count: number, range: { begin: number; end: number }) => Promise<Neighbours>,
): Promise<Float32Array> {
  const values = new Float32Array(count)
  for (const range of snapshots.slice(0, -1)) {
    const { cells } = await nearest(data.subarray(range.begin * dims, range.end * dims), near, range)
    for (let i = range.begin; i < range.end; ++i)
      values[i] = spreadOfEnds(
        ends,
        dims,
        scale,
        cells.subarray((i - range.begin) * near, (i - range.begin + 1) * near),
      )
  }
  return values
}

/** The same of the ends (N, D) that several models predict for each cell. */
export function disagreementOf(ends: readonly Float32Array[], dims: number, scale: ArrayLike<number>): Float32Array {
  const count = ends[0]!.length / dims
  const all = new Float32Array(ends.length * count * dims)
  ends.forEach((one, m) => all.set(one, m * count * dims))
  return Float32Array.from({ length: count }, (_, i) =>
    spreadOfEnds(
      all,
      dims,
      scale,
      Int32Array.from(ends, (_, m) => m * count + i),
    ),
  )
}

function spreadOfEnds(ends: Float32Array, dims: number, scale: ArrayLike<number>, among: Int32Array): number {
  const cells = among.filter((cell) => cell >= 0)
  let variance = 0
  for (let d = 0; d < dims; ++d) {
    let [sum, square] = [0, 0]
    for (const cell of cells) {
      const value = ends[cell * dims + d]! / scale[d]!
      sum += value / cells.length
      square += value ** 2 / cells.length
    }
    variance += square - sum ** 2
  }
  return Math.sqrt(Math.max(0, variance))
}
