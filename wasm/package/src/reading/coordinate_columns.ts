/** Which columns of a table are the coordinates of the cells, and which hold their names. */
import { isAnnotationName, isIndexName, rankOfArray } from './column_names.js'
import { lowerCase, quoted } from './text.js'

/** @internal What is known of a column once the whole table has been read. */
export interface ColumnFacts {
  name: string
  isTime: boolean
  /** Fields that are numbers, and fields that are texts; the others are blank or missing. */
  numbers: number
  texts: number
  /** It holds 0, 1, 2, ... or 1, 2, 3, ... */
  countsRows: boolean
}

/** @internal Columns NAME1, NAME2, ... or NAME_0, NAME_1, ... */
export interface NumberedArray {
  /** Without the separator at its end. */
  name: string
  columns: number[]
  /** A column beyond a missing number. */
  afterGap: string | undefined
}

/** @internal */
export interface ColumnChoice {
  names: number | undefined
  /** The array that was chosen, or empty: all that could be. */
  array: string
  coordinates: number[]
  notes: string[]
}

const ROWS_TO_COUNT = 5 // fewer numbers in a row are an accident

/** Text, and not numbers with a slip in them. */
const isText = ({ texts, numbers }: ColumnFacts): boolean => texts > numbers
const isBlank = ({ texts, numbers }: ColumnFacts): boolean => texts === 0 && numbers === 0
const numbersRows = ({ countsRows, numbers }: ColumnFacts): boolean => countsRows && numbers >= ROWS_TO_COUNT

/** @internal All arrays whose numbers begin with 0 or 1, in the order of their first columns. */
export function numberedArrays(header: readonly string[]): NumberedArray[] {
  const columnsOf = new Map<string, Map<number, number>>()
  header.forEach((name, i) => {
    const [, before = '', digits = ''] = /^(.*?[^0-9])([0-9]{1,6})$/s.exec(name) ?? []
    if (before === '') return
    const columns = columnsOf.get(before) ?? new Map<number, number>()
    columnsOf.set(before, columns)
    if (!columns.has(Number(digits))) columns.set(Number(digits), i)
  })
  return [...columnsOf].flatMap(([before, columns]) => {
    const numbers = [...columns.keys()].sort((a, b) => a - b)
    const first = numbers[0]!
    if (first > 1) return []
    const gap = numbers.findIndex((number, i) => number !== first + i)
    const kept = gap < 0 ? numbers : numbers.slice(0, gap)
    return [
      {
        name: before.replace(/[ _.\-:]+$/, '') || before,
        columns: kept.map((number) => columns.get(number)!),
        afterGap: gap < 0 ? undefined : header[columns.get(numbers[gap]!)!],
      },
    ]
  })
}

/** The first column that holds names, if any column does. */
function namesColumn(columns: readonly ColumnFacts[]): number | undefined {
  const found = columns.findIndex((column, i) => {
    if (column.isTime || isBlank(column)) return false
    const first = i === 0
    return (isIndexName(column.name) && (first || isText(column))) || (first && (isText(column) || numbersRows(column)))
  })
  return found < 0 ? undefined : found
}

function bestArray(arrays: readonly NumberedArray[], columns: readonly ColumnFacts[]): NumberedArray | undefined {
  const usable = arrays.filter(
    ({ name, columns: its }) => rankOfArray(name) >= 0 && its.every((i) => !isText(columns[i]!) && !columns[i]!.isTime),
  )
  return usable.sort((a, b) => rankOfArray(a.name) - rankOfArray(b.name))[0]
}

function take({ name, columns: its, afterGap }: NumberedArray, columns: readonly ColumnFacts[]): ColumnChoice {
  const notes =
    afterGap === undefined
      ? []
      : [
          `the columns of '${name}' end with '${columns[its.at(-1)!]!.name}': '${afterGap}' comes after a gap and is ` +
            'left out',
        ]
  return { names: namesColumn(columns), array: name, coordinates: its, notes }
}

/** Says which columns stay beside coordinates whose name, such as 'x', might mean anything. */
function nameOthers(columns: readonly ColumnFacts[], choice: ColumnChoice): void {
  const others = columns.filter(
    (column, i) => choice.names !== i && !choice.coordinates.includes(i) && !column.isTime && !isBlank(column),
  )
  const texts = others.filter(isText).map(({ name }) => name)
  const numbers = others.filter((column) => !isText(column)).map(({ name }) => name)
  if (texts.length > 0) choice.notes.push(`columns without numbers are left out: ${quoted(texts)}`)
  if (numbers.length > 0)
    choice.notes.push(`columns besides those of '${choice.array}' are left out: ${quoted(numbers)}`)
}

/** All columns of numbers that have no other meaning; says which have. */
function takeAll(columns: readonly ColumnFacts[], arrays: readonly NumberedArray[]): ColumnChoice {
  const pictures = new Set(arrays.filter(({ name }) => rankOfArray(name) === -2).flatMap((array) => array.columns))
  const names = namesColumn(columns)
  const texts: string[] = []
  const annotations: string[] = []
  const rows: string[] = []
  const coordinates: number[] = []
  const drawn: number[] = []
  columns.forEach((column, i) => {
    const { name, isTime } = column
    if (isTime || names === i || (name === '' && isBlank(column))) return
    if (isText(column) || isBlank(column)) texts.push(name)
    else if (isIndexName(name) || numbersRows(column)) rows.push(name)
    else if (isAnnotationName(name)) annotations.push(name)
    else if (pictures.has(i)) drawn.push(i)
    else coordinates.push(i)
  })
  const notes: string[] = []
  if (coordinates.length === 0 && drawn.length > 0) {
    coordinates.push(...drawn.splice(0))
    notes.push('the coordinates are those of a picture, which bends distances: principal components are better')
  }
  annotations.push(...drawn.map((i) => columns[i]!.name))
  if (texts.length > 0) notes.push(`columns without numbers are left out: ${quoted(texts)}`)
  if (rows.length > 0) notes.push(`columns that number the cells are left out: ${quoted(rows)}`)
  if (annotations.length > 0)
    notes.push(`columns that are no coordinates by their names are left out: ${quoted(annotations)}`)
  return { names, array: '', coordinates, notes }
}

/** @internal The array `given`, else the best known one (principal components first), else all columns of numbers but
 * row numbers, clusters, quality measures and pictures such as UMAP. */
export function chooseColumns(columns: readonly ColumnFacts[], given: string | undefined): ColumnChoice {
  const arrays = numberedArrays(columns.map(({ name }) => name))
  if (given !== undefined) {
    const named = arrays.find(({ name }) => lowerCase(name) === lowerCase(given))
    return named ? take(named, columns) : { names: namesColumn(columns), array: '', coordinates: [], notes: [] }
  }
  const best = bestArray(arrays, columns)
  if (!best || (best.columns.length < 2 && rankOfArray(best.name) !== 0)) return takeAll(columns, arrays)
  const choice = take(best, columns)
  if (rankOfArray(best.name) > 1) nameOthers(columns, choice)
  return choice
}
