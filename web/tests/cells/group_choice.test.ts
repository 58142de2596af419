import { expect, test } from 'vitest'
import { cellsLabelled, groupName, labelledOf, labelledText, lassoOf, lassoText } from '../../src/cells/group_choice.ts'
import { de } from '../../src/text/de.ts'
import { en } from '../../src/text/en.ts'
import { numbersIn } from '../../src/text/numbers.ts'
import { data } from '../support/six_cells.ts'

test('a lasso comes back from the address', () => {
  const lasso = {
    t: 1.25,
    x: 0,
    y: 2,
    corners: [
      [0, 1.5],
      [2, -3],
      [4, 5],
    ] as const,
  }
  expect(lassoOf(lassoText(lasso))).toEqual(lasso)
  for (const text of [
    '',
    'lasso',
    'lasso,1,2,3,4,5',
    'lasso,1,0,1,x,2,3,4,5,6',
    labelledText({ column: 'a', label: 'b', snapshot: 1 }),
  ])
    expect(lassoOf(text)).toBeNull()
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
  for (const damaged of ['cells,1', 'cells,,%E0,a']) expect(labelledOf(damaged)).toBeNull()
})

test('groups have names', () => {
  const named = (text: string) => groupName(data, text, en.shared, numbersIn('en'))
  const ofBoth = labelledText({ column: 'type', label: 'B', snapshot: 1 })
  expect(named(ofBoth)).toBe('of B, time 2.5 (day2.5)')
  expect(groupName(data, ofBoth, de.shared, numbersIn('de'))).toBe('von B, Zeit 2,5 (day2.5)')
  expect(named(labelledText({ column: 'type', label: 'B', snapshot: null }))).toBe('of B')
  expect(named(labelledText({ column: '', label: '', snapshot: 0 }))).toBe('of time 0')
  expect(named('lasso,0,0,1,0,0,1,1,0,1')).toBe('in the lasso')
})
