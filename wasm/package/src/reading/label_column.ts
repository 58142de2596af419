/** A column of any type as labels: what every time column comes down to. */
import { isMissing, numberText } from './text.js'

/** @internal */
export interface LabelColumn {
  /** The distinct values, as text. */
  labels: string[]
  /** The same as numbers; undefined where the column is text. */
  numbers: number[] | undefined
  /** (N) the label of each cell, or -1 where it is missing. */
  codes: Int32Array
  /** The order of the labels carries meaning (ordered categorical). */
  ordered: boolean
}

/** @internal Labels in the order of their first cell. */
export function columnOfTexts(
  values: readonly string[],
  missing: (value: string, row: number) => boolean,
): LabelColumn {
  const codeOf = new Map<string, number>()
  const codes = Int32Array.from(values, (value, row) => {
    if (missing(value, row)) return -1
    const code = codeOf.get(value) ?? codeOf.size
    codeOf.set(value, code)
    return code
  })
  return { labels: [...codeOf.keys()], numbers: undefined, codes, ordered: false }
}

/** @internal Labels in ascending order; NaN is missing. */
export function columnOfNumbers(values: ArrayLike<number>): LabelColumn {
  const numbers = [...new Set(Array.from(values, (value) => value + 0))]
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)
  const codeOf = new Map(numbers.map((value, code) => [value, code]))
  const codes = Int32Array.from(values, (value) => codeOf.get(value + 0) ?? -1)
  return { labels: numbers.map(numberText), numbers, codes, ordered: false }
}

/** @internal Labels that stand for no value ('NA', 'None') taken as missing, as no time is called so. */
export function withoutMissingTexts(column: LabelColumn): LabelColumn {
  if (column.numbers) return column
  const missing = column.labels.map(isMissing)
  return { ...column, codes: column.codes.map((code) => (code >= 0 && missing[code] ? -1 : code)) }
}

/** @internal The time that was meant by a number: 0.1 for the float32 0.10000000149011612, 0.3 for 3 * 0.1. */
export function tidyTime(time: number): number {
  if (!Number.isFinite(time) || Number.isInteger(time)) return time
  if (Math.fround(time) !== time) return Number(time.toPrecision(15))
  for (let digits = 1; digits < 9; ++digits) {
    const short = Number(time.toPrecision(digits))
    if (Math.fround(short) === time) return short
  }
  return Number(time.toPrecision(9))
}

/** @internal The same for all numbers of a column; those that become the same are one label. */
export function tidyTimes(column: LabelColumn): LabelColumn {
  const { numbers, codes } = column
  if (!numbers || numbers.every((number) => tidyTime(number) === number)) return column
  return columnOfNumbers(Array.from(codes, (code) => (code < 0 ? NaN : tidyTime(numbers[code]!))))
}
