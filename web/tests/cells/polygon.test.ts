import { expect, test } from 'vitest'
import { contains } from '../../src/cells/polygon.ts'

// A square with a notch that reaches to its middle.
const corners = [
  [0, 0],
  [4, 0],
  [4, 4],
  [2, 2],
  [0, 4],
] as const

test.each([
  [1, 1, true],
  [2, 1.9, true],
  [2, 3, false],
  [0.5, 3, true],
  [3.5, 3, true],
  [-1, 1, false],
  [5, 1, false],
  [2, -1, false],
  [2, 5, false],
])('(%d, %d) is inside: %s', (x, y, inside) => {
  expect(contains(corners, x, y)).toBe(inside)
})

test('a line holds nothing', () =>
  expect(
    contains(
      [
        [0, 0],
        [1, 1],
      ],
      0.5,
      0.2,
    ),
  ).toBe(false))
