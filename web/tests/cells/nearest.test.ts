import { expect, test } from 'vitest'
import { Tree } from '../../src/cells/nearest.ts'

const DIMS = 3
const noise = (i: number) => Math.abs((Math.sin(i * 12.9898) * 43758.5453) % 1)
const points = Float32Array.from({ length: 500 * DIMS }, (_, i) => noise(i))
const places = Float32Array.from({ length: 40 * DIMS }, (_, i) => 1.4 * noise(i + 9999) - 0.2)

function bySorting(q: number, begin: number, end: number, count: number): number[] {
  const distance = (i: number) =>
    Array.from({ length: DIMS }, (_, d) => (points[i * DIMS + d]! - places[q * DIMS + d]!) ** 2).reduce((a, b) => a + b)
  return Array.from({ length: end - begin }, (_, i) => begin + i)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count)
}

test.each([
  [0, 500, 1],
  [0, 500, 8],
  [100, 330, 25],
])('the nearest of the points %i to %i, %i of them', (begin, end, count) => {
  const { cells, distances } = new Tree(points, DIMS, begin, end).nearest(places, count)
  for (let q = 0; q < 40; ++q)
    expect([...cells.subarray(q * count, (q + 1) * count)]).toEqual(bySorting(q, begin, end, count))
  expect([...distances.subarray(0, count)]).toEqual([...distances.subarray(0, count)].sort((a, b) => a - b))
})

test('a point is nearest to itself, also among many alike', () => {
  const alike = new Float32Array(100 * DIMS)
  alike.fill(5, 90 * DIMS)
  const { cells, distances } = new Tree(alike, DIMS).nearest(alike.subarray(95 * DIMS, 96 * DIMS), 10)
  expect([...cells].sort()).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
  expect([...distances]).toEqual(Array(10).fill(0))
})

test('fewer points than asked for, and none', () => {
  expect([...new Tree(points, DIMS, 7, 9).nearest(points.subarray(7 * DIMS, 8 * DIMS), 3).cells]).toEqual([7, 8, -1])
  expect([...new Tree(points, DIMS, 7, 7).nearest(places.subarray(0, DIMS), 1).cells]).toEqual([-1])
})
