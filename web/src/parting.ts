/** Do the futures of a cell's neighbours agree? An uncertainty that one model can tell. It knows nothing of the model's own error. */
import type { Dataset } from './dataset.ts'
import type { Neighbours } from './nearest.ts'

/**
 * The root mean square distance of the ends (N, D) of each cell and its nearest cells of the same snapshot from their
 * mean, in units of each component's spread. The cells of the last snapshot have no future: 0.
 */
export async function partingOf({ cells: { data, shape: [count, dims] }, snapshots }: Dataset, ends: Float32Array, scale: ArrayLike<number>, near: number,
  nearest: (x: Float32Array, count: number, range: { begin: number; end: number }) => Promise<Neighbours>): Promise<Float32Array> {
  const values = new Float32Array(count)
  for (const range of snapshots.slice(0, -1)) {
    const { cells } = await nearest(data.subarray(range.begin * dims, range.end * dims), near, range)
    for (let i = range.begin; i < range.end; ++i) values[i] = spreadOfEnds(ends, dims, scale, cells.subarray((i - range.begin) * near, (i - range.begin + 1) * near))
  }
  return values
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
