/** Finds the time column of a file and sorts its cells into snapshots. */
import { badInput, CellMnnError } from '../errors.js'
import { tidyTimes, type LabelColumn } from './label_column.js'
import type { CheckedOptions } from './options.js'
import { lowerCase, numberText, quoted } from './text.js'
import { timesOfLabels } from './time_labels.js'

/** @internal */
export interface TimeColumn {
  key: string
  column: LabelColumn
  /** Per label. */
  times: number[]
  unit: string
  notes: string[]
}

/** @internal The columns of a file among which the time is looked for. */
export interface TimeCandidates {
  /** 'obs column', 'array' or 'column'. */
  kind: string
  names: readonly string[]
  read: (name: string) => LabelColumn
}

const TIME_NAMES = [
  'day',
  'day_numerical',
  'sample_labels',
  'timepoint',
  'samples',
  'time point',
  'stage',
  'hour',
  'sctimebench_timepoint',
  'time_point_processed',
  'time',
]

/** @internal Whether time columns often have this name. */
export const isTimeName = (name: string): boolean => TIME_NAMES.includes(lowerCase(name))

function readTimeColumn({ kind, read }: TimeCandidates, key: string, options: CheckedOptions): TimeColumn {
  const column = tidyTimes(read(key))
  const what = `${kind} '${key}': `
  try {
    const { times, unit, notes } = timesOfLabels(column, { timeMap: options.timeMap, unit: options.timeUnit, key })
    return { key, column, times, unit, notes: notes.map((note) => what + note) }
  } catch (error) {
    throw error instanceof CellMnnError ? new CellMnnError(error.code, what + error.message) : error
  }
}

const distinctTimes = ({ column, times }: TimeColumn): number =>
  new Set(
    Array.from(
      column.codes.filter((code) => code >= 0),
      (code) => times[code],
    ),
  ).size

/** The only one of several columns that can be read and has two times or more. */
function onlyUsableColumn(candidates: TimeCandidates, names: readonly string[], options: CheckedOptions): TimeColumn {
  const usable: TimeColumn[] = []
  let failure: unknown
  for (const name of names) {
    try {
      const time = readTimeColumn(candidates, name, options)
      if (distinctTimes(time) >= 2) usable.push(time)
    } catch (error) {
      if (!(error instanceof CellMnnError)) throw error
      failure = error
    }
  }
  if (usable.length === 1) return usable[0]!
  if (usable.length === 0 && failure) throw failure as CellMnnError
  if (usable.length === 0) throw badInput(`none of ${quoted(names)} has two times or more`)
  const keys = quoted(usable.map(({ key }) => key))
  throw badInput(`more than one ${candidates.kind} could hold the time: choose one of ${keys} with timeKey`)
}

/** @internal The given column, else the only one with a usual name whose labels can be read as times. */
export function findTimeColumn(candidates: TimeCandidates, options: CheckedOptions): TimeColumn {
  const { names, kind } = candidates
  const existing = names.length === 0 ? 'it has none' : `those that exist are ${quoted(names)}`
  const given = options.timeKey
  if (given !== undefined) {
    if (!names.includes(given)) throw badInput(`there is no ${kind} '${given}' (timeKey): ${existing}`)
    return readTimeColumn(candidates, given, options)
  }
  const usual = names.filter(isTimeName)
  if (usual.length === 0)
    throw badInput(`no ${kind} has a usual name of a time, such as 'day': ${existing}; choose one with timeKey`)
  if (usual.length === 1) return readTimeColumn(candidates, usual[0]!, options)
  return onlyUsableColumn(candidates, usual, options)
}

/** @internal The cells of one time. */
export interface SortedSnapshot {
  time: number
  label: string
  /** Those of the file that its cells stood in. */
  rows: number[]
}

/** @internal How one label of the file was understood. */
export interface TimeLabel {
  label: string
  time: number
  cells: number
}

/** @internal Snapshots by ascending time. */
export function sortIntoSnapshots({ key, column, times }: TimeColumn): {
  snapshots: SortedSnapshot[]
  labels: TimeLabel[]
  notes: string[]
} {
  const { codes } = column
  const missing = codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0)
  if (missing > 0)
    throw badInput(`${missing} of ${codes.length} cells have no time in '${key}': remove them or give them one`)
  const cells = column.labels.map(() => 0)
  for (const code of codes) ++cells[code]!
  const known = column.labels.map((label, code) => ({ label, time: times[code]!, cells: cells[code]! }))
  const labels = known.filter((each) => each.cells > 0).sort((a, b) => a.time - b.time)
  const unused = known.filter((each) => each.cells === 0).map(({ label }) => label)
  const notes = unused.length > 0 ? [`'${key}' has labels without a cell: ${quoted(unused)}`] : []
  const snapshots: SortedSnapshot[] = []
  for (const time of new Set(labels.map((each) => each.time))) {
    const here = labels.filter((each) => each.time === time).map(({ label }) => label)
    if (here.length > 1)
      notes.push(`the labels ${quoted(here)} of '${key}' are all time ${numberText(time)} and make one snapshot`)
    snapshots.push({ time, label: here.join(', '), rows: [] })
  }
  const snapshotAt = new Map(snapshots.map((snapshot) => [snapshot.time, snapshot]))
  codes.forEach((code, row) => snapshotAt.get(times[code]!)!.rows.push(row))
  return { snapshots, labels, notes }
}
