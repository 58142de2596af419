/** What is inside an open HDF5 file. */
import type { Dataset, Group } from 'h5wasm'
import { badInput } from '../errors.js'
import { quoted } from './text.js'

/** @internal 'none' is a group, a table, or a dataset without values. */
export type ValueKind = 'none' | 'number' | 'text' | 'other'

type Item = Group | Dataset
type Type = Pick<Dataset['metadata'], 'type' | 'array_type'>

/** The classes of types of HDF5 that are told apart. */
const NUMBERS = [0, 1, 8] // integers, floats, and enumerations such as booleans
const TEXT = 3
const RECORD = 6
const ARRAY = 10

const isGroup = (item: Item): item is Group => typeof (item as Group).keys === 'function'

/** @internal A group, a dataset, or a column of a dataset of records, which looks like a group of its columns. */
export class H5Node {
  constructor(
    readonly name: string,
    private readonly item: Item,
    private readonly column?: string,
  ) {}

  error(what: string): Error {
    return badInput(`${this.name || 'the file'} ${what}`)
  }

  get isGroup(): boolean {
    return isGroup(this.item) || (this.column === undefined && this.item.metadata.type === RECORD)
  }

  /** Sorted by name, or the columns of records in their order. */
  children(): string[] {
    if (isGroup(this.item)) return this.item.keys().sort((a, b) => (a < b ? -1 : 1))
    return this.isGroup ? this.item.metadata.compound_type!.members.map(({ name }) => name) : []
  }

  /** `path` may have steps, as in 'raw/X'. */
  find(path: string): H5Node | undefined {
    const [step = '', ...rest] = path.split('/')
    if (!this.children().includes(step)) return undefined
    const name = this.name === '' ? step : `${this.name}/${step}`
    const child = isGroup(this.item) ? new H5Node(name, this.item.get(step) as Item) : new H5Node(name, this.item, step)
    return rest.length === 0 ? child : child.find(rest.join('/'))
  }

  at(path: string): H5Node {
    const child = this.find(path)
    if (!child) throw this.error(`has no '${path}': it holds ${quoted(this.children())}`)
    return child
  }

  private attribute(name: string): unknown {
    return this.column === undefined ? this.item.attrs[name]?.value : undefined
  }

  textAttribute(name: string): string | undefined {
    const value = this.attribute(name)
    return typeof value === 'string' ? value : undefined
  }

  textsAttribute(name: string): string[] {
    const value = this.attribute(name)
    if (typeof value === 'string') return [value]
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : []
  }

  numbersAttribute(name: string): number[] {
    const value = this.attribute(name)
    if (['number', 'bigint', 'boolean'].includes(typeof value)) return [Number(value)]
    return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number | bigint>, Number) : []
  }

  private type(): Type {
    const { metadata } = this.item as Dataset
    if (this.column === undefined) return metadata
    return metadata.compound_type!.members.find(({ name }) => name === this.column)!
  }

  kind(): ValueKind {
    if (this.isGroup || (this.item as Dataset).shape === null) return 'none'
    const { type, array_type: inner } = this.type()
    const kind = type === ARRAY ? inner?.type : type
    return kind === TEXT ? 'text' : NUMBERS.includes(kind ?? -1) ? 'number' : 'other'
  }

  shape(): number[] {
    const { shape } = this.item as Dataset
    return [...(shape ?? []), ...(this.type().array_type?.shape ?? [])]
  }

  /** `count` rows from `first` on, of each the first `columns` values, row after row. */
  rows(first: number, count: number, columns: number): ArrayLike<number> {
    if (this.kind() !== 'number') throw this.error('does not hold numbers')
    if (count === 0 || columns === 0) return []
    if (this.column !== undefined) {
      const rows = this.records().slice(first, first + count) as (number | ArrayLike<number>)[]
      return rows.flatMap((row) => (typeof row === 'number' ? row : Array.from(row).slice(0, columns)))
    }
    const isMatrix = this.shape().length > 1
    const ranges = [[first, first + count], ...(isMatrix ? [[0, columns]] : [])]
    return plain((this.item as Dataset).slice(ranges as [number, number][]))
  }

  numbers(): Float64Array {
    const shape = this.shape()
    if (shape.length !== 1) throw this.error(`has ${shape.length} axes, expected 1`)
    return Float64Array.from(this.rows(0, shape[0]!, 1))
  }

  texts(): string[] {
    if (this.kind() !== 'text' || this.shape().length !== 1) throw this.error('does not hold strings with one axis')
    const values = this.column === undefined ? (this.item as Dataset).value : this.records()
    return Array.from((values ?? []) as (string | null)[], (text) => text ?? '')
  }

  /** The values of this column of records. */
  private records(): unknown[] {
    const { metadata, value } = this.item as Dataset
    const place = metadata.compound_type!.members.findIndex(({ name }) => name === this.column)
    return ((value ?? []) as unknown[][]).map((record) => record[place])
  }
}

/** 64-bit integers become numbers. */
function plain(values: unknown): ArrayLike<number> {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    return Float64Array.from(values as BigInt64Array, Number)
  return values as ArrayLike<number>
}
