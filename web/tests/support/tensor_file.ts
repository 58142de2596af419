/** A model's file with these tensors: the header, then the values. */
export function tensorFile(
  metadata: Record<string, string>,
  tensors: Record<string, Float32Array | Float64Array>,
): Uint8Array {
  let at = 0
  const header = JSON.stringify({
    __metadata__: metadata,
    ...Object.fromEntries(
      Object.entries(tensors).map(([name, values]) => [
        name,
        {
          dtype: values instanceof Float32Array ? 'F32' : 'F64',
          shape: [values.length],
          data_offsets: [at, (at += values.byteLength)],
        },
      ]),
    ),
  })
  const text = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 8) * 8))
  const bytes = new Uint8Array(8 + text.length + at)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  let to = 8 + text.length
  for (const values of Object.values(tensors)) {
    bytes.set(new Uint8Array(values.buffer), to)
    to += values.byteLength
  }
  return bytes
}
