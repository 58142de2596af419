/** What a score of a held-out time means beside those of simple methods. */
import type { Score } from 'cellmnn'

/** Differences that are no larger than the range of the noise floor are chance. */
export function verdictOn(w1: number, found: readonly Score[], time: string): string {
  const floor = found.find(({ method }) => method === 'noise-floor')
  const chance = floor ? floor.w1Range[1] - floor.w1Range[0] : 0
  const best = (...methods: string[]) =>
    Math.min(...found.filter(({ method }) => methods.includes(method)).map((score) => score.w1))
  const beside = (other: number) =>
    Math.abs(w1 - other) <= chance ? 'as near' : w1 < other ? ('nearer' as const) : ('farther' as const)
  const without = `Without time ${time} the model`
  const neighbours = beside(best('previous', 'next'))
  if (neighbours === 'farther')
    return `${without} does not beat the neighbouring snapshots: do not trust its paths there.`
  if (neighbours === 'as near')
    return `${without} is as near to its cells as a neighbouring snapshot, within chance: its paths say little there.`
  const interpolation = beside(best('ot-interpolate'))
  if (interpolation === 'nearer') return `${without} comes nearer to its cells than every simple method.`
  const than =
    interpolation === 'farther' ? 'but not than OT-Interpolate' : 'and as near as OT-Interpolate, within chance'
  return `${without} comes nearer to its cells than both neighbouring snapshots, ${than}.`
}
