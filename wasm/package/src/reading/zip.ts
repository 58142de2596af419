/** Zip archives: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16. */
import { badInput } from '../errors.js'

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const MOST_COMMENT = 0xffff

const MOST_RATIO = 1032 // of deflate

/** @internal An entry of an archive. Nothing is inflated before it is asked for. */
export interface ZipEntry {
  name: string
  /** Bytes, as its directory says. */
  size: number
  /** Its first bytes, at most so many. */
  head(bytes: number): Promise<Uint8Array>
  content(): Promise<Uint8Array>
}

/** @internal The entries in the order of the directory. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const damaged = (what: string) => badInput(`the file is not a valid npz (zip) archive: ${what}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - END_BYTES
  const first = Math.max(0, end - MOST_COMMENT)
  while (end >= first && view.getUint32(end, true) !== END_SIGNATURE) --end
  if (end < first) throw damaged('it has no directory')
  const entries: ZipEntry[] = []
  const places: { name: string; local: number; end: number }[] = []
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; --left) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw damaged('its directory is cut off')
    const method = view.getUint16(at + 10, true)
    const checksum = view.getUint32(at + 16, true)
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
    places.push({ name, local, end: begin + compressed })
    if (method !== 0 && method !== 8) throw damaged(`'${name}' is compressed with method ${method}, expected 0 or 8`)
    if (size > (method === 0 ? compressed : compressed * MOST_RATIO))
      throw damaged(`'${name}' has ${compressed} bytes, which cannot hold the ${size} of its directory`)
    const stored = bytes.subarray(begin, begin + compressed)
    const read = (most: number) =>
      method === 0
        ? Promise.resolve(stored.subarray(0, most))
        : inflate(stored, most).catch((error: unknown) => {
            throw error instanceof RangeError ? error : damaged(`'${name}' cannot be decompressed`)
          })
    entries.push({
      name,
      size,
      head: (most) => read(Math.min(most, size)),
      content: async () => {
        const content = await read(size + 1)
        if (content.length !== size) throw damaged(`'${name}' has other bytes than the ${size} that its directory says`)
        if (crc32(content) !== checksum) throw damaged(`the checksum of '${name}' is wrong`)
        return content
      },
    })
  }
  places.sort((a, b) => a.local - b.local)
  places.forEach(({ name, local }, i) => {
    const before = places[i - 1]
    if (before && local < before.end) throw damaged(`'${before.name}' and '${name}' overlap`)
  })
  return entries
}

/** At most so many bytes. */
async function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const reader = stream.getReader()
  const inflated = new Uint8Array(most)
  let at = 0
  while (at < most) {
    const { done, value } = await reader.read()
    if (done) break
    const used = value.subarray(0, most - at)
    inflated.set(used, at)
    at += used.length
  }
  await reader.cancel().catch(() => undefined)
  return inflated.subarray(0, at)
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 255]!
  return ~crc >>> 0
}
