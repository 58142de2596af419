import {
  checkedMatrix,
  checkedNumber,
  checkedNumbers,
  type CheckedMatrix,
  type Matrix,
  type MatrixLike,
} from './arrays.js'
import { usage } from './errors.js'

/** The cells measured at one time. Cells of different snapshots are not paired. */
export interface Snapshot {
  /** In any unit: days, hours. */
  time: number
  /** As it stood in the file, for messages. */
  label?: string
  /** (N, D) latent coordinates, usually principal components. */
  cells: Matrix
  /** (N, G), where the data hold genes. */
  expression?: Matrix
}

/** How latent coordinates map to genes: expression = mean + loadings x coordinates. */
export interface GeneSpace {
  names: string[]
  /** (G, D) */
  loadings: Matrix
  /** (G), where it is known. */
  mean?: Float32Array
}

/** Labels of the cells, such as their types. */
export interface CellLabels {
  name: string
  labels: string[]
  /** (N) the place of each cell's label, or -1 where it has none. */
  codes: Int32Array
}

/** A picture of the cells in two dimensions, such as a UMAP: no model lives there. */
export interface Projection {
  name: string
  /** (N, 2) */
  places: Matrix
}

/** What a file tells of the cells beside coordinates and times: of all N, snapshot after snapshot. */
export interface CellAnnotations {
  /** (N), or empty. */
  names: string[]
  labels: CellLabels[]
  projections: Projection[]
}

/** How a file was understood. */
export interface Reading {
  /** The column or array of the times. */
  timeKey: string
  /** 'd', 'h', ...; empty if it is not known. */
  timeUnit: string
  /** The array of the coordinates; empty for a table whose columns are no numbered array. */
  embeddingKey: string
  /** Of a table: the names of the columns that are read as coordinates. */
  columns: string[]
  /** Of the coordinates in the file. */
  availableDims: number
  /** By ascending time: several labels may be one time, and so one snapshot. */
  labels: { label: string; time: number; cells: number }[]
  /** Sentences on what was not obvious. */
  notes: string[]
  /** Where the mean of the genes is from, such as 'X', or why it is not known. */
  geneMeans?: { source: string } | { problem: string }
}

/** Snapshots in ascending order of time, all with the same number of dimensions D. */
export interface TimeCourse {
  snapshots: Snapshot[]
  genes?: GeneSpace
  /** Where the file has them. */
  annotations?: CellAnnotations
  /** Of a course that was read from a file. */
  reading?: Reading
}

/** What is taken as a time course: as {@link TimeCourse}, with any {@link MatrixLike} for matrices. */
export interface TimeCourseLike {
  readonly snapshots: readonly { readonly time: number; readonly label?: string; readonly cells: MatrixLike }[]
  readonly genes?: {
    readonly names: readonly string[]
    readonly loadings: MatrixLike
    readonly mean?: ArrayLike<number>
  }
}

/** @internal What the module reads. */
export interface CheckedTimeCourse {
  snapshots: { time: number; label: string | undefined; cells: CheckedMatrix }[]
  genes: CheckedGenes | undefined
}

/** @internal */
export interface CheckedGenes {
  names: string[]
  loadings: CheckedMatrix
  mean: ArrayLike<number> | undefined
}

/** @internal Checks types; the core checks times, sizes and values. */
export function checkedTimeCourse(data: TimeCourseLike): CheckedTimeCourse {
  const snapshots: unknown = data?.snapshots
  if (!Array.isArray(snapshots))
    throw usage('the data have no list of snapshots: expected { snapshots: [{ time, cells }, ...] }')
  return {
    snapshots: (snapshots as TimeCourseLike['snapshots']).map((snapshot, k) => ({
      time: checkedNumber(snapshot?.time, `the time of snapshot ${k}`),
      label: snapshot.label === undefined ? undefined : String(snapshot.label),
      cells: checkedMatrix(snapshot.cells, `the cells of snapshot ${k}`),
    })),
    genes: data.genes === undefined ? undefined : checkedGenes(data.genes),
  }
}

function checkedGenes({ names, loadings, mean }: NonNullable<TimeCourseLike['genes']>): CheckedGenes {
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw usage('the names of the genes are not a list of strings')
  }
  return {
    names: [...names],
    loadings: checkedMatrix(loadings, 'the loadings'),
    mean: mean === undefined ? undefined : checkedNumbers(mean, 'the mean of the genes'),
  }
}
