/** Some of the cells, evenly taken. */
import type { Matrix } from 'cellmnn'
import type { Dataset } from './dataset.ts'

/** At most `most` of `count` places, evenly spread. */
const evenPlaces = (count: number, most: number): Int32Array => {
  const step = Math.max(1, count / most)
  return new Int32Array(Math.min(count, most)).map((_, i) => Math.floor(i * step))
}

/** At most `most` of a list, evenly spread over it. */
export const someOf = <T>(list: readonly T[], most: number): T[] =>
  Array.from(evenPlaces(list.length, most), (place) => list[place]!)

/** Of each snapshot, where `wanted` says how many of so many; null if that is all. */
function rowsOf({ snapshots }: Dataset, wanted: (size: number) => number): Int32Array | null {
  const taken = snapshots.map(({ begin, end }) => evenPlaces(end - begin, wanted(end - begin)))
  if (taken.every(({ length }, k) => length === snapshots[k]!.end - snapshots[k]!.begin)) return null
  return Int32Array.from(taken.flatMap((some, k) => Array.from(some, (i) => snapshots[k]!.begin + i)))
}

function matrixOf({ data, shape: [, columns] }: Matrix, rows: Int32Array): Matrix {
  const kept = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => kept.set(data.subarray(row * columns, (row + 1) * columns), i * columns))
  return { data: kept, shape: [rows.length, columns] }
}

/** These cells, ascending, with all that is known of them. */
function partOf(data: Dataset, rows: Int32Array): Dataset {
  const pick = <T>(all: readonly T[]): T[] => (all.length === 0 ? [] : Array.from(rows, (row) => all[row]!))
  const { expression } = data
  let at = 0
  return {
    ...data,
    cells: matrixOf(data.cells, rows),
    times: Float64Array.from(rows, (row) => data.times[row]!),
    snapshots: data.snapshots.map(({ time, label, end }) => {
      const begin = at
      while (at < rows.length && rows[at]! < end) ++at
      return { time, label, begin, end: at }
    }),
    labels: data.labels.map((column) => ({ ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) })),
    names: pick(data.names),
    rows: data.rows.length === 0 ? data.rows : Float64Array.from(rows, (row) => data.rows[row]!),
    projections: data.projections.map(({ name, places }) => ({ name, places: matrixOf(places, rows) })),
    expression:
      expression && (() => expression().then(({ genes, values }) => ({ genes, values: matrixOf(values, rows) }))),
  }
}

/** At most `most` cells of each snapshot, and which of all they are. The same object and null if that is all. */
export function sampledRows(data: Dataset, most: number): { some: Dataset; rows: Int32Array | null } {
  const rows = rowsOf(data, () => most)
  return { some: rows ? partOf(data, rows) : data, rows }
}

export const sampleOf = (data: Dataset, most: number): Dataset => sampledRows(data, most).some

/** At most `most` cells, the same share of each snapshot and one at least; and the others, null if there are none. */
export function parted(data: Dataset, most: number): { some: Dataset; others: Dataset | null } {
  const count = data.cells.shape[0]
  const rows = rowsOf(data, (size) => Math.max(1, Math.floor((size * most) / count)))
  if (!rows) return { some: data, others: null }
  const isTaken = new Uint8Array(count)
  for (const row of rows) isTaken[row] = 1
  const others = Int32Array.from(data.times.keys()).filter((row) => !isTaken[row])
  return { some: partOf(data, rows), others: partOf(data, others) }
}
