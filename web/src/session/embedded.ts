/** What `cellmnn export` put into elements of the page, and packed bytes. */
import { strings } from './language.ts'

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.trim())
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** The text of an element, which is no longer needed then; null if there is none. */
export function embeddedText(id: string): string | null {
  const element = document.getElementById(id)
  if (!element?.textContent) return null
  element.remove()
  return element.textContent
}

/** The bytes that its text stands for. */
export function embedded(id: string): Uint8Array<ArrayBuffer> | null {
  const text = embeddedText(id)
  return text === null ? null : fromBase64(text)
}

export async function unpacked(gzip: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof DecompressionStream !== 'function') throw new Error(strings.peek().problems.tooOld)
  const stream = new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
