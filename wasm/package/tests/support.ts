import { expect } from 'vitest'
import { loadCellMnn, type Model, type TimeCourse } from 'cellmnn'
import type { KnownFates } from 'cellmnn/genes'

export { refuses, rejects } from './refusals.js'

export const lib = await loadCellMnn()

export const { data } = lib.simulate({ cells: 150, genes: 12 })

/** Which of the last cells have a second coordinate above 0. */
export const sides: KnownFates = {
  names: ['left', 'right'],
  ofCells: data.snapshots.map(({ cells: { data: x, shape } }, s) =>
    Array.from({ length: shape[0] }, (_, i) => (s < data.snapshots.length - 1 ? -1 : x[i * shape[1] + 1]! > 0 ? 1 : 0)),
  ),
}

/** A model that has seen a few steps. */
export function trained(course: TimeCourse = data, steps = 20): Model {
  const trainer = lib.createTrainer(course, { steps, width: 24, depth: 2 })
  trainer.run()
  const model = trainer.model()
  trainer.dispose()
  return model
}

/** The bytes of a model with two sides, made of two models of the same sizes. */
export function twoSidedBytes(forward: Uint8Array, reversed: Uint8Array): Uint8Array {
  const parts = (bytes: Uint8Array) => {
    const begin = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, begin))) as Record<string, Entry>
    return { header, values: bytes.subarray(begin) }
  }
  interface Entry {
    data_offsets: [number, number]
  }
  const [first, second] = [parts(forward), parts(reversed)]
  const { __metadata__: metadata, ...tensors } = first.header
  const header: Record<string, unknown> = { __metadata__: { ...metadata, format: 'cellmnn/2' }, ...tensors }
  const values = [first.values]
  let size = first.values.length
  for (const [name, entry] of Object.entries(second.header)) {
    if (!name.startsWith('encoder.')) continue
    const [from, to] = entry.data_offsets
    header[name.replace('encoder', 'reversed')] = { ...entry, data_offsets: [size, size + to - from] }
    values.push(second.values.subarray(from, to))
    size += to - from
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const file = new Uint8Array(8 + text.length + size)
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true)
  let at = 8
  for (const part of [text, ...values]) {
    file.set(part, at)
    at += part.length
  }
  return file
}

/** The largest difference of two lists, in proportion to the largest value. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  let difference = 0
  let size = 0
  for (let i = 0; i < a.length; ++i) {
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!))
    size = Math.max(size, Math.abs(b[i]!))
  }
  return Number.isNaN(difference) ? Infinity : difference / size
}

/** n x D numbers that depend on the seed only. */
export function cloud(n: number, dims: number, seed: number): { data: Float32Array; shape: [number, number] } {
  let state = seed
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
  return { data: Float32Array.from({ length: n * dims }, () => next() * 2 - 1), shape: [n, dims] }
}
