/** Reading safetensors: 8 bytes with the length of the header, the header as JSON, the values. */
export interface SafeTensors {
  metadata: Record<string, string>
  tensors: Map<string, { shape: number[]; values: Float32Array | Float64Array }>
}

export function parseSafetensors(bytes: Uint8Array): SafeTensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const begin = 8 + Number(view.getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, begin))) as Record<string, never>
  const { __metadata__: metadata = {}, ...entries } = header
  const tensors: SafeTensors['tensors'] = new Map()
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: [from, to] } = entry as { dtype: string; shape: number[]; data_offsets: [number, number] }
    const own = bytes.slice(begin + from, begin + to).buffer
    if (dtype !== 'F32' && dtype !== 'F64') throw new Error(`the tensor '${name}' is ${dtype}: expected F32 or F64`)
    tensors.set(name, { shape, values: dtype === 'F32' ? new Float32Array(own) : new Float64Array(own) })
  }
  return { metadata, tensors }
}
