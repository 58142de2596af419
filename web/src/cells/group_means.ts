/** Means over the cells of a group, and how those of two groups differ. */
import type { Interaction, Tensor } from 'cellmnn'
import type { Table } from '../text/table.ts'

/** Mean matrix (D, D) of those of the cells (N, D, D). */
export function meanOf({ data, shape: [count, rows, columns] }: Tensor): Float32Array {
  const size = rows * columns
  const mean = new Float64Array(size)
  for (let i = 0; i < data.length; ++i) mean[i % size]! += data[i]! / count
  return Float32Array.from(mean)
}

/** Of one gene on another. */
export type Effect = Pick<Interaction, 'regulator' | 'target' | 'effect'>

/** `effect` is that in one group of cells minus that in another. */
export interface Difference extends Effect {
  /** What that means, by its place in the table of texts. */
  words: keyof Table['interactions']['words']
}

/** What an effect is beside another one. */
function wordsFor(own: number, other: number): Difference['words'] {
  if (own * other < 0) return own > 0 ? 'activationThereRepression' : 'repressionThereActivation'
  const isMore = Math.abs(own) > Math.abs(other)
  if ((own || other) > 0) return isMore ? 'moreActivation' : 'lessActivation'
  return isMore ? 'moreRepression' : 'lessRepression'
}

/** Effects of one group minus those of another, largest difference first. */
export function differencesOf(own: readonly Effect[], other: readonly Effect[]): Difference[] {
  const key = (regulator: string, target: string) => `${regulator}\n${target}`
  const known = new Map(other.map(({ regulator, target, effect }) => [key(regulator, target), effect]))
  return own
    .map(({ regulator, target, effect }) => {
      const there = known.get(key(regulator, target)) ?? 0
      return { regulator, target, effect: effect - there, words: wordsFor(effect, there) }
    })
    .sort((p, q) => Math.abs(q.effect) - Math.abs(p.effect))
}
