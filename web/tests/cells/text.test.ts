import { expect, test } from 'vitest'
import { apart, decimalsOf } from '../../src/cells/text.ts'
import { numbersIn } from '../../src/text/numbers.ts'

test.each([
  [12.34, '+12.34'],
  [0.318, '+0.32'],
  [-0.0043, '−0.0043'],
  [0.000123, '+0.00012'],
  [0, '0.00'],
])('%f is written with two digits that count', (value, text) => {
  expect(numbersIn('en').signed(value, decimalsOf(Math.abs(value)))).toBe(text)
})

test('names on a scale that do not lie over each other', () => {
  const on = (...values: number[]) =>
    apart(
      values,
      (value) => (100 * value) / values.at(-1)!,
      (value) => String(value).length,
    )
  expect(on(0, 0.5, 72)).toEqual([0, 72])
  expect(on(0, 12, 24, 72)).toEqual([0, 12, 24, 72])
  expect(on(0, 71.5, 72)).toEqual([0, 72])
  expect(on(...Array.from({ length: 101 }, (_, i) => i)).length).toBeLessThan(35)
})
