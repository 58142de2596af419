import { expect, test } from 'vitest'
import { byFate, byGroup, categoryColor, colorOf } from '../../src/cells/coloring.ts'
import { en } from '../../src/text/en.ts'
import { contrast, darkened, luminance } from '../../src/cells/contrast.ts'

test('sixty labels have sixty colours, and none is that of cells without a label', () => {
  const colors = Array.from({ length: 60 }, (_, i) => categoryColor(i))
  expect(new Set([...colors, categoryColor(-1)]).size).toBe(61)
})

test('cells without a label are named where there are any', () => {
  const labels = ['a', 'b']
  const all = byGroup({ name: 'type', labels, codes: Int32Array.of(0, 1) }, null, false, en.legend)
  const some = byGroup({ name: 'type', labels, codes: Int32Array.of(0, -1) }, null, false, en.legend)
  expect([all.others, some.others]).toEqual([undefined, 'no label'])
  expect(colorOf(some, some.values[1]!)).toBe(categoryColor(-1))
  expect(colorOf(some, some.values[0]!)).toBe(categoryColor(0))
})

test('of a highlighted label the others lose their colour', () => {
  const column = { name: 'type', labels: ['a', 'b', 'c'], codes: Int32Array.of(0, 1, 2, -1) }
  for (const dark of [false, true]) {
    const { values, ...colors } = byGroup(column, 1, dark, en.legend)
    const [first, lit, third, none] = Array.from(values, (value) => colorOf({ values, ...colors }, value))
    expect(lit).toBe(categoryColor(1))
    expect([third, none]).toEqual([first, first])
    expect(contrast(first!, dark ? '#14161b' : '#f6f7f9')).toBeLessThan(2)
  }
})

test('contrast is that of the guidelines, and darkened colours keep their hue', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(darkened('#202020', 0.5)).toBe('#202020')
  const olive = darkened('rgb(253, 231, 37)', 0.27)
  expect(luminance(olive)).toBeCloseTo(0.27, 2)
})

test.each([
  [false, '#f6f7f9'],
  [true, '#14161b'],
])('dots of any value have a contrast of 3 to the ground, dark %s', (dark, ground) => {
  const { ramp } = byFate({ names: ['a'], probabilities: Float32Array.of(0, 1) }, 0, dark, en.legend)
  for (let u = 0; u <= 1; u += 0.05) expect(contrast(ramp(u), ground), String(u)).toBeGreaterThan(2.98)
})

test('the probability of a fate is a column', () => {
  const { values, title } = byFate(
    { names: ['a', 'b'], probabilities: Float32Array.of(0.25, 0.75, 1, 0) },
    1,
    false,
    en.legend,
  )
  expect([...values]).toEqual([0.75, 0])
  expect(title).toContain('b')
})
