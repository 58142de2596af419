import { expect, test } from 'vitest'
import { middlesOf } from '../../src/cells/label_middles.ts'

test('each label with cells has a middle, that of most cells first', () => {
  const codes = Int32Array.of(0, 2, 2, 2, -1)
  const places = [5, 6, 0, 0, 1, 1, 9, 2, 7, 7]
  expect(middlesOf({ name: 'type', labels: ['a', 'none', 'c'], codes }, places)).toEqual([
    { label: 'c', place: 2, x: 1, y: 1 },
    { label: 'a', place: 0, x: 5, y: 6 },
  ])
})
