/** Means over the cells of a group, and how those of two groups differ. */
import type { Interaction, Tensor } from 'cellmnn'

/** Mean matrix (D, D) of those of the cells (N, D, D). */
export function meanOf({ data, shape: [count, rows, columns] }: Tensor): Float32Array {
  const size = rows * columns
  const mean = new Float64Array(size)
  for (let i = 0; i < data.length; ++i) mean[i % size]! += data[i]! / count
  return Float32Array.from(mean)
}

/** Effects of one group minus those of another, largest difference first. */
export function differencesOf(own: readonly Interaction[], other: readonly Interaction[]): Interaction[] {
  const key = ({ regulator, target }: Interaction) => `${regulator}\n${target}`
  const known = new Map(other.map((one) => [key(one), one.effect]))
  return own
    .map((one) => ({ ...one, effect: one.effect - (known.get(key(one)) ?? 0) }))
    .sort((p, q) => Math.abs(q.effect) - Math.abs(p.effect))
}
