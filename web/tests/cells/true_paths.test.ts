import { expect, test } from 'vitest'
import { placesAt, projectedPaths } from '../../src/cells/true_paths.ts'

const expression = { data: Float32Array.of(1, 2, 3, 4, 3, 2), shape: [1, 3, 2] as const }

test('true paths are seen on the components', () => {
  const loadings = { data: Float32Array.of(1, 0, 0, 2), shape: [2, 2] as const }
  const { data, shape } = projectedPaths(expression, loadings, [1, 1])
  expect(shape).toEqual([1, 3, 2])
  expect([...data]).toEqual([0, 2, 2, 6, 2, 2])
})

test('between its times a true cell is on a straight line', () => {
  const at = (t: number) => placesAt(expression, [0, 1, 3], t, [1, 0])
  expect(at(0)).toEqual([[2, 1]])
  expect(at(0.5)).toEqual([[3, 2]])
  expect(at(2)).toEqual([[3, 3]])
  expect(at(3)).toEqual([[2, 3]])
  expect(at(9)).toEqual([[2, 3]])
})
