import { describe, expect, test } from 'vitest'
import { perTime } from '../../src/cells/axis_names.ts'
import {
  datasetOf,
  embeddedDataset,
  firstDims,
  timeIn,
  timeName,
  withTimes,
  type Dataset,
} from '../../src/cells/dataset.ts'
import { en } from '../../src/text/en.ts'
import { numbersIn } from '../../src/text/numbers.ts'
import { tensorFile } from '../support/tensor_file.ts'

const english = numbersIn('en')
const cells = { data: Float32Array.of(0, 1), shape: [1, 2] as const }
const reading = { timeKey: 'day', embeddingKey: '', columns: [], availableDims: 2, labels: [], notes: [] }
const data = (timeUnit: string, ...labels: [time: number, label: string][]): Dataset =>
  datasetOf(
    { snapshots: labels.map(([time, label]) => ({ time, label, cells })), reading: { ...reading, timeUnit } },
    '',
  )
const named = (course: Dataset) => course.snapshots.map((_, k) => timeName(course, k, english))

describe('times for people', () => {
  test('have their unit, and their label where it says more', () => {
    expect(
      named(data('d', [2.5, 'day0-5'], [7, '7'], [8, 'day8'], [9, '9 d'], [10, 'day 10, d10'], [1 / 3, '8h'])),
    ).toEqual(['2.5 d (day0-5)', '7 d', '8 d', '9 d', '10 d (day 10, d10)', '0.3333 d (8h)'])
    expect(timeIn(data('h', [0, '0']), 1.23456, english)).toBe('1.235 h')
    expect(timeIn(data('h', [0, '0']), 1.23456, numbersIn('de'))).toBe('1,235 h')
    expect(perTime(data('h', [0, '0']), en.legend)).toBe('per h')
  })
  test('without a unit the label is all there is', () => {
    expect(named(data('', [0, 'early'], [1, '1'], [2, 'day2']))).toEqual(['0 (early)', '1', '2 (day2)'])
    expect(perTime(data('', [0, '0']), en.legend)).toBe('per unit of time')
  })
})

test('exported cells know their rows in the data', () => {
  const [cells, time, row] = [Float32Array.of(0, 1, 2), Float64Array.of(0, 0, 1), Float64Array.of(4, 7, 2)]
  expect(embeddedDataset(tensorFile({}, { cells, time, row })).rows).toEqual(row)
  expect(embeddedDataset(tensorFile({}, { cells, time })).rows).toHaveLength(0) // of an older program
})

describe('the same cells in another form', () => {
  const matrix = (rows: number) => ({
    data: Float32Array.from({ length: 2 * rows }, (_, i) => i),
    shape: [rows, 2] as const,
  })
  const course = datasetOf(
    { snapshots: [0, 24].map((time) => ({ time, label: `${time}h`, cells: matrix(4) })) },
    'eight',
  )

  test('with times of another unit', () => {
    const days = withTimes(course, [0, 1], 'd')
    expect([...days.times]).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    expect(named(days)).toEqual(['0 d', '1 d (24h)'])
    expect([...course.times.slice(3, 5)]).toEqual([0, 24])
  })
  test('with its first components, and those of its genes', () => {
    const genes = { names: ['a', 'b', 'c'], loadings: matrix(3) }
    const cut = firstDims({ ...course, genes }, 1)
    expect(cut.cells.shape).toEqual([8, 1])
    expect([...cut.cells.data.slice(0, 5)]).toEqual([0, 2, 4, 6, 0])
    expect(cut.genes!.loadings).toEqual({ data: Float32Array.of(0, 2, 4), shape: [3, 1] })
  })
})
