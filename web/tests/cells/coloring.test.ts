import { expect, test } from 'vitest'
import { byGroup, categoryColor, colorOf } from '../../src/cells/coloring.ts'

test('sixty labels have sixty colours, and none is that of cells without a label', () => {
  const colors = Array.from({ length: 60 }, (_, i) => categoryColor(i))
  expect(new Set([...colors, categoryColor(-1)]).size).toBe(61)
})

test('cells without a label are named where there are any', () => {
  const labels = ['a', 'b']
  const all = byGroup({ name: 'type', labels, codes: Int32Array.of(0, 1) })
  const some = byGroup({ name: 'type', labels, codes: Int32Array.of(0, -1) })
  expect([all.others, some.others]).toEqual([undefined, 'no label'])
  expect(colorOf(some, some.values[1]!)).toBe(categoryColor(-1))
  expect(colorOf(some, some.values[0]!)).toBe(categoryColor(0))
})
