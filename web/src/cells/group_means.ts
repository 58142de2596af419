/** Means over the cells of a group, and how those of two groups differ. */
import type { Interaction, Tensor } from 'cellmnn'

/** Mean matrix (D, D) of those of the cells (N, D, D). */
export function meanOf({ data, shape: [count, rows, columns] }: Tensor): Float32Array {
  const size = rows * columns
  const mean = new Float64Array(size)
  for (let i = 0; i < data.length; ++i) mean[i % size]! += data[i]! / count
  return Float32Array.from(mean)
}

/** Of one gene on another; or of one group of cells minus that of another. */
export type Effect = Pick<Interaction, 'regulator' | 'target' | 'effect'>

/** Effects of one group minus those of another, largest difference first. */
export function differencesOf(own: readonly Effect[], other: readonly Effect[]): Effect[] {
  const key = (regulator: string, target: string) => `${regulator}\n${target}`
  const known = new Map(other.map(({ regulator, target, effect }) => [key(regulator, target), effect]))
  return own
    .map(({ regulator, target, effect }) => ({
      regulator,
      target,
      effect: effect - (known.get(key(regulator, target)) ?? 0),
    }))
    .sort((p, q) => Math.abs(q.effect) - Math.abs(p.effect))
}
