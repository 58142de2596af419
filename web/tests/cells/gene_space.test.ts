import { expect, test } from 'vitest'
import { changeOf, changesBetween, expressionOf, genesOf, type Genes } from '../../src/cells/gene_space.ts'
import { tensorFile } from '../support/tensor_file.ts'

// Four genes, two components.
const V = [
  [1, 0.5],
  [-0.25, 2],
  [0.5, 0.5],
  [0, -1],
]
const names = ['a', 'b', 'c', 'd']
const mean = [2, 1, 3, 0.5]
const genes = genesOf(
  tensorFile(
    { genes: JSON.stringify(names) },
    {
      'latent.std': Float64Array.of(2, 0.5),
      'latent.loadings': Float32Array.from(V.flat()),
      'latent.gene_mean': Float32Array.from(mean),
    },
  ),
) as Genes
const x = Float32Array.of(0.5, -0.25)

test('expression is mean + V x', () => {
  names.forEach((_, g) =>
    expect(expressionOf(genes, g, x, 0, 2)).toBeCloseTo(mean[g]! + V[g]![0]! * 0.5 - V[g]![1]! * 0.25, 6),
  )
})

test('genes without loadings are not modelled', () => {
  const values = Float32Array.of(1, 0, 0, 0, 0, 2)
  expect(
    genesOf(tensorFile({ genes: '["a","b","c"]' }, { 'latent.std': Float64Array.of(1, 1), 'latent.loadings': values }))!
      .modelled,
  ).toEqual([0, 2])
})

test('a displacement changes expression by V dx', () => {
  expect(changeOf(genes, 1, [9, 2, 4], 1, 2)).toBeCloseTo(-0.25 * 2 + 2 * 4, 6)
})

test('changes between two positions, the largest first', () => {
  expect(changesBetween(genes, [1, 1], [3, 0]).map(({ name, change }) => [name, change])).toEqual([
    ['b', -2.5],
    ['a', 1.5],
    ['d', 1],
    ['c', 0.5],
  ])
})

test('a model without genes knows none', () => {
  expect(genesOf(tensorFile({}, { 'latent.std': Float64Array.of(1, 1) }))).toBeNull()
})
