/** A of a dense model in double, from the bytes of its file. */
export function denseOperators(bytes: Uint8Array, cells: { data: Float32Array; shape: number[] }, t: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const begin = 8 + Number(view.getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, begin))) as Record<
    string,
    { dtype: string; data_offsets: [number, number] }
  > & { __metadata__: Record<string, string> }
  const tensor = (name: string) => {
    const {
      dtype,
      data_offsets: [from, to],
    } = header[name]!
    const copy = bytes.slice(begin + from, begin + to).buffer
    return Array.from(dtype === 'F64' ? new Float64Array(copy) : new Float32Array(copy))
  }
  const config = JSON.parse(header.__metadata__.config!) as { dims: number; depth: number; operator_bound: number }
  const time = JSON.parse(header.__metadata__.time!) as { origin: number; unit: number }
  const mean = tensor('latent.mean')
  const std = tensor('latent.std')
  const layers = Array.from({ length: config.depth + 1 }, (_, l) => ({
    weight: tensor(`encoder.${l}.weight`),
    bias: tensor(`encoder.${l}.bias`),
  }))
  const size = config.dims ** 2
  return Array.from({ length: cells.shape[0]! }, (_, i) => {
    let h = [...mean.map((m, d) => (cells.data[i * config.dims + d]! - m) / std[d]!), (t - time.origin) / time.unit]
    layers.forEach(({ weight, bias }, l) => {
      const next = bias.map((b, r) => h.reduce((sum, x, c) => sum + weight[r * h.length + c]! * x, b))
      h = l < config.depth ? next.map((x) => (x > 0 ? x : 0.01 * x)) : next
    })
    const a = h.slice(0, size)
    const scale = Math.sqrt(1 + a.reduce((sum, x) => sum + x * x, 0) / config.operator_bound ** 2) * time.unit
    return a.map((x) => x / scale)
  }).flat()
}
