import { beforeAll, expect, test } from 'vitest'
import { datasetOf } from '../../src/cells/dataset.ts'
import { landingAt } from '../../src/session/landing.ts'
import { nearestCells } from '../../src/session/neighbours.ts'
import { dataset } from '../../src/session/session.ts'

/** Two snapshots of cells on a line, 1 apart; at the last time the left half is called A, the right half B. */
const line = (count: number) => ({
  data: Float32Array.from({ length: count }, (_, i) => i),
  shape: [count, 1] as const,
})

beforeAll(() => {
  dataset.value = datasetOf(
    {
      snapshots: [
        { time: 0, cells: line(50) },
        { time: 1, cells: line(200) },
      ],
      annotations: {
        names: Array.from({ length: 250 }, (_, i) => String(i)),
        labels: [
          { name: 'half', labels: ['A', 'B'], codes: Int32Array.from({ length: 250 }, (_, i) => (i < 150 ? 0 : 1)) },
        ],
        projections: [],
      },
    },
    'line',
  )
})

test('labels of the nearest measured cells of the last time', () => {
  expect(landingAt(Float32Array.of(20, 180, 190, 170))).toEqual({
    shares: [
      { label: 'B', index: 1, share: 0.75 },
      { label: 'A', index: 0, share: 0.25 },
    ],
    strays: 0,
  })
})

test('ends far from every measured cell are counted', () => {
  expect(landingAt(Float32Array.of(20, 199.9, 202, -40)).strays).toBe(0.5)
})

test('neighbours are of the same snapshot, without the cell itself', () => {
  expect(nearestCells(10, 4).sort((a, b) => a - b)).toEqual([8, 9, 11, 12])
  expect(nearestCells(50, 2)).toEqual([51, 52])
})

test('names that are numbers of rows are none', () => expect(dataset.value!.names).toEqual([]))
