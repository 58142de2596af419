import { expect, test } from 'vitest'
import { arrowsOf } from '../../src/cells/arrows.ts'

test('one arrow a square, from the mean place along the mean movement', () => {
  const arrows = arrowsOf(
    [
      { at: [1, 1], move: [4, 0] },
      { at: [3, 5], move: [0, 4] },
      { at: [15, 5], move: [0, -6] },
    ],
    10,
  )
  expect(arrows.length).toBe(2)
  const [first, second] = arrows
  expect(first!.from).toEqual([2, 3])
  expect(first!.to[0] - 2).toBeCloseTo(first!.to[1] - 3)
  // The slower of two is the measure: both are as long as a square is wide.
  expect(Math.hypot(first!.to[0] - 2, first!.to[1] - 3)).toBeCloseTo(10)
  expect(second).toEqual({ from: [15, 5], to: [15, -5] })
})

test('slow ones are short, and where nothing moves there are none', () => {
  const moves = Array.from({ length: 40 }, (_, i) => ({ at: [10 * i, 0], move: [i < 20 ? 1 : 4, 0] }) as const)
  const lengths = arrowsOf(moves, 10).map(({ from, to }) => to[0] - from[0])
  expect([lengths[0], lengths[39]]).toEqual([2.5, 10])
  expect(arrowsOf([{ at: [0, 0], move: [0, 0] }], 10)).toEqual([])
  expect(arrowsOf([], 10)).toEqual([])
})
