import { expect, test } from 'vitest'
import { differencesOf, meanOf } from '../../src/cells/group_means.ts'

test('the mean of matrices', () => {
  expect([...meanOf({ data: Float32Array.of(1, 2, 3, 4, 3, 4, 5, 8), shape: [2, 2, 2] })]).toEqual([2, 3, 4, 6])
})

test('differences of effects, the largest first', () => {
  const one = (target: string, effect: number) => ({ regulator: 'a', target, effect })
  const found = differencesOf(
    [one('b', 1), one('c', -2), one('d', -1), one('e', -2), one('f', 0.25)],
    [one('c', 3), one('b', 0.5), one('d', -1.375), one('e', -1)],
  )
  expect(found).toEqual([
    { ...one('c', -5), words: 'repressionThereActivation' },
    { ...one('e', -1), words: 'moreRepression' },
    { ...one('b', 0.5), words: 'moreActivation' },
    { ...one('d', 0.375), words: 'lessRepression' },
    { ...one('f', 0.25), words: 'moreActivation' },
  ])
})
