/** What a score of a held-out time means beside those of simple methods. */
import type { Score } from 'cellmnn'
import type { Table } from '../text/table.ts'

/** By its place in the table of texts. */
export type Verdict = keyof Table['evaluate']['verdicts']

/** Differences that are no larger than the range of the noise floor are chance. */
export function verdictOn(w1: number, found: readonly Score[]): Verdict {
  const floor = found.find(({ method }) => method === 'noise-floor')
  const chance = floor ? floor.w1Range[1] - floor.w1Range[0] : 0
  const best = (...methods: string[]) =>
    Math.min(...found.filter(({ method }) => methods.includes(method)).map((score) => score.w1))
  const beside = (other: number) => (Math.abs(w1 - other) <= chance ? 'near' : w1 < other ? 'nearer' : 'farther')
  const neighbours = beside(best('previous', 'next'))
  if (neighbours === 'farther') return 'worse'
  if (neighbours === 'near') return 'asNeighbours'
  const interpolation = beside(best('ot-interpolate'))
  if (interpolation === 'nearer') return 'best'
  return interpolation === 'farther' ? 'belowInterpolation' : 'asInterpolation'
}
