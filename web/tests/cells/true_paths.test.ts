import { expect, test } from 'vitest'
import { placesAt, projectedPaths, truthIn } from '../../src/cells/true_paths.ts'
import { tensorFile } from '../support/tensor_file.ts'

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

test('an exported page names the edges of the true network', () => {
  const tensors = { time: Float64Array.of(0, 1, 3), paths: expression.data }
  const found = truthIn(tensorFile({ network: '[["a","b",1],["c","a",-1]]' }, tensors))
  expect([found.genes, found.measured, found.times]).toEqual([['a', 'b', 'c'], 3, [0, 1, 3]])
  expect(found.network).toEqual([
    { source: 0, target: 1, sign: 1 },
    { source: 2, target: 0, sign: -1 },
  ])
  expect([...found.paths.data]).toEqual([...expression.data])
})
