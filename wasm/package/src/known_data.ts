import type { CheckedMatrix } from './arrays.js'
import { badInput } from './errors.js'
import { unitOfWord } from './reading/time_units.js'
import type { CheckedTimeCourse, Reading, TimeCourseLike } from './time_course.js'

/** A time course as it was read, or one without a word on how. */
export type ReadTimeCourse = TimeCourseLike & { readonly reading?: Partial<Reading> }

/** Times, and the unit that they are in. */
export interface TimesOfUnit {
  unit: string
  times: Float64Array
}

/** @internal What the module reads: each label with its time. */
export interface CheckedNames {
  timeUnit: string
  labels: string[]
  labelTimes: number[]
}

/** @internal What a model's file says about its training data; empty where it says nothing. */
export interface KnownData extends CheckedNames {
  times: number[]
  cells: number[]
  /** (T, D) */
  centres: CheckedMatrix
}

/** @internal 'd' of 'days'; a word that is no known unit as it is. */
export const unitName = (word: string): string => unitOfWord(word)?.name ?? word

/** @internal From `provenance.data` of docs/model-format.md. */
export function knownData(metadata: Record<string, string>): KnownData {
  const { data } = JSON.parse(metadata.provenance ?? '{}') as { data?: Record<string, unknown> }
  const list = <Item>(name: string, fits: (item: unknown) => boolean): Item[] => {
    const value = data?.[name] ?? []
    if (Array.isArray(value) && value.every(fits)) return value as Item[]
    throw badInput(`the model's provenance cannot be understood: '${name}' holds other values than expected`)
  }
  const times = list<number>('times', isNumber)
  const labels = list<[string, number]>('time_labels', (pair) => Array.isArray(pair) && isNumber(pair[1]))
  const centres = list<number[]>('centres', (row) => Array.isArray(row) && row.every(isNumber))
  const dims = centres[0]?.length ?? 0
  const rows = centres.every(({ length }) => length === dims) ? centres : []
  return {
    timeUnit: unitName(typeof data?.time_unit === 'string' ? data.time_unit : ''),
    labels: labels.map(([label]) => String(label)),
    labelTimes: labels.map(([, time]) => time),
    times,
    cells: list<number>('cells', isNumber),
    centres: { data: Float64Array.from(rows.flat()), shape: [rows.length, dims] },
  }
}

/** @internal As the program writes it; what differs from other data is told by times, cells and centres. */
export interface DataProvenance {
  times: number[]
  cells: number[]
  centres: number[][]
  time_unit: string
  time_labels: [string, number][]
}

/** @internal */
export function dataProvenance({ snapshots }: CheckedTimeCourse, names: CheckedNames): DataProvenance {
  return {
    times: snapshots.map(({ time }) => time),
    cells: snapshots.map(({ cells }) => cells.shape[0]),
    centres: snapshots.map(({ cells }) => centreOf(cells)),
    time_unit: names.timeUnit,
    time_labels: names.labels.map((label, i) => [label, names.labelTimes[i]!]),
  }
}

function centreOf({ data, shape: [count, dims] }: CheckedMatrix): number[] {
  const sum = new Float64Array(dims)
  for (let i = 0; i < count * dims; ++i) sum[i % dims]! += data[i]!
  return Array.from(sum, (value) => Math.fround(value / count))
}

/** @internal */
export function namesOf({ snapshots, reading }: ReadTimeCourse): CheckedNames {
  const labels = reading?.labels ?? snapshots.filter(({ label }) => label !== undefined)
  return {
    timeUnit: unitName(reading?.timeUnit ?? ''),
    labels: labels.map(({ label }) => label!),
    labelTimes: labels.map(({ time }) => time),
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}

/** @internal By the parts of data_match.hpp: genes, loadings, unit, labels, times, coordinates. */
export const WAYS_OUT = [
  'take the file of its training',
  'take the file of its training',
  'read the same column of times in the same unit',
  'give the labels the times of training',
  'read the same column of times in the same unit',
  'take the coordinates of its training',
]
