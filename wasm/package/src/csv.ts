import { badInput } from './errors.js'
import {
  checkReadOptions,
  chosenTimeKey,
  EMBEDDING_NAMES,
  isTimeName,
  quoted,
  sortByTime,
  type ReadOptions,
} from './snapshots.js'
import type { TimeCourse } from './time_course.js'

/**
 * A time course from a table with a header line, its fields separated by commas or tabs: a column of times, and
 * coordinates in the columns `X_pca_1`, `X_pca_2`, ... (or those of `embeddingKey`), or else in all other columns
 * of numbers.
 */
export function readCsv(text: string, options: ReadOptions = {}): TimeCourse {
  checkReadOptions(options)
  if (typeof text !== 'string') throw badInput('the csv file is not given as a text')
  const [header, ...rows] = records(text.replace(/^\uFEFF/, ''))
  if (!header || header.length < 2)
    throw badInput('the table needs a header line with names, and commas or tabs between them')
  if (!rows[0]) throw badInput('the table has a header line and no cells')
  rows.forEach((row, i) => {
    if (row.length !== header.length)
      throw badInput(`row ${i + 1} after the header has ${row.length} fields where the header has ${header.length}`)
  })
  const names = header.map((name) => name.trim())
  const timeKey = chosenTimeKey(names, options.timeKey, 'column')
  const columns = coordinateColumns(names, rows[0], timeKey, options.embeddingKey)
  const values = new Float64Array(rows.length * columns.length)
  rows.forEach((row, i) => {
    columns.forEach((column, d) => {
      const value = numberOf(row[column]!)
      if (Number.isNaN(value))
        throw badInput(
          `row ${i + 1} after the header has '${row[column]}' in the column '${names[column]}': expected a number`,
        )
      values[i * columns.length + d] = value
    })
  })
  const time = names.indexOf(timeKey)
  return sortByTime({ values, columns: columns.length, labels: rows.map((row) => row[time]!), timeKey }, options).course
}

const numberOf = (field: string): number => (field.trim() === '' ? NaN : Number(field))

function coordinateColumns(names: string[], first: string[], timeKey: string, given: string | undefined): number[] {
  const ofArray = (name: string) => {
    const columns: number[] = []
    for (let d = 1; names.includes(`${name}_${d}`); ++d) columns.push(names.indexOf(`${name}_${d}`))
    return columns
  }
  if (given !== undefined) {
    const columns = ofArray(given)
    if (columns.length === 0)
      throw badInput(`there is no column '${given}_1' (embeddingKey): the columns are ${quoted(names)}`)
    return columns
  }
  const usual = EMBEDDING_NAMES.map(ofArray).find((columns) => columns.length > 0)
  if (usual) return usual
  const isCoordinate = (name: string, i: number) =>
    name !== timeKey && !isTimeName(name) && name !== '' && !Number.isNaN(numberOf(first[i]!))
  const numeric = names.flatMap((name, i) => (isCoordinate(name, i) ? [i] : []))
  if (numeric.length === 0)
    throw badInput(`the table has no columns of numbers beside the time: its columns are ${quoted(names)}`)
  return numeric
}

/** RFC 4180, with the separator that is more frequent in the header line. */
function records(text: string): string[][] {
  const line = text.slice(0, text.search(/\n|$/))
  const separator = line.split('\t').length > line.split(',').length ? '\t' : ','
  const field = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*)?)(${separator}|\\r?\\n|$)`,
    'y',
  )
  const found: string[][] = []
  let record: string[] = []
  while (field.lastIndex < text.length) {
    const at = field.lastIndex
    const match = field.exec(text)
    if (!match)
      throw badInput(`the table has a quote that is not closed, or text after one, near '${text.slice(at, at + 20)}'`)
    const [, inQuotes, plain = '', end] = match
    record.push(inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"'))
    if (end === separator && field.lastIndex < text.length) continue
    if (end === separator) record.push('')
    if (record.length > 1 || record[0] !== '') found.push(record)
    record = []
  }
  return found
}
