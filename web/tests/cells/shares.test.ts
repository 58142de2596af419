import { expect, test } from 'vitest'
import { shared } from '../../src/cells/shares.ts'
import { data } from '../support/six_cells.ts'

test('shares are of the cells that have a label', () => {
  expect(shared(data.labels[0]!, [0, 1, 2, 3, -1])).toEqual([
    { label: 'T, cell', index: 0, share: 2 / 3 },
    { label: 'B', index: 1, share: 1 / 3 },
  ])
  expect(shared(data.labels[0]!, [2])).toEqual([])
})
