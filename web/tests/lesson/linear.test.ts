import { expect, test } from 'vitest'
import { amountAt, pathFrom, rateOf, restOf, turns, type TwoGenes } from '../../src/lesson/linear.ts'

test('one gene follows its equation', () => {
  for (const [a, b] of [
    [-0.5, 1.5],
    [0, 2],
    [0.3, 0.1],
  ] as const) {
    expect(amountAt(a, b, 0.7, 0)).toBeCloseTo(0.7, 12)
    const h = 1e-5
    const slope = (amountAt(a, b, 0.7, 2 + h) - amountAt(a, b, 0.7, 2 - h)) / (2 * h)
    expect(slope).toBeCloseTo(a * amountAt(a, b, 0.7, 2) + b, 6)
  }
})

test('it rests where as much is lost as is made', () => {
  expect(restOf(-0.5, 1.5)).toBe(3)
  expect(amountAt(-0.5, 1.5, 0.2, 60)).toBeCloseTo(3, 9)
  expect(restOf(0, 1)).toBeNull()
  expect(restOf(0.2, 1)).toBeNull()
})

test('a path of two genes that only turns is a circle', () => {
  const genes: TwoGenes = [0, -1, 1]
  expect(turns(genes)).toBe(true)
  expect(turns([0, 1, 1])).toBe(false)
  expect(turns([-0.3, 0, 0.8])).toBe(false)
  const path = pathFrom(genes, 0.5, 0, 2 * Math.PI, 2)
  for (const [x, y] of path) expect(Math.hypot(x, y)).toBeCloseTo(0.5, 5)
  expect(path.at(-1)![0]).toBeCloseTo(0.5, 4)
  expect(rateOf(genes, 0.5, 0)).toEqual([0, 0.5])
})

test('a path ends where the picture does', () => {
  const path = pathFrom([0.5, 0, 0], 1, 0, 9, 1.2)
  expect(path.at(-1)![0]).toBeGreaterThan(1.2)
  expect(path.at(-2)![0]).toBeLessThanOrEqual(1.2)
})
