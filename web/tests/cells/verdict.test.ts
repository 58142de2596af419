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
  [1.3, 'worse'],
  [1.128, 'asNeighbours'],
  [1.2, 'asNeighbours'],
  [0.95, 'belowInterpolation'],
  [0.85, 'asInterpolation'],
  [0.6, 'best'],
])('a W1 of %d is %s', (w1, verdict) => expect(verdictOn(w1, found)).toBe(verdict))
