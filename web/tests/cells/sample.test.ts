import { describe, expect, test } from 'vitest'
import type { Dataset } from '../../src/cells/dataset.ts'
import { parted, sampledRows, sampleOf } from '../../src/cells/sample.ts'

/** Twelve cells at two times, each with a number in everything that is known of it. */
const numbers = Array.from({ length: 12 }, (_, i) => i)
const pairs = { data: Float32Array.from({ length: 24 }, (_, i) => i >> 1), shape: [12, 2] as const }
const all: Dataset = {
  title: 'twelve',
  cells: pairs,
  componentNames: [],
  times: Float64Array.from(numbers, (i) => (i < 8 ? 0 : 1)),
  snapshots: [
    { time: 0, label: 'a', begin: 0, end: 8 },
    { time: 1, label: 'b', begin: 8, end: 12 },
  ],
  timeUnit: '',
  labels: [{ name: 'type', labels: numbers.map(String), codes: Int32Array.from(numbers) }],
  names: numbers.map((i) => `cell ${i}`),
  rows: Float64Array.from(numbers),
  projections: [{ name: 'X_umap', places: pairs }],
  total: 12,
  genes: null,
  expression: () => Promise.resolve({ genes: ['g', 'h'], values: pairs }),
}

/** The numbers of its cells, which everything known of them agrees on. */
async function numbersIn(data: Dataset): Promise<number[]> {
  const first = ({ data: values }: { data: Float32Array }) => [...values].filter((_, i) => i % 2 === 0)
  const found = first(data.cells)
  expect([...data.labels[0]!.codes]).toEqual(found)
  expect(data.names).toEqual(found.map((i) => `cell ${i}`))
  expect([...data.rows]).toEqual(found)
  expect(first(data.projections[0]!.places)).toEqual(found)
  expect(first((await data.expression!()).values)).toEqual(found)
  expect([...data.times]).toEqual(found.map((i) => (i < 8 ? 0 : 1)))
  for (const { time, begin, end } of data.snapshots)
    expect(data.times.slice(begin, end).every((one) => one === time)).toBe(true)
  expect(data.snapshots.at(-1)!.end).toBe(found.length)
  return found
}

describe('some of the cells', () => {
  test('at most so many of each snapshot', async () => {
    const some = sampleOf(all, 4)
    expect(await numbersIn(some)).toEqual([0, 2, 4, 6, 8, 9, 10, 11])
    expect(some.snapshots.map(({ begin, end, label }) => [begin, end, label])).toEqual([
      [0, 4, 'a'],
      [4, 8, 'b'],
    ])
    expect(sampledRows(all, 4).rows).toEqual(Int32Array.of(0, 2, 4, 6, 8, 9, 10, 11))
    expect(sampleOf(all, 8)).toBe(all)
    expect(sampledRows(all, 8).rows).toBeNull()
  })

  test('so many in all, and the others', async () => {
    const { some, others } = parted(all, 6)
    expect(await numbersIn(some)).toEqual([0, 2, 4, 6, 8, 10])
    expect(await numbersIn(others!)).toEqual([1, 3, 5, 7, 9, 11])
    expect(some.total).toBe(12)
    expect(parted(all, 12)).toEqual({ some: all, others: null })
    // No snapshot loses all of its cells.
    expect(parted(all, 1).some.snapshots.map(({ begin, end }) => end - begin)).toEqual([1, 1])
  })
})
