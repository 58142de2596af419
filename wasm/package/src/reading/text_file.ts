import { checkedBytes } from '../arrays.js'
import { badInput } from '../errors.js'

/** The text of a file in UTF-8, which may be compressed with gzip. Other encodings are refused: names would suffer. */
export async function readText(bytes: ArrayBuffer | ArrayBufferView): Promise<string> {
  const given = checkedBytes(bytes, 'the text file')
  const plain = given[0] === 0x1f && given[1] === 0x8b ? await unzipped(given) : given
  if ((plain[0] === 0xff && plain[1] === 0xfe) || (plain[0] === 0xfe && plain[1] === 0xff))
    throw badInput("the file is UTF-16, expected UTF-8: save it again, in Excel as 'CSV UTF-8'")
  if (plain.includes(0)) throw badInput('the file is not a text file')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    throw badInput("the file is not UTF-8: save it as UTF-8, for example by 'iconv -f latin1 -t utf-8'")
  }
}

async function unzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'))
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer())
  } catch {
    throw badInput('the file is damaged or truncated: it cannot be decompressed')
  }
}
