import { badInput } from './errors.js'
import { isIndexName } from './reading/column_names.js'
import { chooseColumns, numberedArrays, type ColumnFacts } from './reading/coordinate_columns.js'
import { noteCounts, sortedCells } from './reading/course.js'
import { csvTable, type CsvTable } from './reading/csv_records.js'
import { genesRefused, whyGenes } from './reading/gene_matrix.js'
import { columnOfTexts } from './reading/label_column.js'
import { checkedReadOptions, dimsToRead, type CheckedOptions, type ReadOptions } from './reading/options.js'
import { isMissing, parseNumber, quoted } from './reading/text.js'
import { findTimeColumn, isTimeName } from './reading/time_column.js'
import type { TimeCourse } from './time_course.js'

/** A column while it is read. */
interface Column extends ColumnFacts {
  /** (N) of the time, and names of cells. */
  values: string[] | undefined
  /** (N) if it may be a coordinate; NaN where there is no number. */
  coordinates: number[]
  /** The number of the first row: 0 or 1 where rows are counted, else NaN. */
  firstRow: number
  firstText: { line: number; text: string } | undefined
}

/**
 * A time course from a table with a header line, its fields separated by commas, semicolons, tabs or spaces: a column
 * of times, and coordinates in the columns `X_pca_1`, `X_pca_2`, ... or `PC1`, `PC2`, ... (or those of `embeddingKey`),
 * or else in all columns of numbers whose names do not say that they are something else.
 */
export function readCsv(text: string, options: ReadOptions = {}): TimeCourse {
  const checked = checkedReadOptions(options)
  if (typeof text !== 'string') throw badInput('the csv file is not given as a text')
  const table = csvTable(text)
  if (table.header.length < 2)
    throw badInput('line 1 has one column only, expected names with commas or tabs between them')
  const columns = columnsOf(table, checked)
  checkHeader(columns)
  const choice = chooseColumns(columns, checked.embeddingKey)
  if (checked.embeddingKey !== undefined && choice.coordinates.length === 0)
    throw badInput(
      `there is no column '${checked.embeddingKey}_1' (embeddingKey): the columns are ${quoted(table.header)}`,
    )
  const what = choice.array === '' ? 'table' : `columns '${choice.array}...'`
  const available = choice.coordinates
  const kept = available.slice(0, dimsToRead(checked, what, available.length)).map((i) => columns[i]!)
  for (const { name, firstText } of kept)
    if (firstText)
      throw badInput(
        `line ${firstText.line}, column ${table.header.indexOf(name) + 1} ('${name}'): got '${firstText.text}', ` +
          'expected a number',
      )
  if (choice.array === '' && checked.dims === undefined) refuseGenes(available.map((i) => table.header[i]!))
  const read = (name: string) => columnOfTexts(columns.find((column) => column.name === name)!.values!, isMissing)
  const time = findTimeColumn({ kind: 'column', names: table.header, read }, checked)
  const dims = kept.length
  const count = columns[0]!.values!.length
  const values = new Float32Array(count * dims)
  kept.forEach(({ coordinates }, d) => coordinates.forEach((value, i) => (values[i * dims + d] = value)))
  const cells = sortedCells({
    values,
    dims,
    time,
    availableDims: available.length,
    embeddingKey: choice.array,
    columns: kept.map(({ name }) => name),
    notes: choice.notes,
  })
  noteCounts(cells)
  const names = choice.names === undefined ? undefined : columns[choice.names]!.values!
  return {
    snapshots: cells.snapshots,
    reading: cells.reading,
    ...(names && { annotations: { names: Array.from(cells.rows, (row) => names[row]!), labels: [], projections: [] } }),
  }
}

function columnsOf({ header, records }: CsvTable, { timeKey }: CheckedOptions): Column[] {
  const columns = header.map((name, i): Column => {
    const isTime = isTimeName(name) || name === timeKey
    const values = isTime || i === 0 || isIndexName(name) ? [] : undefined
    const facts = { name, isTime, numbers: 0, texts: 0, countsRows: false }
    return { ...facts, values, coordinates: [], firstRow: NaN, firstText: undefined }
  })
  let row = 0
  for (const { fields, line } of records()) {
    columns.forEach((column, i) => readField(fields[i]!, line, row, column))
    ++row
  }
  if (row === 0) throw badInput('the table has a header line and no cells')
  for (const column of columns) column.countsRows = column.numbers === row && !Number.isNaN(column.firstRow)
  return columns
}

function readField(field: string, line: number, row: number, column: Column): void {
  column.values?.push(field)
  if (column.isTime) return
  const number = parseNumber(field)
  const isNumber = number !== undefined && !Number.isNaN(number)
  column.coordinates.push(isNumber ? number : NaN)
  if (isNumber) {
    ++column.numbers
    if (row === 0 && (number === 0 || number === 1)) column.firstRow = number
    if (number !== column.firstRow + row) column.firstRow = NaN
  } else if (!isMissing(field)) {
    ++column.texts
    column.firstText ??= { line, text: field }
  }
}

function checkHeader(columns: readonly Column[]): void {
  const seen = new Set<string>()
  columns.forEach(({ name, texts, numbers }, i) => {
    if (name === '' && texts === 0 && numbers === 0) return // after a last separator
    if (seen.has(name)) throw badInput(`line 1, column ${i + 1}: the name '${name}' comes twice`)
    seen.add(name)
  })
}

/** Columns that were not asked for are not genes. */
function refuseGenes(names: string[]): void {
  const arrays = numberedArrays(names)
  const isOneArray = arrays.length === 1 && arrays[0]!.columns.length === names.length
  const why = whyGenes(names, isOneArray ? 0 : names.length)
  if (why !== undefined) throw genesRefused('the columns', why)
}
