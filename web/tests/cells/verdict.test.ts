import { expect, test } from 'vitest'
import { verdictOn } from '../../src/cells/verdict.ts'

const score = (method: string, w1: number, range = [w1, w1] as [number, number]) => ({
  method,
  time: 1,
  w1,
  mmd: 0,
  w1Range: range,
})
const found = [
  score('previous', 1.4),
  score('next', 1.128),
  score('ot-interpolate', 0.8),
  score('noise-floor', 0.55, [0.5, 0.6]),
]

test.each([
  [1.3, 'does not beat the neighbouring snapshots'],
  [1.128, 'as near to its cells as a neighbouring snapshot, within chance'],
  [1.2, 'within chance: its paths say little there'],
  [0.95, 'than both neighbouring snapshots, but not than OT-Interpolate'],
  [0.85, 'than both neighbouring snapshots, and as near as OT-Interpolate, within chance'],
  [0.6, 'nearer to its cells than every simple method'],
])('a W1 of %d', (w1, words) => expect(verdictOn(w1, found, '2 d')).toContain(words))
