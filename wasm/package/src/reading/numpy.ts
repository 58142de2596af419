/** Numpy's arrays in an archive: numpy.lib.format, versions 1 to 3. */
import { badInput } from '../errors.js'
import { zipEntries, type ZipEntry } from './zip.js'

/** @internal An array whose header is read; its values are there once they are loaded. */
export interface NumpyArray {
  name: string
  /** As numpy writes it: '<f8'. */
  type: string
  shape: number[]
  kind: 'numbers' | 'texts' | 'other'
  load: () => Promise<void>
  /** Row-major. */
  numbers: () => Float64Array
  texts: () => string[]
}

/** @internal The arrays of an npz file, by their names. */
export async function readArrays(bytes: Uint8Array): Promise<NumpyArray[]> {
  const entries = zipEntries(bytes).filter(({ name }) => name.endsWith('.npy'))
  const arrays: NumpyArray[] = []
  for (const entry of entries) arrays.push(arrayOf(entry.name.slice(0, -4), entry, await entry.head(MOST_HEADER)))
  return arrays
}

/** @internal '(160, 5) <f4' */
export const described = ({ type, shape }: NumpyArray): string => `(${shape.join(', ')}) ${type}`

const NPY_MAGIC = '\x93NUMPY'
const MOST_HEADER = 1 << 16

function arrayOf(name: string, entry: ZipEntry, head: Uint8Array): NumpyArray {
  const damaged = (what: string) => badInput(`the array '${name}' ${what}`)
  const { begin, type, order, shape } = headerOf(head, damaged)
  const count = shape.reduce((product, extent) => product * extent, 1)
  const [, sign, letter = '', width = '0'] = /^([<>|=])([a-zA-Z])(\d+)$/.exec(type) ?? []
  const size = Number(width) * (letter === 'U' ? 4 : 1)
  const isText = letter === 'U' || letter === 'S'
  const number = NUMBERS[letter + width]
  const isLittle = sign !== '>'
  if ((isText || number) && entry.size - begin !== size * count)
    throw damaged(`has ${entry.size - begin} bytes for ${count} values of ${size} bytes`)
  let content: Uint8Array | undefined
  const values = (): DataView => new DataView(content!.buffer, content!.byteOffset + begin, content!.length - begin)
  return {
    name,
    type,
    shape,
    kind: isText ? 'texts' : number ? 'numbers' : 'other',
    load: async () => {
      content ??= await entry.content()
    },
    numbers: () => {
      const data = values()
      const read = Float64Array.from({ length: count }, (_, i) => number!(data, i * size, isLittle))
      return order === 'True' && shape.length === 2 ? transposed(read, shape) : read
    },
    texts: () => {
      const data = values()
      const one = (begin: number) => (letter === 'U' ? utf32(data, begin, size, isLittle) : utf8(data, begin, size))
      return Array.from({ length: count }, (_, i) => one(i * size).replace(/\0+$/, '')) // numpy pads with zeros
    },
  }
}

function headerOf(head: Uint8Array, damaged: (what: string) => Error) {
  if (head.length < 12 || String.fromCharCode(...head.subarray(0, 6)) !== NPY_MAGIC)
    throw damaged('is not in numpy format')
  const view = new DataView(head.buffer, head.byteOffset)
  const long = head[6]! > 1
  const begin = (long ? 12 : 10) + (long ? view.getUint32(8, true) : view.getUint16(8, true))
  if (begin > head.length) throw damaged('has a header that is cut off or too long')
  const header = new TextDecoder().decode(head.subarray(long ? 12 : 10, begin))
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? 'structured'
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1]
  const extents = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]
  if (extents === undefined) throw damaged('has a header without a shape')
  const texts = extents.split(',').flatMap((text) => text.trim() || [])
  if (!texts.every((text) => /^\d{1,15}L?$/.test(text)))
    throw damaged(`has the shape (${extents}), expected whole numbers`)
  return { begin, type, order, shape: texts.map((text) => parseInt(text, 10)) }
}

const NUMBERS: Record<string, (view: DataView, at: number, isLittle: boolean) => number> = {
  f2: (view, at, isLittle) => half(view.getUint16(at, isLittle)),
  f4: (view, at, isLittle) => view.getFloat32(at, isLittle),
  f8: (view, at, isLittle) => view.getFloat64(at, isLittle),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, isLittle) => view.getInt16(at, isLittle),
  i4: (view, at, isLittle) => view.getInt32(at, isLittle),
  i8: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, isLittle) => view.getUint16(at, isLittle),
  u4: (view, at, isLittle) => view.getUint32(at, isLittle),
  u8: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
  b1: (view, at) => view.getUint8(at),
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function utf32(view: DataView, begin: number, bytes: number, isLittle: boolean): string {
  let text = ''
  for (let at = begin; at < begin + bytes; at += 4) text += character(view.getUint32(at, isLittle))
  return text
}

const isCharacter = (code: number): boolean => code <= 0x10ffff && (code < 0xd800 || code >= 0xe000)
const character = (code: number): string => String.fromCodePoint(isCharacter(code) ? code : 0xfffd)

const utf8 = (view: DataView, begin: number, bytes: number): string =>
  new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + begin, bytes))

function transposed(values: Float64Array, [rows, columns]: number[]): Float64Array {
  const result = new Float64Array(values.length)
  for (let r = 0; r < rows!; ++r) for (let c = 0; c < columns!; ++c) result[r * columns! + c] = values[c * rows! + r]!
  return result
}
