import { afterEach, describe, expect, test } from 'vitest'
import type { ReadTimeCourse, Snapshot } from 'cellmnn'
import { cloud, lib, refuses } from '../support.js'

afterEach(() => expect(lib.liveHandles, 'objects that were not disposed of').toBe(0))

const course = (times: number[], change: Partial<ReadTimeCourse> = {}, labels = true): ReadTimeCourse => ({
  snapshots: times.map((time, k): Snapshot => {
    const cells = cloud(20, 5, k + 1)
    return labels ? { time, label: `d${k}`, cells } : { time, cells }
  }),
  reading: { timeUnit: 'h' },
  ...change,
})
const genes = { names: ['A', 'B'], loadings: { data: Float32Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 0), shape: [2, 5] } }

/** What a model of `course([0, 24, 48])` says of other data. */
function said(data: ReadTimeCourse): string | undefined {
  using trainer = lib.createTrainer(course([0, 24, 48], { genes: genes as ReadTimeCourse['genes'] }), { steps: 1 })
  trainer.run()
  using model = trainer.model()
  using again = lib.loadModel(model.toBytes())
  const found = model.dataDifference(data)
  expect(again.dataDifference(data)).toBe(found)
  return found
}

describe('data beside those of the training', () => {
  test('the same', () => {
    expect(said(course([0, 24, 48]))).toBeUndefined()
    expect(said(course([0, 24, 48], { reading: { timeUnit: 'hours' } }))).toBeUndefined()
    expect(said(course([0, 24, 48, 72]))).toBeUndefined()
  })

  test.each<[string, ReadTimeCourse]>([
    [
      '2 genes and the model 2; the first that differs is',
      course([0, 24, 48], { genes: { ...genes, names: ['A', 'C'] } as never }),
    ],
    [
      'the loadings of components 1, 2 are not',
      course([0, 24, 48], {
        genes: { ...genes, loadings: { ...genes.loadings, data: new Float32Array(10) } } as never,
      }),
    ],
    ['in d, but those of training in h', course([0, 24, 48], { reading: { timeUnit: 'days' } })],
    ["the label 'd1' is time 1 here, but was 24", course([0, 1, 2])],
    ['its times 0, 1, 2 are not those of training, 0, 24, 48', course([0, 1, 2], {}, false)],
  ])('%s', (clause, data) => {
    expect(said(data)).toContain(clause)
  })

  test('other coordinates of as many cells', () => {
    const moved = course([0, 24, 48])
    for (const { cells } of moved.snapshots as Snapshot[]) cells.data.forEach((x, i) => (cells.data[i] = -x - 1))
    expect(said(moved)).toContain('other coordinates: at time 0')
  })
})

test('times in the unit of the training', () => {
  using trainer = lib.createTrainer(course([0, 24, 48], { reading: { timeUnit: 'hours' } }), { steps: 1 })
  trainer.run()
  using model = trainer.model()
  expect(model.timesInItsUnit([0, 1, 1.5], 'days')).toEqual({ unit: 'h', times: Float64Array.of(0, 24, 36) })
  for (const unit of ['h', 'hours', '', 'somites']) expect(model.timesInItsUnit([1], unit)).toBeUndefined()
  refuses(() => model.timesInItsUnit('1' as never, 'd'), 'usage', 'times')
})
