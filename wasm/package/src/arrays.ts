import { badInput, usage } from './errors.js'

/** Numbers in row-major order with their shape. Results are fresh copies that the caller owns. */
export interface NumberArray<Shape extends readonly number[]> {
  readonly data: Float32Array
  readonly shape: Readonly<Shape>
}

/** (rows, columns), usually cells x dimensions. */
export type Matrix = NumberArray<[rows: number, columns: number]>

/** The same in double precision. */
export interface DoubleMatrix {
  readonly data: Float64Array
  readonly shape: readonly [rows: number, columns: number]
}

/** Three axes; the function that returns it names them. */
export type Tensor = NumberArray<[first: number, second: number, third: number]>

/** What is taken as a matrix: row-major numbers with a shape, or a list of rows of equal length. */
export type MatrixLike =
  { readonly data: ArrayLike<number>; readonly shape: readonly number[] } | readonly ArrayLike<number>[]

/** What is taken as a list of numbers; a single number stands for all. */
export type Numbers = number | ArrayLike<number>

/** @internal What the module reads: any array-like of numbers with its shape. */
export interface CheckedMatrix {
  data: ArrayLike<number>
  shape: [number, number]
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return String(value)
  return Array.isArray(value) ? 'an array' : typeof value === 'string' ? JSON.stringify(value) : `a ${typeof value}`
}

function requireFinite(values: ArrayLike<unknown>, name: string, place: (index: number) => string): void {
  for (let i = 0; i < values.length; ++i) {
    if (!Number.isFinite(values[i]))
      throw badInput(`${name} holds ${describe(values[i])} at ${place(i)}: expected finite numbers`)
  }
}

/** @internal */
export function checkedMatrix(value: MatrixLike, name: string): CheckedMatrix {
  const matrix = isArrayLike(value) ? fromRows(value, name) : (value as Partial<CheckedMatrix> | null | undefined)
  const { data, shape } = matrix ?? {}
  if (!isArrayLike(data) || !isArrayLike(shape)) {
    throw usage(`${name} is ${describe(value)}: expected { data, shape: [rows, columns] } or a list of rows`)
  }
  const [rows, columns] = shape
  if (shape.length !== 2 || ![rows, columns].every((extent) => Number.isInteger(extent) && extent >= 0)) {
    throw usage(`${name} has the shape [${String(shape)}]: expected [rows, columns]`)
  }
  if (data.length !== rows! * columns!) {
    throw usage(`${name} has ${data.length} values, which is not its shape ${rows} x ${columns}`)
  }
  requireFinite(data, name, (i) => `row ${Math.floor(i / columns!)}, column ${i % columns!} (both from 0)`)
  return { data: data as ArrayLike<number>, shape: [rows!, columns!] }
}

function fromRows(rows: ArrayLike<unknown>, name: string): CheckedMatrix {
  const first = rows[0]
  const columns = isArrayLike(first) ? first.length : 0
  const data = new Float64Array(rows.length * columns)
  for (let i = 0; i < rows.length; ++i) {
    const row = rows[i]
    if (!isArrayLike(row) || row.length !== columns) {
      const got = isArrayLike(row) ? `a row of ${row.length}` : describe(row)
      throw usage(`${name} is a list whose item ${i} is ${got}: expected rows of ${columns} numbers`)
    }
    requireFinite(row, name, (j) => `row ${i}, column ${j} (both from 0)`)
    data.set(row as ArrayLike<number>, i * columns)
  }
  return { data, shape: [rows.length, columns] }
}

/** @internal A list of finite numbers. */
export function checkedNumbers(value: Numbers, name: string): Float64Array {
  const values: unknown = typeof value === 'number' ? [value] : value
  if (!isArrayLike(values)) throw usage(`${name} is ${describe(value)}: expected a number or a list of numbers`)
  requireFinite(values, name, (i) => `place ${i} (from 0)`)
  return Float64Array.from(values as ArrayLike<number>)
}

/** @internal One number for each of `count`, from one for all or a list. */
export function checkedNumberOfEach(value: Numbers, count: number, name: string): Float64Array {
  const numbers = checkedNumbers(value, name)
  if (typeof value === 'number') return new Float64Array(count).fill(value)
  if (numbers.length !== count)
    throw usage(`${name} has ${numbers.length} numbers for ${count} cells: expected one number, or one for each cell`)
  return numbers
}

/** @internal */
export function checkedNumber(value: number, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw usage(`${name} is ${describe(value)}: expected a finite number`)
  return value
}

/** @internal Bytes of a file in any of the forms in which JavaScript has them. */
export function checkedBytes(value: ArrayBuffer | ArrayBufferView, name: string): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  throw usage(`${name} is ${describe(value)}: expected the bytes of a file, as an ArrayBuffer or Uint8Array`)
}
