import { expect, test } from 'vitest'
import type { Dataset } from '../../src/cells/dataset.ts'
import { findCell } from '../../src/selection/find_cell.ts'
import { cellsLabelled, groupName, labelledOf, labelledText, lassoOf, lassoText } from '../../src/cells/group_choice.ts'
import { differencesOf, meanOf } from '../../src/cells/group_means.ts'
import { disagreementOf, partingOf } from '../../src/cells/parting.ts'
import { Tree } from '../../src/cells/nearest.ts'
import { shared } from '../../src/cells/shares.ts'

const data = {
  cells: { data: Float32Array.of(0, 1, 2, 10, 11, 12), shape: [6, 1] },
  snapshots: [{ time: 0, label: '0', begin: 0, end: 3 }, { time: 2.5, label: 'day2.5', begin: 3, end: 6 }],
  labels: [{ name: 'type', labels: ['T, cell', 'B'], codes: Int32Array.of(0, 1, -1, 0, 0, 1) }],
  names: ['AAAC-1', 'AAAC-2', 'GG', 'CC', 'TT', '88'],
} as unknown as Dataset

test('a lasso comes back from the address', () => {
  const lasso = { t: 1.25, x: 0, y: 2, corners: [[0, 1.5], [2, -3], [4, 5]] as const }
  expect(lassoOf(lassoText(lasso))).toEqual(lasso)
  for (const text of ['', 'lasso', 'lasso,1,2,3,4,5', 'lasso,1,0,1,x,2,3,4,5,6', labelledText({ column: 'a', label: 'b', snapshot: 1 })]) expect(lassoOf(text)).toBeNull()
})

test('cells with a label, of one time or of all, come back from the address', () => {
  const taken = (column: string, label: string, snapshot: number | null) => {
    const found = labelledOf(labelledText({ column, label, snapshot }))
    expect(found).toEqual({ column, label, snapshot })
    return cellsLabelled(data, found!)
  }
  expect(taken('type', 'T, cell', null)).toEqual([0, 3, 4])
  expect(taken('type', 'T, cell', 1)).toEqual([3, 4])
  expect(taken('', '', 0)).toEqual([0, 1, 2])
  expect(taken('', '', null)).toEqual([])
  expect(taken('type', 'none', null)).toEqual([])
  expect(taken('type', 'B', 7)).toEqual([])
  expect(labelledOf('cells,1')).toBeNull()
})

test('groups have names', () => {
  expect(groupName(data, labelledText({ column: 'type', label: 'B', snapshot: 1 }))).toBe('of B, time 2.5 (day2.5)')
  expect(groupName(data, labelledText({ column: '', label: '', snapshot: 0 }))).toBe('of time 0')
  expect(groupName(data, 'lasso,0,0,1,0,0,1,1,0,1')).toBe('in the lasso')
})

test('a cell has a name or a number', () => {
  expect(['AAAC-2', 'gg', '3', '2', '88', 'AAAC', 'x', ''].map((text) => findCell(data, text))).toEqual([1, 2, 3, 2, 5, undefined, undefined, undefined])
})

test('shares are of the cells that have a label', () => {
  expect(shared(data.labels[0]!, [0, 1, 2, 3, -1])).toEqual([{ label: 'T, cell', index: 0, share: 2 / 3 }, { label: 'B', index: 1, share: 1 / 3 }])
  expect(shared(data.labels[0]!, [2])).toEqual([])
})

test('the mean of matrices', () => {
  expect([...meanOf({ data: Float32Array.of(1, 2, 3, 4, 3, 4, 5, 8), shape: [2, 2, 2] })]).toEqual([2, 3, 4, 6])
})

test('differences of effects, the largest first', () => {
  const one = (target: string, effect: number) => ({ regulator: 'a', target, effect })
  expect(differencesOf([one('b', 1), one('c', -2)], [one('c', 3), one('b', 0.5)])).toEqual([one('c', -5), one('b', 0.5)])
})

test('futures part by the spread of the ends of the nearest cells', async () => {
  const ends = Float32Array.of(0, 4, 8, 1, 1, 1)
  const nearest = async (x: Float32Array, count: number, { begin, end }: { begin: number; end: number }) => new Tree(data.cells.data, 1, begin, end).nearest(x, count)
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
