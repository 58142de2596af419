import { expect, test } from 'vitest'
import { carry } from '../../src/cells/carry.ts'
import { Tree } from '../../src/cells/nearest.ts'

/** Cells on a line; their projection bends it. */
const cells = Float32Array.from({ length: 50 }, (_, i) => i / 10)
const onto = {
  name: 'X_umap',
  places: {
    data: Float32Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? cells[i >> 1]! : cells[i >> 1]! ** 2)),
    shape: [50, 2] as const,
  },
}
const tree = new Tree(cells, 1)
let asked = 0
const nearest = async (x: Float32Array, count: number) => ((asked += x.length), tree.nearest(x, count))
const paths = (times: number[], data: number[], count = 1) => ({ times, data: Float32Array.from(data), count, dims: 1 })

test('a measured cell lies at its own place, one between two cells between theirs', async () => {
  const places = await carry(paths([0, 1, 2], [2, 2.05, 2.1]), [0, 2], onto, nearest)
  expect(places[0]).toBeCloseTo(2, 5)
  expect(places[1]).toBeCloseTo(4, 4)
  expect(places[2]).toBeCloseTo(2.05, 4)
  expect(places[3]).toBeGreaterThan(4)
  expect(places[3]).toBeLessThan(2.1 ** 2)
  expect(places[5]).toBeCloseTo(4.41, 4)
})

test('cells that stay are not asked for again', async () => {
  asked = 0
  const places = await carry(paths([0, 1, 2], [1, 2, 1, 3, 1, 4], 2), [0, 2], onto, nearest)
  expect(asked).toBe(2 + 1 + 1)
  for (const f of [0, 1, 2]) expect(places[4 * f]).toBeCloseTo(1, 5)
  expect([places[2], places[6], places[10]].map((x) => Math.round(x!))).toEqual([2, 3, 4])
})

test('of many frames some are carried, always those of the snapshots; the others lie on straight lines', async () => {
  const count = 200_000
  const times = [0, 1, 2, 3, 4, 5]
  const data = times.flatMap((t) => Array<number>(count).fill(t < 3 ? 0.5 : 4.5))
  const places = await carry(paths(times, data, count), [0, 3, 5], onto, async (x, n) => {
    const { cells: found, distances } = tree.nearest(x.subarray(0, 1), n)
    return {
      cells: Int32Array.from({ length: n * x.length }, (_, i) => found[i % n]!),
      distances: Float32Array.from({ length: n * x.length }, (_, i) => distances[i % n]!),
    }
  })
  const y = times.map((_, f) => places[2 * (f * count + 7) + 1]!)
  expect(y[0]).toBeCloseTo(0.25, 3)
  expect(y[3]).toBeCloseTo(20.25, 2)
  expect(y[1]).toBeCloseTo(0.25 + 20 / 3, 2)
  expect(y[4]).toBeCloseTo(20.25, 2)
})
