/** Text tables (RFC 4180) with commas, semicolons, tabs or spaces between the fields, as Excel, R and pandas write. */
import { badInput } from '../errors.js'
import { decimalMark } from './decimal_comma.js'
import { trimmed } from './text.js'

/** @internal */
export interface CsvRecord {
  fields: string[]
  /** Where it begins, from 1. */
  line: number
}

/** @internal A table as text, and how it is written. */
export interface CsvTable {
  /** As many names as the records have fields, without spaces around them. */
  header: string[]
  records: () => Generator<CsvRecord>
}

interface Layout {
  separator: string
  /** Of the first record in the text. */
  begin: number
  line: number
}

function layoutOf(text: string): Layout {
  const header = /^[^\n]*/.exec(text)![0]
  const named = /^sep=([^])$/.exec(trimmed(header))
  if (named) return { separator: named[1]!, begin: header.length + 1, line: 2 }
  const unquoted = header.split('"').filter((_, i) => i % 2 === 0)
  let separator = ','
  let most = 0
  for (const candidate of [',', '\t', ';']) {
    const count = unquoted.join('').split(candidate).length - 1
    if (count > most) separator = candidate
    most = Math.max(most, count)
  }
  if (most === 0 && trimmed(header).includes(' ')) separator = ' '
  return { separator, begin: 0, line: 1 }
}

const NEW_LINE = 10
const RETURN = 13

/** The records that are not blank. */
function* recordsOf(text: string, { separator, begin, line: firstLine }: Layout): Generator<CsvRecord> {
  let at = begin
  let line = firstLine
  const separatorCode = separator.charCodeAt(0)
  const isLineEnd = () => {
    const code = text.charCodeAt(at)
    return code === NEW_LINE || (code === RETURN && text.charCodeAt(at + 1) === NEW_LINE) || at >= text.length
  }
  const skipSpaces = () => {
    while (separator === ' ' && text[at] === ' ') ++at
  }
  const endLine = () => {
    at = text.indexOf('\n', at) + 1
    ++line
  }
  const quotedField = () => {
    const opened = line
    let field = ''
    for (++at; ;) {
      const quote = text.indexOf('"', at)
      if (quote < 0) throw badInput(`line ${opened}: a quoted field is not closed`)
      field += text.slice(at, quote)
      at = quote + 1
      if (text[at] !== '"') break
      field += '"'
      ++at
    }
    line += field.split('\n').length - 1
    if (!isLineEnd() && text[at] !== separator)
      throw badInput(`line ${line}: text follows the closing quote of a field`)
    return field
  }
  const plainField = () => {
    const start = at
    while (text.charCodeAt(at) !== separatorCode && !isLineEnd()) ++at
    return text.slice(start, at)
  }
  for (;;) {
    skipSpaces()
    while (at < text.length && isLineEnd()) {
      endLine()
      skipSpaces()
    }
    if (at >= text.length) return
    const record: CsvRecord = { fields: [], line }
    for (;;) {
      record.fields.push(text[at] === '"' ? quotedField() : plainField())
      skipSpaces()
      if (isLineEnd()) break
      if (separator !== ' ') ++at
    }
    if (at < text.length) endLine()
    if (record.fields.length === 1 || record.fields.some((field) => field !== '')) yield record
  }
}

/** The line of the first number with a decimal comma, if the numbers of the table have such. */
function decimalCommaLine(text: string, layout: Layout): number | undefined {
  if (layout.separator === ',') return undefined
  let isHeader = true
  for (const { fields, line } of recordsOf(text, layout)) {
    for (const field of isHeader ? [] : fields) {
      const mark = decimalMark(field)
      if (mark === 'point') return undefined
      if (mark === 'comma' || (layout.separator === ';' && mark === 'unclear')) return line
    }
    isHeader = false
  }
  return undefined
}

function withPoints({ fields, line }: CsvRecord, commaLine: number): CsvRecord {
  return {
    line,
    fields: fields.map((field) => {
      const mark = decimalMark(field)
      if (mark === 'point')
        throw badInput(
          `line ${line} has '${field}', but line ${commaLine} has a decimal comma: expected one decimal mark in a file`,
        )
      return mark === 'none' ? field : field.replace(',', '.')
    }),
  }
}

/** As many names as the next record has fields: R leaves out the first, and lines may end with a separator. */
function headerOf(text: string, layout: Layout): string[] {
  const [first, second] = take(recordsOf(text, layout), 2)
  if (!first) throw badInput('the table is empty, expected a header line')
  const names = first.fields.map(trimmed)
  if (second?.fields.length !== names.length + 1) return names
  return second.fields.at(-1) === '' ? [...names, ''] : ['', ...names]
}

function take<T>(items: Generator<T>, count: number): T[] {
  const taken: T[] = []
  for (const item of items) {
    taken.push(item)
    if (taken.length === count) break
  }
  return taken
}

/** @internal */
export function csvTable(given: string): CsvTable {
  const plain = given.replace(/^\uFEFF/, '')
  const text = plain.includes('\n') ? plain : plain.replaceAll('\r', '\n')
  if (text.includes('\0')) throw badInput('the table is not a text')
  const layout = layoutOf(text)
  const commaLine = decimalCommaLine(text, layout)
  const header = headerOf(text, layout)
  return {
    header,
    *records() {
      let isHeader = true
      for (const record of recordsOf(text, layout)) {
        if (!isHeader) {
          if (record.fields.length !== header.length)
            throw badInput(
              `line ${record.line} has ${record.fields.length} fields where the header has ${header.length}`,
            )
          yield commaLine === undefined ? record : withPoints(record, commaLine)
        }
        isHeader = false
      }
    },
  }
}
