import type { Dataset, Group } from 'h5wasm'
import { columnOf, groupAt, indexOf, isDataset, itemAt } from './hdf5.js'
import type { CellAnnotations, CellLabels, Projection } from './time_course.js'

const MOST_LABELS = 60

/** @internal Names, labels and projections of the cells; `rows` are those of the file, one for each cell. */
export function annotationsOf(file: Group, rows: Int32Array, timeKey: string, embeddingKey: string): CellAnnotations {
  const obs = groupAt(file, 'obs')!
  const obsm = groupAt(file, 'obsm')!
  const names = indexOf(obs)
  const index = obs.attrs._index?.value
  return {
    names: names ? Array.from(rows, (row) => names[row]!) : [],
    labels: obs
      .keys()
      .filter((name) => name !== timeKey && name !== index)
      .flatMap((name) => labelsIn(obs, name, rows)),
    projections: obsm
      .keys()
      .filter((name) => name !== embeddingKey)
      .flatMap((name) => projectionIn(obsm, name, rows)),
  }
}

/** A column of few texts or whole numbers. */
function labelsIn(obs: Group, name: string, rows: Int32Array): CellLabels[] {
  const values = columnOf(obs, name)
  if (!values) return []
  const places = new Map<string | number, number>()
  for (const value of values) {
    if (value === undefined || value === '') continue
    if (typeof value === 'number' && !Number.isInteger(value)) return []
    if (!places.has(value)) places.set(value, places.size)
    if (places.size > MOST_LABELS) return []
  }
  if (places.size === 0) return []
  const ascending = [...places.keys()].sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true }))
  ascending.forEach((value, place) => places.set(value, place))
  return [
    { name, labels: ascending.map(String), codes: Int32Array.from(rows, (row) => places.get(values[row]!) ?? -1) },
  ]
}

/** Two or three columns, of which the first two are shown. The first of a diffusion map is constant and left out. */
function projectionIn(obsm: Group, name: string, rows: Int32Array): Projection[] {
  const item = itemAt(obsm, name)
  const columns = isDataset(item) && item.shape?.length === 2 ? item.shape[1]! : 0
  const first = name.includes('diffmap') ? 1 : 0
  if (name.startsWith('velocity') || columns < first + 2 || (columns > 3 && first === 0)) return []
  const values = (item as Dataset).value as unknown as ArrayLike<number>
  const data = Float32Array.from(
    { length: 2 * rows.length },
    (_, i) => values[rows[i >> 1]! * columns + first + (i & 1)]!,
  )
  return data.every(Number.isFinite) ? [{ name, places: { data, shape: [rows.length, 2] } }] : []
}
