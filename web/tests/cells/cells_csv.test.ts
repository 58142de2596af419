import { readCsv } from 'cellmnn'
import { expect, test } from 'vitest'
import { cellsCsv, csv } from '../../src/cells/cells_csv.ts'
import { datasetOf, type Dataset } from '../../src/cells/dataset.ts'
import type { Paths } from '../../src/cells/paths.ts'

const cells = (...values: number[]) => ({ data: Float32Array.from(values), shape: [2, 2] as const })
const course = {
  snapshots: [
    { time: 0, cells: cells(0.1, 1, 2, 3) },
    { time: 1.5, cells: cells(4, 5, 6, 1 / 3) },
    { time: 3, cells: cells(7, 8, 9, 10) },
  ],
}
const data: Dataset = {
  ...datasetOf(course, 'six'),
  names: ['a', 'b', 'c', 'd', 'e, f', 'g'],
  labels: [{ name: 'fate', labels: ['left', 'right'], codes: Int32Array.of(0, 1, -1, 0, 1, 0) }],
}
const paths: Paths = {
  times: [0, 1.5, 3],
  data: Float32Array.from({ length: 3 * 6 * 2 }, (_, i) => 100 + i),
  count: 6,
  dims: 2,
}

test.each([
  ['before there is a model', null],
  ['with predictions', paths],
] as const)('a table of cells opens again as the cells it was made of, %s', (_, all) => {
  const again = readCsv(cellsCsv(data, all, 1))
  expect(again.snapshots.map(({ time, cells }) => ({ time, cells }))).toEqual(course.snapshots)
  expect(again.annotations!.names).toEqual(data.names)
})

test('predictions stand beside, blank where the past is not followed so far', () => {
  const [header, ...rows] = cellsCsv(data, paths, 1).trim().split('\n')
  expect(header).toBe('cell,time,fate,X_pca_1,X_pca_2,predicted_time,X_predicted_1,X_predicted_2')
  expect(rows[0]).toMatch(/^a,0,left,.*,1,108,109$/)
  expect(rows[2]).toMatch(/^c,1.5,,.*,1,112,113$/)
  const weights = Float32Array.from({ length: 3 * 6 }, (_, i) => i)
  const [named, ...weighted] = cellsCsv(data, { ...paths, weights }, 1.5)
    .trim()
    .split('\n')
  expect(named).toBe(`${header},predicted_weight`)
  expect(weighted[0]).toMatch(/^a,0,left,.*,1.5,112,113,6$/)
  expect(
    cellsCsv(data, { ...paths, weights }, 1)
      .trim()
      .split('\n')
      .at(-1),
  ).toMatch(/,1,,,$/)
  expect(rows[4]).toMatch(/^"e, f",3,right,.*,1,,$/)
})

test.each([
  ['=HYPERLINK(A1)', "'=HYPERLINK(A1)"],
  ["+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"],
  ['\t@SUM(1,2)', '"\'\t@SUM(1,2)"'],
  ['-1.5', '-1.5'],
  ['CD4+ (memory)', 'CD4+ (memory)'],
  ['-/-', '-/-'],
])('no spreadsheet runs %j', (text, written) => {
  expect(csv([[text]])).toBe(`${written}\n`)
})
