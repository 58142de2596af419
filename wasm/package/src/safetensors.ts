import { checkedBytes } from './arrays.js'
import { badInput } from './errors.js'

/** Named arrays and texts, as in a safetensors file. */
export interface SafeTensors {
  metadata: Record<string, string>
  tensors: Map<string, SafeTensor>
}

export interface SafeTensor {
  shape: number[]
  values: Float32Array | Float64Array
}

const LENGTH_BYTES = 8
const ALIGNMENT = 8
const MOST_SHOWN = 100

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every(isSize)

/** A value of the header for a sentence, however deep or long it is. */
function shown(value: unknown): string {
  const isFlat = !Array.isArray(value) || value.every((item) => typeof item !== 'object' || item === null)
  const text = isFlat && (!isObject(value) || Object.keys(value).length === 0) ? JSON.stringify(value) : undefined
  return text === undefined || text.length > MOST_SHOWN ? '[...]' : text
}

const refused = (what: string) => badInput(`the file is not a valid safetensors file: ${what}`)

/** The arrays of a safetensors file, such as a model. Every byte of the values must belong to exactly one of them. */
export function readSafetensors(file: ArrayBuffer | ArrayBufferView): SafeTensors {
  const bytes = checkedBytes(file, 'the safetensors file')
  if (bytes.length < LENGTH_BYTES) throw refused(`it has only ${bytes.length} bytes`)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  if (length > bytes.length - LENGTH_BYTES)
    throw refused(`its header claims ${length} bytes, but the file has ${bytes.length}`)
  const begin = LENGTH_BYTES + Number(length)
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, begin)))
  } catch {
    throw refused('its header is not JSON')
  }
  if (!isObject(header)) throw refused('its header is not a JSON object')
  const { __metadata__: metadata = {}, ...entries } = header
  if (!isObject(metadata) || !Object.values(metadata).every((text) => typeof text === 'string')) {
    throw refused('its metadata are not all text')
  }
  const data = bytes.subarray(begin)
  const tensors = new Map<string, SafeTensor>()
  const ranges: { begin: number; end: number; name: string }[] = []
  for (const [name, entry] of Object.entries(entries)) {
    const { tensor, range } = parseTensor(name, entry, data)
    tensors.set(name, tensor)
    ranges.push({ ...range, name })
  }
  checkCoverage(ranges, data.length)
  return { metadata: metadata as Record<string, string>, tensors }
}

function parseTensor(name: string, entry: unknown, data: Uint8Array) {
  const wrong = (what: string) => refused(`the tensor '${name}' ${what}`)
  if (!isObject(entry)) throw wrong('is not described by dtype, shape and data_offsets')
  const { dtype, shape, data_offsets: offsets } = entry
  if (dtype !== 'F32' && dtype !== 'F64') throw wrong(`has the dtype ${shown(dtype)}, expected F32 or F64`)
  if (!isSizes(shape)) throw wrong(`has the shape ${shown(shape)}`)
  const [begin, end] = isSizes(offsets) && offsets.length === 2 ? offsets : []
  if (begin === undefined || end === undefined || begin > end || end > data.length) {
    throw wrong(`has data_offsets ${shown(offsets)} outside of the ${data.length} bytes of values`)
  }
  const expected = shape.reduce((product, extent) => product * extent, dtype === 'F32' ? 4 : 8)
  if (expected !== end - begin)
    throw wrong(`has the shape ${shown(shape)}, which does not fit its ${end - begin} bytes`)
  const buffer = data.slice(begin, end).buffer // aligned
  const values = dtype === 'F32' ? new Float32Array(buffer) : new Float64Array(buffer)
  return { tensor: { shape, values }, range: { begin, end } }
}

function checkCoverage(ranges: { begin: number; end: number; name: string }[], bytes: number): void {
  ranges.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let end = 0
  for (const range of ranges) {
    if (range.begin < end) throw refused(`the tensor '${range.name}' overlaps another`)
    if (range.begin > end) throw refused(`the tensor '${range.name}' follows a gap of ${range.begin - end} bytes`)
    end = range.end
  }
  if (end !== bytes) throw refused(`${bytes - end} bytes belong to no tensor`)
}

/** @internal The same bytes as the native program writes: F64 first, then F32, each by name. */
export function safetensorsBytes({ metadata, tensors }: SafeTensors): Uint8Array {
  const byName = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))
  const isDouble = ([, tensor]: [string, SafeTensor]) => tensor.values instanceof Float64Array
  const order = [...byName.filter(isDouble), ...byName.filter((entry) => !isDouble(entry))]
  const entries = new Map<string, object>()
  let size = 0
  for (const [name, { shape, values }] of order) {
    const dtype = values instanceof Float64Array ? 'F64' : 'F32'
    entries.set(name, { data_offsets: [size, size + values.byteLength], dtype, shape })
    size += values.byteLength
  }
  const sorted = (object: Iterable<[string, unknown]>) =>
    Object.fromEntries([...object].sort(([a], [b]) => (a < b ? -1 : 1)))
  const header = new TextEncoder().encode(
    JSON.stringify({ __metadata__: sorted(Object.entries(metadata)), ...sorted(entries) }),
  )
  const padded = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT
  const bytes = new Uint8Array(LENGTH_BYTES + padded + size).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.set(header, LENGTH_BYTES)
  let at = LENGTH_BYTES + padded
  for (const [, { values }] of order) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    at += values.byteLength
  }
  return bytes
}
