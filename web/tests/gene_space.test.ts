import { expect, test } from 'vitest'
import { changedCell, expressionOf, similarGenes, strongestInteractions, type Genes, type ModelSpace } from '../src/gene_space.ts'
import { geneSpaceOf } from '../src/gene_space.ts'

/** A model's file with these tensors: the header, then the values. */
function fileOf(metadata: Record<string, string>, tensors: Record<string, Float32Array | Float64Array>): Uint8Array {
  let at = 0
  const header = JSON.stringify({
    __metadata__: metadata,
    ...Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, { dtype: values instanceof Float32Array ? 'F32' : 'F64', shape: [values.length], data_offsets: [at, (at += values.byteLength)] }])),
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

// Four genes, two components, neither orthogonal nor of unit length.
const V = [[1, 0.5], [-0.25, 2], [0.5, 0.5], [0, -1]]
const names = ['a', 'b', 'c', 'd']
const mean = [2, 1, 3, 0.5]
const space: ModelSpace = geneSpaceOf(fileOf({ genes: JSON.stringify(names) }, {
  'latent.std': Float64Array.of(2, 0.5),
  'latent.loadings': Float32Array.from(V.flat()),
  'latent.gene_mean': Float32Array.from(mean),
}))
const genes = space.genes as Genes
const x = Float32Array.of(0.5, -0.25)

test('W is the dual of V: W^T V = 1', () => {
  for (let a = 0; a < 2; ++a) {
    for (let b = 0; b < 2; ++b) {
      const sum = V.reduce((all, row, g) => all + genes.dual[2 * g + a]! * row[b]!, 0)
      expect(sum).toBeCloseTo(a === b ? 1 : 0, 6)
    }
  }
})

test('expression is mean + V x', () => {
  names.forEach((_, g) => expect(expressionOf(genes, g, x, 0, 2)).toBeCloseTo(mean[g]! + V[g]![0]! * 0.5 - V[g]![1]! * 0.25, 6))
})

test('effects are what a change of one gene does to the rates: V S A S^-1 W^T de', () => {
  const a = [0.3, -1.2, 0.7, 0.1]
  const found = strongestInteractions(space, a, x, 12)
  expect(found).toHaveLength(12)
  expect(found.map(({ effect }) => Math.abs(effect))).toEqual(found.map(({ effect }) => Math.abs(effect)).sort((p, q) => q - p))
  for (const { regulator, target, effect } of found) {
    // The latent rates dx/dt = S A S^-1 x of the cell as it is, less those without the regulator.
    const absent = changedCell(genes, regulator, 0, x, 2)
    const rate = (at: Float32Array) => [2 * ((a[0]! * at[0]!) / 2 + (a[1]! * at[1]!) / 0.5), 0.5 * ((a[2]! * at[0]!) / 2 + (a[3]! * at[1]!) / 0.5)]
    const [before, after] = [rate(x), rate(absent)]
    const change = V[target]![0]! * (before[0]! - after[0]!) + V[target]![1]! * (before[1]! - after[1]!)
    expect(effect).toBeCloseTo(change, 4)
  }
})

test('a knock-out takes away what the components carry; level 1 changes nothing', () => {
  expect([...changedCell(genes, 2, 1, x, 2)]).toEqual([...x])
  const after = changedCell(genes, 0, 0, x, 2)
  const e = expressionOf(genes, 0, x, 0, 2)
  // Least squares: V dx is the nearest to (-e, 0, 0, 0) among all V dx, so that the rest is orthogonal to V.
  const rest = V.map((row, g) => (g === 0 ? -e : 0) - row[0]! * (after[0]! - x[0]!) - row[1]! * (after[1]! - x[1]!))
  for (let d = 0; d < 2; ++d) expect(rest.reduce((sum, value, g) => sum + value * V[g]![d]!, 0)).toBeCloseTo(0, 5)
})

test('similar genes leave out the gene itself and those without loadings', () => {
  expect(similarGenes(genes, 0, 2, 9).sort()).toEqual([1, 2, 3])
  const silent: Genes = { ...genes, loadings: genes.loadings.slice().fill(0, 2, 4) }
  expect(similarGenes(silent, 0, 2, 9).sort()).toEqual([2, 3])
})

test('a model without genes has a space without genes', () => {
  expect(geneSpaceOf(fileOf({}, { 'latent.std': Float64Array.of(1, 1) })).genes).toBeNull()
})
