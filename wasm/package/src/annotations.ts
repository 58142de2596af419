import { CellMnnError } from './errors.js'
import type { H5adFrame } from './reading/h5ad_frame.js'
import { matrixShape, readMatrix, storageOf } from './reading/h5ad_matrix.js'
import type { H5Node } from './reading/hdf5_node.js'
import type { CellAnnotations, CellLabels, Projection } from './time_course.js'

const MOST_LABELS = 60

/** @internal Names, labels and projections of the cells; `rows` are those of the file, one for each cell. */
export function annotationsOf(
  obs: H5adFrame,
  obsm: H5Node,
  rows: Int32Array,
  timeKey: string,
  embeddingKey: string,
): CellAnnotations {
  return {
    names: Array.from(rows, (row) => obs.index[row]!),
    labels: obs.columns.filter((name) => name !== timeKey).flatMap((name) => labelsIn(obs, name, rows)),
    projections: obsm
      .children()
      .filter((name) => name !== embeddingKey)
      .flatMap((name) => projectionIn(obsm, name, rows)),
  }
}

/** A column of few texts or whole numbers; the labels that a cell has, in order. */
function labelsIn(obs: H5adFrame, name: string, rows: Int32Array): CellLabels[] {
  const column = readable(() => obs.column(name))
  if (!column) return []
  const { labels, numbers, codes } = column
  const used = [...new Set(codes)].filter((code) => code >= 0)
  const isWhole = used.every((code) => !numbers || Number.isInteger(numbers[code]))
  if (used.length === 0 || used.length > MOST_LABELS || !isWhole) return []
  used.sort((a, b) => labels[a]!.localeCompare(labels[b]!, 'en', { numeric: true }))
  const place = new Map(used.map((code, i) => [code, i]))
  return [
    {
      name,
      labels: used.map((code) => labels[code]!),
      codes: Int32Array.from(rows, (row) => place.get(codes[row]!) ?? -1),
    },
  ]
}

/** A column of another type than labels have is left out. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CellMnnError) return undefined
    throw error
  }
}

/** Two or three columns, of which the first two are shown. The first of a diffusion map is constant and left out. */
function projectionIn(obsm: H5Node, name: string, rows: Int32Array): Projection[] {
  const matrix = obsm.at(name)
  if (storageOf(matrix) === undefined) return []
  const [count, columns] = matrixShape(matrix)
  const first = name.includes('diffmap') ? 1 : 0
  if (name.startsWith('velocity') || columns < first + 2 || (columns > 3 && first === 0)) return []
  const kept = first + 2
  const values = readMatrix(matrix, kept, count)
  const data = Float32Array.from({ length: 2 * rows.length }, (_, i) => values[rows[i >> 1]! * kept + first + (i & 1)]!)
  return data.every(Number.isFinite) ? [{ name, places: { data, shape: [rows.length, 2] } }] : []
}
