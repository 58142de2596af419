import { beforeEach, expect, test } from 'vitest'
import { readHash, state, writeHash } from '../../src/session/state.ts'

beforeEach(() => readHash(''))

test('the state of a new page has an empty hash', () => expect(writeHash()).toBe(''))

test('what is set comes back', () => {
  state.cell.value = 0
  state.color.value = 'gene:HLA-A & co=1'
  state.zoom.value = [0.25, 0.75, 3]
  state.ghosts.value = false
  state.t.value = 1.25
  const hash = writeHash()
  readHash('')
  expect(state.cell.value).toBeNull()
  readHash(`#${hash}`)
  expect([state.cell.value, state.color.value, state.zoom.value, state.ghosts.value, state.t.value]).toEqual([
    0,
    'gene:HLA-A & co=1',
    [0.25, 0.75, 3],
    false,
    1.25,
  ])
  expect(writeHash()).toBe(hash)
})

test('what cannot be understood is left out', () => {
  readHash('#tab=nonsense&t=&cell=x&zoom=1,2&speed=Infinity&unknown=1&lr=0.01')
  expect([state.tab.value, state.t.value, state.cell.value, state.zoom.value, state.speed.value]).toEqual([
    'explore',
    null,
    null,
    [0.5, 0.5, 1],
    1,
  ])
  expect(state.lr.value).toBe(0.01)
})
