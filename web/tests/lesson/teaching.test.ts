import { beforeEach, expect, test } from 'vitest'
import { hidden, viewsOf, withView } from '../../src/lesson/teaching.ts'
import { readHash, state, writeHash } from '../../src/session/state.ts'

beforeEach(() => readHash(''))

test('known parts are hidden, others are left out', () => {
  readHash('#hide=train,nonsense,panel')
  expect([...hidden.value]).toEqual(['train', 'panel'])
})

test('views come back from a link as they were kept', () => {
  readHash('#cell=3&color=gene:HLA-A %26 co|1')
  state.views.value = withView('', writeHash())
  readHash('#t=2&views=' + encodeURIComponent(state.views.value))
  state.views.value = withView(state.views.value, writeHash())
  readHash(writeHash())
  const views = viewsOf(state.views.value)
  expect(views).toHaveLength(2)
  expect(views[1]).toBe('t=2')
  readHash(views[0]!)
  expect([state.cell.value, state.color.value]).toEqual([3, 'gene:HLA-A & co|1'])
})

test('there are at most twenty', () => {
  let all = ''
  for (let i = 0; i < 30; ++i) all = withView(all, `cell=${i}`)
  expect(viewsOf(all)).toHaveLength(20)
})
