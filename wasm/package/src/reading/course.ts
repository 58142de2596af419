/** From what a file says of its cells to a time course. */
import { badInput } from '../errors.js'
import type { Reading, Snapshot } from '../time_course.js'
import { numberText } from './text.js'
import { sortIntoSnapshots, type TimeColumn } from './time_column.js'

/** @internal All cells of a file in its order. */
export interface FileCells {
  /** (N, D) row-major: the dimensions that are kept. */
  values: Float32Array
  dims: number
  time: TimeColumn
  availableDims: number
  embeddingKey: string
  /** Of a table: the names of the columns that are read as coordinates. */
  columns: string[]
  /** Sentences on how the coordinates were chosen. */
  notes: string[]
}

/** @internal */
export interface SortedCells {
  snapshots: Snapshot[]
  reading: Reading
  /** Those of the file that the cells of all snapshots stood in. */
  rows: Int32Array
}

/** @internal Sorts the cells into snapshots by ascending time. */
export function sortedCells(cells: FileCells): SortedCells {
  const { values, dims, time, availableDims, embeddingKey, columns } = cells
  const { snapshots: sorted, labels, notes } = sortIntoSnapshots(time)
  const snapshots = sorted.map(({ time: when, label, rows }) => {
    const data = new Float32Array(rows.length * dims)
    rows.forEach((row, i) => data.set(values.subarray(row * dims, (row + 1) * dims), i * dims))
    const bad = data.filter((value) => !Number.isFinite(value))
    const first = data.findIndex((value) => !Number.isFinite(value))
    if (bad.length > 0)
      throw badInput(
        `the snapshot at time ${when} (label '${label}') has ${bad.length} of ${data.length} values that are not ` +
          `finite: the first is ${numberText(bad[0]!)} in cell ${Math.floor(first / dims)}, dimension ${first % dims}`,
      )
    return { time: when, label, cells: { data, shape: [rows.length, dims] as const } }
  })
  if (snapshots.length === 0) throw badInput('the data have no cells')
  const reading: Reading = {
    timeKey: time.key,
    timeUnit: time.unit,
    embeddingKey,
    columns,
    availableDims,
    labels,
    notes: [...cells.notes, ...time.notes, ...notes],
  }
  return { snapshots, reading, rows: Int32Array.from(sorted.flatMap(({ rows }) => rows)) }
}

/** @internal Counts are whole numbers from 0, and some of them are large. */
export function noteCounts({ snapshots, reading }: SortedCells): void {
  const isWhole = ({ cells: { data } }: Snapshot) => data.every((value) => value >= 0 && Number.isInteger(value))
  const isLarge = ({ cells: { data } }: Snapshot) => data.some((value) => value > 50)
  if (snapshots.every(isWhole) && snapshots.some(isLarge))
    reading.notes.push('the values look like raw counts, not principal components: all are whole numbers')
}
