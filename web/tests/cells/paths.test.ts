import { CellMnnError } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'
import { expect, test } from 'vitest'
import { endsOf, frameAt, frameTimes, joined, pathsOf, positionAt } from '../../src/cells/paths.ts'

/** dx/dt = t0: the speed of a cell is the time at which it was last looked at. */
const snapshotTimes = [1, 2, 4]
const model = {
  info: { trainingTimes: snapshotTimes },
  predict: async ({ data, shape }: { data: Float32Array; shape: number[] }, t: number, times: number[]) => ({
    data: Float32Array.from(times.flatMap((to) => [...data].map((value) => value + t * (to - t)))),
    shape: [times.length, ...shape],
  }),
} as unknown as RemoteModel

const measured = [1, 1, 2, 4]
const cells = { data: Float32Array.of(0, 10, 20, 30), shape: [4, 1] as [number, number] }

test('frames ascend and hold every snapshot time', () => {
  const times = frameTimes(snapshotTimes, 4, 1)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  for (const time of snapshotTimes) expect(times).toContain(time)
  expect(frameTimes(snapshotTimes, 10e6, 5)).toHaveLength(5) // two a gap, however many cells
})

test('a cell gets a new operator at every training time, its past reaches back to the snapshot before', async () => {
  const paths = await pathsOf(model, cells, measured, snapshotTimes, frameTimes(snapshotTimes, 4, 1))
  const at = (cell: number, t: number) => positionAt(paths, cell, t)[0]
  expect([at(0, 1), at(0, 2), at(0, 4)]).toEqual([0, 1, 1 + 2 * 2])
  expect(at(1, 1.5)).toBeCloseTo(10.5)
  expect([at(2, 1), at(2, 2), at(2, 3)]).toEqual([20 - 2, 20, 22])
  expect([at(3, 4), at(3, 3), at(3, 2), at(3, 1)]).toEqual([30, 30 - 4, 30 - 8, 30 - 8])
})

test('between two training times a cell keeps its operator, whatever other snapshots lie there', async () => {
  const without2 = { ...model, info: { trainingTimes: [1, 4] } } as unknown as RemoteModel
  const paths = await pathsOf(without2, cells, measured, snapshotTimes, frameTimes(snapshotTimes, 4, 1))
  const at = (cell: number, t: number) => positionAt(paths, cell, t)[0]
  expect([at(0, 2), at(0, 4)]).toEqual([1, 3])
  expect([at(2, 2), at(2, 4)]).toEqual([20, 24])
})

test('cells that the model cannot move stay where they are', async () => {
  const broken = {
    info: model.info,
    predict: async () => {
      throw new CellMnnError('numerical', 'far away')
    },
  } as unknown as RemoteModel
  const paths = await pathsOf(broken, cells, measured, snapshotTimes, frameTimes(snapshotTimes, 4, 1))
  for (const t of [1, 1.7, 4])
    expect([0, 1, 2, 3].map((cell) => positionAt(paths, cell, t)[0])).toEqual([0, 10, 20, 30])
})

test('other errors are told', async () => {
  for (const error of [new CellMnnError('memory', 'too large'), new Error('no module')]) {
    const broken = {
      info: model.info,
      predict: async () => {
        throw error
      },
    } as unknown as RemoteModel
    await expect(pathsOf(broken, cells, measured, snapshotTimes, frameTimes(snapshotTimes, 4, 1))).rejects.toBe(error)
  }
})

test('times outside are those of the ends', () => {
  const paths = { times: [0, 1, 2], data: new Float32Array(3), count: 1, dims: 1 }
  expect(frameAt(paths, -1)).toEqual({ frame: 0, mix: 0 })
  expect(frameAt(paths, 2)).toEqual({ frame: 1, mix: 1 })
  expect(frameAt(paths, 9)).toEqual({ frame: 1, mix: 1 })
})

test('paths of one cell each are joined, and have ends', () => {
  const one = (...data: number[]) => ({ times: [0, 1], data: Float32Array.from(data), count: 1, dims: 2 })
  const all = joined([one(1, 2, 3, 4), one(5, 6, 7, 8)])
  expect([...positionAt(all, 1, 0)]).toEqual([5, 6])
  expect([...endsOf(all, [1, 0])]).toEqual([7, 8, 3, 4])
})
