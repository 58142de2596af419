import { describe, expect, test } from 'vitest'
import { datasetOf, perTime, timeIn, timeName, type Dataset } from '../../src/cells/dataset.ts'

const cells = { data: Float32Array.of(0, 1), shape: [1, 2] as const }
const reading = { timeKey: 'day', embeddingKey: '', columns: [], availableDims: 2, labels: [], notes: [] }
const data = (timeUnit: string, ...labels: [time: number, label: string][]): Dataset =>
  datasetOf(
    { snapshots: labels.map(([time, label]) => ({ time, label, cells })), reading: { ...reading, timeUnit } },
    '',
  )
const named = (course: Dataset) => course.snapshots.map((_, k) => timeName(course, k))

describe('times for people', () => {
  test('have their unit, and their label where it says more', () => {
    expect(
      named(data('d', [2.5, 'day0-5'], [7, '7'], [8, 'day8'], [9, '9 d'], [10, 'day 10, d10'], [1 / 3, '8h'])),
    ).toEqual(['2.5 d (day0-5)', '7 d', '8 d', '9 d', '10 d (day 10, d10)', '0.3333 d (8h)'])
    expect(timeIn(data('h', [0, '0']), 1.23456)).toBe('1.235 h')
    expect(perTime(data('h', [0, '0']))).toBe('per h')
  })
  test('without a unit the label is all there is', () => {
    expect(named(data('', [0, 'early'], [1, '1'], [2, 'day2']))).toEqual(['0 (early)', '1', '2 (day2)'])
    expect(perTime(data('', [0, '0']))).toBe('per unit of time')
  })
})
