import { checkedBytes } from './arrays.js'
import { badInput } from './errors.js'
import {
  checkReadOptions,
  chosenTimeKey,
  EMBEDDING_NAMES,
  isTimeName,
  sortByTime,
  type ReadOptions,
} from './snapshots.js'
import type { TimeCourse } from './time_course.js'

/**
 * A time course from a numpy archive: an array (N, D) of coordinates such as `pcs`, and one (N) of times such as
 * `sample_labels`.
 */
export async function readNpz(bytes: ArrayBuffer | ArrayBufferView, options: ReadOptions = {}): Promise<TimeCourse> {
  checkReadOptions(options)
  const arrays = await readArrays(checkedBytes(bytes, 'the npz file'))
  const names = arrays.filter(({ shape, kind }) => shape.length === 2 && kind === 'numbers').map(({ name }) => name)
  const usual = EMBEDDING_NAMES.find((name) => names.includes(name)) ?? (names.length === 1 ? names[0] : undefined)
  const embedding = options.embeddingKey ?? usual
  const cells = arrays.find(({ name }) => name === embedding)
  if (!cells || !names.includes(cells.name)) {
    const held =
      arrays.map(({ name, type, shape }) => `'${name}' (${type}, ${shape.join(' x ')})`).join(', ') || 'no arrays'
    throw badInput(
      `there is no array '${embedding ?? 'pcs'}' of numbers (cells, dimensions); ` +
        `the file holds ${held}: choose one as embeddingKey`,
    )
  }
  const [count, columns] = cells.shape as [number, number]
  const isList = ({ name, shape, kind }: NumpyArray) =>
    shape.length === 1 && shape[0] === count && kind !== 'other' && name !== 'names'
  const lists = arrays.filter(isList).map(({ name }) => name)
  const only = lists.length === 1 && !isTimeName(lists[0]!) ? lists[0] : undefined
  const standard = lists.includes('sample_labels') ? 'sample_labels' : only
  const timeKey = chosenTimeKey(lists, options.timeKey ?? standard, 'array')
  const times = arrays.find(({ name }) => name === timeKey)!
  return sortByTime({ values: cells.read() as ArrayLike<number>, columns, labels: times.read(), timeKey }, options)
    .course
}

interface NumpyArray {
  name: string
  /** As numpy writes it: '<f8'. */
  type: string
  shape: number[]
  kind: 'numbers' | 'texts' | 'other'
  /** Row-major. */
  read(): ArrayLike<number> | string[]
}

async function readArrays(bytes: Uint8Array): Promise<NumpyArray[]> {
  const entries = await unzip(bytes)
  return entries.flatMap(([name, content]) => (name.endsWith('.npy') ? [parseNpy(name.slice(0, -4), content)] : []))
}

// zip: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16
const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const MOST_COMMENT = 0xffff

async function unzip(bytes: Uint8Array): Promise<[name: string, content: Uint8Array][]> {
  const damaged = (what: string) => badInput(`the file is not a valid npz (zip) archive: ${what}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - END_BYTES
  const first = Math.max(0, end - MOST_COMMENT)
  while (end >= first && view.getUint32(end, true) !== END_SIGNATURE) --end
  if (end < first) throw damaged('it has no directory')
  const entries: [string, Uint8Array][] = []
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; --left) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw damaged('its directory is cut off')
    const method = view.getUint16(at + 10, true)
    const compressed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const local = view.getUint32(at + 42, true)
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength))
    at += ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (local + LOCAL_BYTES > end || view.getUint32(local, true) !== LOCAL_SIGNATURE)
      throw damaged(`'${name}' is not where its directory says`)
    const begin = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (begin + compressed > end) throw damaged(`'${name}' is cut off`)
    const stored = bytes.subarray(begin, begin + compressed)
    if (method !== 0 && method !== 8) throw damaged(`'${name}' is compressed with method ${method}, expected 0 or 8`)
    const content =
      method === 0
        ? stored
        : await inflate(stored).catch(() => {
            throw damaged(`'${name}' cannot be decompressed`)
          })
    if (content.length !== size) throw damaged(`'${name}' has ${content.length} bytes, its directory says ${size}`)
    entries.push([name, content])
  }
  return entries
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const NPY_MAGIC = '\x93NUMPY'

/** numpy.lib.format, versions 1 to 3. */
function parseNpy(name: string, bytes: Uint8Array): NumpyArray {
  const damaged = (what: string) => badInput(`the array '${name}' ${what}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(0, 6)) !== NPY_MAGIC)
    throw damaged('is not in numpy format')
  const long = bytes[6]! > 1
  const begin = (long ? 12 : 10) + (long ? view.getUint32(8, true) : view.getUint16(8, true))
  const header = new TextDecoder().decode(bytes.subarray(long ? 12 : 10, begin))
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1]
  const extents = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]
  if (extents === undefined) throw damaged('has a header without a shape')
  const shape = extents
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean)
    .map(Number)
  const count = shape.reduce((product, extent) => product * extent, 1)
  const type = descr ?? 'objects'
  const format = npyFormat(type, count)
  if (!format)
    return {
      name,
      type,
      shape,
      kind: 'other',
      read: () => {
        throw damaged(`has the type ${type}: expected little-endian numbers or strings`)
      },
    }
  const read = () => {
    const data = bytes.slice(begin)
    if (data.length !== format.bytesOf * count)
      throw damaged(`has ${data.length} bytes for ${count} values of ${format.bytesOf} bytes`)
    const values = format.values(data.buffer)
    return order === 'True' && shape.length === 2 ? transposed(values as ArrayLike<number>, shape) : values
  }
  return { name, type, shape, kind: format.isText ? 'texts' : 'numbers', read }
}

type Values = ArrayLike<number> | string[]

function npyFormat(
  descr: string,
  count: number,
): { bytesOf: number; isText?: true; values: (buffer: ArrayBuffer) => Values } | undefined {
  const numbers = <T extends Values>(bytesOf: number, type: new (buffer: ArrayBuffer) => T) => ({
    bytesOf,
    values: (buffer: ArrayBuffer) => new type(buffer),
  })
  const big = (type: typeof BigInt64Array | typeof BigUint64Array) => ({
    bytesOf: 8,
    values: (buffer: ArrayBuffer) => Float64Array.from(new type(buffer) as BigInt64Array, Number),
  })
  const [, kind, width] = /^[<|]([a-zA-Z])(\d+)$/.exec(descr) ?? []
  switch (`${kind}${width}`) {
    case 'f4':
      return numbers(4, Float32Array)
    case 'f8':
      return numbers(8, Float64Array)
    case 'i1':
      return numbers(1, Int8Array)
    case 'i2':
      return numbers(2, Int16Array)
    case 'i4':
      return numbers(4, Int32Array)
    case 'i8':
      return big(BigInt64Array)
    case 'u1':
      return numbers(1, Uint8Array)
    case 'u2':
      return numbers(2, Uint16Array)
    case 'u4':
      return numbers(4, Uint32Array)
    case 'u8':
      return big(BigUint64Array)
  }
  if (kind !== 'U' && kind !== 'S') return undefined
  const length = Number(width)
  const text = (buffer: ArrayBuffer) => {
    const codes = kind === 'U' ? new Uint32Array(buffer) : new Uint8Array(buffer)
    return Array.from({ length: count }, (_, i) =>
      String.fromCodePoint(...codes.subarray(i * length, (i + 1) * length)).replace(/\0+$/, ''),
    )
  }
  return { bytesOf: length * (kind === 'U' ? 4 : 1), isText: true, values: text }
}

function transposed(values: ArrayLike<number>, [rows, columns]: number[]): Float64Array {
  const result = new Float64Array(values.length)
  for (let r = 0; r < rows!; ++r) for (let c = 0; c < columns!; ++c) result[r * columns! + c] = values[c * rows! + r]!
  return result
}
