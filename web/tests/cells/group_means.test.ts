import { expect, test } from 'vitest'
import { differencesOf, meanOf } from '../../src/cells/group_means.ts'

test('the mean of matrices', () => {
  expect([...meanOf({ data: Float32Array.of(1, 2, 3, 4, 3, 4, 5, 8), shape: [2, 2, 2] })]).toEqual([2, 3, 4, 6])
})

test('differences of effects, the largest first', () => {
  const one = (target: string, effect: number) => ({ regulator: 'a', target, effect })
  expect(differencesOf([one('b', 1), one('c', -2)], [one('c', 3), one('b', 0.5)])).toEqual([
    one('c', -5),
    one('b', 0.5),
  ])
})
