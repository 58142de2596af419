/** Zip archives: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16. */
import { badInput } from '../errors.js'

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const MOST_COMMENT = 0xffff

/** @internal */
export async function unzip(bytes: Uint8Array): Promise<[name: string, content: Uint8Array][]> {
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
