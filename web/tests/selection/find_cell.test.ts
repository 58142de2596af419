import { expect, test } from 'vitest'
import { findCell } from '../../src/selection/find_cell.ts'
import { data } from '../support/six_cells.ts'

test('a cell has a name or a number', () => {
  expect(['AAAC-2', 'gg', '3', '2', '88', 'AAAC', 'x', ''].map((text) => findCell(data, text))).toEqual([
    1,
    2,
    3,
    2,
    5,
    undefined,
    undefined,
    undefined,
  ])
})
