import { expect, test } from 'vitest'
import { Tree } from '../../src/cells/nearest.ts'
import { disagreementOf, partingOf } from '../../src/cells/parting.ts'
import { data } from '../support/six_cells.ts'

test('futures part by the spread of the ends of the nearest cells', async () => {
  const ends = Float32Array.of(0, 4, 8, 1, 1, 1)
  const nearest = async (x: Float32Array, count: number, { begin, end }: { begin: number; end: number }) =>
    new Tree(data.cells.data, 1, begin, end).nearest(x, count)
  const values = await partingOf(data, ends, [2], 2, nearest)
  // The first and the second cell end at 0 and 4: 1 spread from their mean. The last snapshot has no future.
  expect([...values]).toEqual([1, 1, 1, 0, 0, 0])
})

test('models part by the spread of their ends', () => {
  // Two cells, two dimensions: 3 and 4 spreads apart in the first cell, nothing in the second.
  const values = disagreementOf([Float32Array.of(0, 0, 5, 6), Float32Array.of(6, 4, 5, 6)], 2, [2, 1])
  expect(values[0]).toBeCloseTo(2.5, 6)
  expect(values[1]).toBe(0)
})
