import { expect, test } from 'vitest'
import { decimalsOf, signed } from '../../src/cells/text.ts'

test.each([
  [12.34, '+12.34'],
  [0.318, '+0.32'],
  [-0.0043, '−0.0043'],
  [0.000123, '+0.00012'],
  [0, '0.00'],
])('%f is written with two digits that count', (value, text) => {
  expect(signed(value, decimalsOf(Math.abs(value)))).toBe(text)
})
