/** Answers that come too late: nobody waits for them any more. They show nothing, and their errors are not told. */
import type { RemoteModel } from 'cellmnn/worker'
import { beforeEach, expect, test, vi } from 'vitest'
import { datasetOf } from '../../src/cells/dataset.ts'
import { changed, changeWaits } from '../../src/selection/change.ts'
import { local, localWaits } from '../../src/selection/chosen.ts'
import { group } from '../../src/selection/group.ts'
import { problem } from '../../src/session/problem.ts'
import { savedInteractions } from '../../src/save/save.ts'
import { dataset, paths, trained } from '../../src/session/session.ts'
import { readHash, state } from '../../src/session/state.ts'
import { pathsWait, running } from '../../src/session/training.ts'
import { tensorFile } from '../support/tensor_file.ts'

vi.hoisted(() => vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined })))

interface Asked {
  answer(value: unknown): void
  refuse(error: Error): void
}
const asked: Asked[] = []
const ask = () => new Promise((answer, refuse) => asked.push({ answer, refuse }))
/** What was asked since the last look. */
const taken = () => asked.splice(0)

const bytes = tensorFile(
  { genes: '["a","b"]' },
  { 'latent.loadings': Float32Array.of(1, 0, 0, 1), 'latent.gene_mean': Float32Array.of(2, 2) },
)
const slowModel = () =>
  ({
    toBytes: () => bytes,
    info: { mass: false },
    predict: ask,
    operatorAt: ask,
    eigenvalues: ask,
    interactions: ask,
    changedCells: ask,
    perturbationReport: ask,
    dispose: () => Promise.resolve(),
  }) as unknown as RemoteModel

const settled = () => new Promise((done) => setTimeout(done))
const snapshot = (time: number) => ({
  time,
  cells: { data: Float32Array.of(0, 0, 1, 0, 0, 1), shape: [3, 2] as const },
})

beforeEach(() => {
  readHash('')
  state.tab.value = 'train' // the model is the one that was trained
  dataset.value = datasetOf({ snapshots: [snapshot(0), snapshot(1)] }, 'few')
  trained.value = slowModel()
  problem.value = null
  taken()
})

const QUESTIONS: [what: string, ask: () => void, another: () => void][] = [
  ['a cell', () => (state.cell.value = 0), () => (state.cell.value = 1)],
  ['a group', () => (state.group.value = 'cells,0,,'), () => (state.group.value = 'cells,1,,')],
  [
    'a changed gene',
    () => {
      state.cell.value = 0
      taken()
      state.gene.value = 'a'
    },
    () => (state.gene.value = 'b'),
  ],
]

test.each(QUESTIONS)(
  'errors about %s are told while it is looked at, and not later',
  async (_, look, lookElsewhere) => {
    look()
    const late = taken()
    expect(late.length).toBeGreaterThan(0)
    lookElsewhere()
    const current = taken()
    expect(current.length).toBeGreaterThan(0)
    for (const { refuse } of late) refuse(new Error('too late'))
    await settled()
    expect(problem.value).toBeNull()
    for (const { refuse } of current) refuse(new Error('in time'))
    await settled()
    expect(problem.value).toBe('in time')
  },
)

test.each(QUESTIONS)('the end of the model before is no error about %s', async (_, look) => {
  look()
  const late = taken()
  trained.value = slowModel()
  for (const { refuse } of late) refuse(new Error('this model has been disposed of'))
  await settled()
  expect(problem.value).toBeNull()
})

test('the answer about the cell before does not replace that about this one', async () => {
  const operators = (value: number) => ({ data: new Float32Array(4).fill(value), shape: [1, 2, 2] })
  const tell = (all: Asked[], value: number) => all.forEach(({ answer }) => answer(operators(value)))
  state.cell.value = 0
  const late = taken()
  state.cell.value = 1
  tell(taken(), 1)
  await settled()
  tell(late, 2)
  await settled()
  expect(local.value!.a[0]).toBe(1)
  state.cell.value = null
  expect([local.value, changed.value, group.operator.value]).toEqual([null, null, null])
})

test('what is shown says whether it belongs to the question before', async () => {
  const operators = { data: new Float32Array(4), shape: [1, 2, 2] }
  const answers = [operators, { data: new Float32Array(4), shape: [1, 2, 2] }, []]
  state.cell.value = 0
  expect(localWaits.value).toBe(true)
  taken().forEach(({ answer }, i) => answer(answers[i % 3]))
  await settled()
  expect(localWaits.value).toBe(false)
  state.gene.value = 'a'
  expect(changeWaits.value).toBe(true)
  taken()
  state.gene.value = ''
  expect(changeWaits.value).toBe(false)
  state.cell.value = 1
  expect([localWaits.value, local.value !== null]).toEqual([true, true])
})

test('effects in the group before stay, known as such, and are not saved', async () => {
  const effect = { regulator: 'a', target: 'b', effect: 1 }
  trained.value = Object.assign(slowModel(), {
    operatorAt: () => Promise.resolve({ data: new Float32Array(12), shape: [3, 2, 2] }),
    interactions: () => Promise.resolve([effect]),
  })
  state.group.value = 'cells,0,,'
  await settled()
  expect([group.waits.value, group.interactions.value, savedInteractions.value]).toEqual([false, [effect], [effect]])
  state.group.value = 'cells,1,,'
  expect([group.waits.value, group.interactions.value, savedInteractions.value]).toEqual([true, [effect], []])
  state.group.value = ''
  expect([group.waits.value, group.interactions.value]).toEqual([false, []])
})

test('paths of the model before are known as such, but follow a model that is trained', async () => {
  const FRAMES = 65
  const answerAll = async () => {
    taken().forEach(({ answer }) => answer({ data: new Float32Array(FRAMES * 3 * 2) }))
    await settled()
  }
  trained.value = slowModel()
  expect([paths.value, pathsWait.value]).toEqual([null, false])
  await answerAll()
  expect([paths.value !== null, pathsWait.value]).toEqual([true, false])
  trained.value = slowModel()
  expect([paths.value !== null, pathsWait.value]).toEqual([true, true])
  running.value = true
  expect(pathsWait.value).toBe(false)
  state.tab.value = 'explore' // which shows another model, or none
  expect([paths.value, pathsWait.value]).toEqual([null, false])
  running.value = false
  state.tab.value = 'train'
  await answerAll()
  expect([paths.value !== null, pathsWait.value]).toEqual([true, false])
})
