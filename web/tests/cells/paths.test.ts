import type { RemoteModel } from 'cellmnn/worker'
import { expect, test } from 'vitest'
import { endsOf, frameAt, frameTimes, joined, pathsOf, positionAt, weightAt, weightsOf } from '../../src/cells/paths.ts'

const snapshotTimes = [1, 2, 4]
/** Cells move at the speed of the time at which they were measured; beyond `most` they are NaN. */
const modelWith = (most: number) =>
  ({
    predict: async ({ data, shape }: { data: Float32Array; shape: number[] }, t: number, times: number[]) => {
      const moved = times.flatMap((to) => [...data].map((value) => value + t * (to - t)))
      return {
        data: Float32Array.from(moved, (value) => (Math.abs(value) > most ? NaN : value)),
        shape: [times.length, ...shape],
      }
    },
  }) as unknown as RemoteModel

const measured = [1, 1, 2, 4]
const cells = { data: Float32Array.of(0, 10, 20, 30), shape: [4, 1] as [number, number] }
const framesOf = (most: number) =>
  pathsOf(modelWith(most), cells, measured, snapshotTimes, frameTimes(snapshotTimes, 4, 1))

test('frames ascend and hold every snapshot time', () => {
  const times = frameTimes(snapshotTimes, 4, 1)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  for (const time of snapshotTimes) expect(times).toContain(time)
  expect(frameTimes(snapshotTimes, 10e6, 5)).toHaveLength(5) // two a gap, however many cells
})

test('a path is what the model predicts, its past reaches back to the snapshot before', async () => {
  const paths = await framesOf(Infinity)
  const at = (cell: number, t: number) => positionAt(paths, cell, t)[0]
  expect([at(0, 1), at(0, 2), at(0, 4)]).toEqual([0, 1, 3])
  expect(at(1, 1.5)).toBeCloseTo(10.5)
  expect([at(2, 1), at(2, 2), at(2, 3)]).toEqual([20 - 2, 20, 22])
  expect([at(3, 4), at(3, 3), at(3, 2), at(3, 1)]).toEqual([30, 30 - 4, 30 - 8, 30 - 8])
})

test('cells that would go far away stay where they were last, and there alone', async () => {
  const paths = await framesOf(21)
  const at = (cell: number, t: number) => positionAt(paths, cell, t)[0]
  expect([at(0, 4), at(2, 1)]).toEqual([3, 18])
  expect([at(2, 2.5), at(2, 3), at(2, 4)]).toEqual([21, 21, 21])
})

test('a measured cell stays even where the model can move it nowhere', async () => {
  const paths = await framesOf(-1)
  for (const t of [1, 1.7, 4])
    expect([0, 1, 2, 3].map((cell) => positionAt(paths, cell, t)[0])).toEqual([0, 10, 20, 30])
})

test('weights are those of the model, where each cell counts 1 as measured', async () => {
  // Weights of cells of one snapshot sum to 1 at each time; the last of them grows.
  const model = {
    weights: async ({ shape: [count] }: { shape: [number] }, t: number, times: number[]) => {
      const rows = times.map((to) => Array.from({ length: count }, (_, i) => Math.exp(i === count - 1 ? to - t : 0)))
      return { data: Float32Array.from(rows.flatMap((row) => row.map((w) => w / row.reduce((a, b) => a + b)))) }
    },
  } as unknown as RemoteModel
  const times = frameTimes(snapshotTimes, 4, 1)
  const weights = await weightsOf(model, cells, measured, snapshotTimes, times)
  const paths = { ...(await framesOf(Infinity)), weights }
  const at = (cell: number, t: number) => weightAt(paths, cell, t)
  expect([0, 1].map((cell) => at(cell, 1))).toEqual([1, 1])
  expect(at(0, 4) + at(1, 4)).toBeCloseTo(2)
  expect(at(1, 4) / at(0, 4)).toBeCloseTo(Math.exp(3))
  expect(at(1, 2.03)).toBeGreaterThan(at(1, 2))
  expect([1, 2, 4].map((t) => at(2, t))).toEqual([1, 1, 1]) // alone in its snapshot
  expect(weightAt(await framesOf(Infinity), 0, 4)).toBe(1) // a model without mass
})

test('errors are told', async () => {
  const broken = { predict: () => Promise.reject(new Error('no module')) } as unknown as RemoteModel
  const asked = pathsOf(broken, cells, measured, snapshotTimes, frameTimes(snapshotTimes, 4, 1))
  await expect(asked).rejects.toThrow('no module')
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
