/**
 * Whether coordinates are principal components of some expression, and on which mean they are centred.
 *
 * With loadings V, coordinates are x = V^T (e - m) for the mean m, so that V^T e - x = V^T m is the same for all cells.
 * Where it is not, x was computed from something else than e.
 */

/** @internal */
export interface Centring {
  /** (D) mean of V^T e - x. */
  offset: Float64Array
  /** Spread of V^T e - x around it, in the spread of x; infinite where x has none. */
  misfit: number
  /** Root mean square of x around its mean. */
  spread: number
}

/** @internal The misfit up to which coordinates are taken to belong to expression; scanpy's own are at 1e-5. */
export const LARGEST_MISFIT = 0.02

/** @internal Of the cells `rows` of (N, D) matrices: the products V^T e, and the coordinates. */
export function centring(
  products: Float64Array,
  coordinates: Float32Array,
  dims: number,
  rows: readonly number[],
): Centring {
  const mean = (value: (i: number) => number, d: number) =>
    rows.reduce((sum, row) => sum + value(row * dims + d), 0) / rows.length
  const around = (value: (i: number) => number) => {
    const means = Float64Array.from({ length: dims }, (_, d) => mean(value, d))
    let square = 0
    for (const row of rows) for (let d = 0; d < dims; ++d) square += (value(row * dims + d) - means[d]!) ** 2
    return { means, rms: Math.sqrt(square / rows.length) }
  }
  const difference = around((i) => products[i]! - coordinates[i]!)
  const { rms: spread } = around((i) => coordinates[i]!)
  const misfit = spread > 0 ? difference.rms / spread : Infinity
  return { offset: difference.means, misfit: Number.isNaN(misfit) ? Infinity : misfit, spread }
}

/** V^T mean for loadings (G, D). */
function product(mean: Float64Array, loadings: Float32Array, dims: number): Float64Array {
  const result = new Float64Array(dims)
  loadings.forEach((value, i) => (result[i % dims]! += value * mean[Math.floor(i / dims)]!))
  return result
}

/** @internal How far V^T mean is from the offset, in the spread of the coordinates. */
export function offsetError(mean: Float64Array, loadings: Float32Array, { offset, spread }: Centring): number {
  const values = product(mean, loadings, offset.length)
  return Math.hypot(...values.map((value, d) => value - offset[d]!)) / spread
}

/** @internal The mean whose product with the loadings (G, D) is the offset and that is else `mean` (G), the mean of the
 * cells at hand: they may be some only of those on which the components were centred. */
export function meanWithOffset(mean: Float64Array, loadings: Float32Array, offset: Float64Array): Float32Array {
  const dims = offset.length
  const missing = product(mean, loadings, dims).map((value, d) => offset[d]! - value)
  const gram = Array.from({ length: dims }, () => new Float64Array(dims))
  for (let g = 0; g < mean.length; ++g)
    for (let i = 0; i < dims; ++i)
      for (let j = 0; j < dims; ++j) gram[i]![j]! += loadings[g * dims + i]! * loadings[g * dims + j]!
  const weights = solved(gram, missing)
  return Float32Array.from(mean, (value, g) => {
    let sum = value
    for (let d = 0; d < dims; ++d) sum += loadings[g * dims + d]! * weights[d]!
    return sum
  })
}

/** The solution of a symmetric positive system, by Gauss' elimination; both arguments are used up. */
function solved(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length
  for (let k = 0; k < size; ++k) {
    const pivot = matrix[k]![k]!
    for (let i = 0; i < size; ++i) {
      if (i === k || !(pivot > 0)) continue
      const factor = matrix[i]![k]! / pivot
      for (let j = k; j < size; ++j) matrix[i]![j]! -= factor * matrix[k]![j]!
      right[i]! -= factor * right[k]!
    }
  }
  return right.map((value, k) => (matrix[k]![k]! > 0 ? value / matrix[k]![k]! : 0))
}
