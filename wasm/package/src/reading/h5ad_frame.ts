/** The tables obs and var, in the encodings of all versions of anndata. */
import type { H5Node } from './hdf5_node.js'
import { columnOfNumbers, columnOfTexts, type LabelColumn } from './label_column.js'
import { numberText, quoted } from './text.js'

/** The values of a plain or nullable array: texts, or numbers that are NaN where they are missing. */
type Values = { texts: string[]; missing: readonly boolean[] } | { numbers: Float64Array }

function valuesOf(node: H5Node): Values {
  const values = node.find('values')
  const mask = node.find('mask')
  if (values && mask) {
    const missing = mask.numbers() // nullable-integer, -boolean, -string-array
    const all = valuesOf(values)
    if (missing.length !== ('texts' in all ? all.texts : all.numbers).length)
      throw node.error('has a mask of another length than its values')
    if ('numbers' in all) return { numbers: all.numbers.map((value, i) => (missing[i] ? NaN : value)) }
    const texts = all.texts.map((text, i) => (missing[i] ? '' : text))
    return { texts, missing: texts.map((_, i) => missing[i] !== 0 || all.missing[i]!) }
  }
  const kind = node.kind()
  if (kind === 'number') return { numbers: node.numbers() }
  if (kind === 'text') {
    const texts = node.texts()
    return { texts, missing: texts.map((text) => text === '') }
  }
  const encoding = node.textAttribute('encoding-type') ?? 'unknown'
  throw node.error(`is stored as '${encoding}', expected numbers, strings or categories`)
}

const textsOf = (values: Values): string[] =>
  'texts' in values ? values.texts : Array.from(values.numbers, numberText)

/** @internal */
export class H5adFrame {
  readonly index: string[]
  readonly columns: string[]
  private readonly frame: H5Node

  constructor(
    private readonly root: H5Node,
    name: string,
  ) {
    this.frame = root.at(name)
    if (!this.frame.isGroup) throw this.frame.error('is not a table')
    const children = this.frame.children()
    const index = this.frame.textAttribute('_index') ?? ['_index', 'index'].find((usual) => children.includes(usual))
    if (index === undefined) throw this.frame.error(`has no index: it holds ${quoted(children)}`)
    this.index = textsOf(valuesOf(this.frame.at(index)))
    const ordered = this.frame.textsAttribute('column-order')
    this.columns =
      ordered.length > 0 ? ordered : children.filter((column) => column !== index && column !== '__categories')
  }

  error(what: string): Error {
    return this.frame.error(what)
  }

  column(name: string): LabelColumn {
    const node = this.frame.at(name)
    const column = this.read(node, name)
    if (column.codes.length !== this.index.length)
      throw node.error(`has ${column.codes.length} values where the index has ${this.index.length}`)
    return column
  }

  /** The values of a column, empty where one is missing. */
  texts(name: string): string[] {
    const { labels, codes } = this.column(name)
    return Array.from(codes, (code) => (code < 0 ? '' : labels[code]!))
  }

  private read(node: H5Node, name: string): LabelColumn {
    const codes = node.find('codes')
    const categories = node.find('categories')
    if (codes && categories) return categorical(codes, categories, isOrdered(node))
    // Of anndata 0.7 in __categories, of older ones in uns.
    const legacy = this.frame.find(`__categories/${name}`) ?? this.root.find(`uns/${name}_categories`)
    if (legacy) return categorical(node, legacy, isOrdered(legacy))
    const values = valuesOf(node)
    return 'texts' in values
      ? columnOfTexts(values.texts, (_, row) => values.missing[row]!)
      : columnOfNumbers(values.numbers)
  }
}

const isOrdered = (node: H5Node): boolean => Boolean(node.numbersAttribute('ordered')[0])

function categorical(codesNode: H5Node, categories: H5Node, ordered: boolean): LabelColumn {
  const values = valuesOf(categories)
  const labels = textsOf(values)
  const codes = codesNode.numbers()
  const wrong = codes.find((code) => !(code >= -1 && code < labels.length))
  if (wrong !== undefined)
    throw codesNode.error(`holds the code ${numberText(wrong)}, but there are ${labels.length} categories`)
  const numbers = 'numbers' in values ? Array.from(values.numbers) : undefined
  return { labels, numbers, codes: Int32Array.from(codes), ordered }
}
