/**
 * Operators and changes in gene space, from the model's file: expression = mean + V x, x = S z + m, dz/dt = A z + b.
 *
 * A small change de of expression changes the rate of expression by G de with G = V B W^T, B = S A S^-1 and
 * W = V (V^T V)^-1; row = target, column = regulator. The effect of gene j on gene i in a cell is G_ij e_j.
 */
import { parseSafetensors } from './safetensors.ts'

export interface Genes {
  names: string[]
  /** V (G, D) */
  loadings: Float32Array
  /** W (G, D) */
  dual: Float64Array
  /** (G), or none where the data did not tell it. */
  mean: Float32Array | null
}

export interface ModelSpace {
  dims: number
  /** (D), of the whitening. */
  std: Float64Array
  genes: Genes | null
}

export function geneSpaceOf(model: Uint8Array): ModelSpace {
  const { metadata, tensors } = parseSafetensors(model)
  const std = Float64Array.from(tensors.get('latent.std')!.values)
  const dims = std.length
  const loadings = tensors.get('latent.loadings')?.values as Float32Array | undefined
  if (!loadings || metadata.genes === undefined) return { dims, std, genes: null }
  const mean = tensors.get('latent.gene_mean')?.values as Float32Array | undefined
  return { dims, std, genes: { names: JSON.parse(metadata.genes) as string[], loadings, dual: dualOf(loadings, dims), mean: mean ?? null } }
}

/** V (V^T V)^-1 */
function dualOf(loadings: Float32Array, dims: number): Float64Array {
  const count = loadings.length / dims
  const gram = Array.from({ length: dims }, (_, a) =>
    Array.from({ length: 2 * dims }, (_, b) => {
      if (b >= dims) return b - dims === a ? 1 : 0
      let sum = 0
      for (let g = 0; g < count; ++g) sum += loadings[g * dims + a]! * loadings[g * dims + b]!
      return sum
    }))
  for (let p = 0; p < dims; ++p) {
    // Gauss-Jordan; the matrix is symmetric and positive definite, so that no pivot has to be searched.
    const pivot = gram[p]![p]!
    gram[p] = gram[p]!.map((value) => value / pivot)
    gram.forEach((row, r) => {
      if (r === p) return
      const factor = row[p]!
      gram[r] = row.map((value, c) => value - factor * gram[p]![c]!)
    })
  }
  return new Float64Array(count * dims).map((_, i) => {
    const [g, d] = [Math.floor(i / dims), i % dims]
    let sum = 0
    for (let a = 0; a < dims; ++a) sum += loadings[g * dims + a]! * gram[a]![dims + d]!
    return sum
  })
}

/** Expression of one gene at x (D), as the components carry it. */
export function expressionOf({ loadings, mean }: Genes, gene: number, x: ArrayLike<number>, at = 0, dims = loadings.length): number {
  let sum = mean?.[gene] ?? 0
  for (let d = 0; d < dims; ++d) sum += loadings[gene * dims + d]! * x[at + d]!
  return sum
}

export interface Interaction {
  regulator: number
  target: number
  /** Per unit of time; positive activates. */
  effect: number
}

/** The strongest effects between different genes in a cell x (D) with the operator A (D, D), whitened. */
export function strongestInteractions({ dims, std, genes }: ModelSpace, a: ArrayLike<number>, x: ArrayLike<number>, count: number): Interaction[] {
  if (!genes) return []
  const { names, loadings, dual, mean } = genes
  const targets = new Float64Array(names.length * dims) // V B
  for (let g = 0; g < names.length; ++g) {
    for (let j = 0; j < dims; ++j) {
      for (let i = 0; i < dims; ++i) targets[g * dims + j]! += (loadings[g * dims + i]! * std[i]! * a[i * dims + j]!) / std[j]!
    }
  }
  const found: Interaction[] = []
  let least = 0
  for (let regulator = 0; regulator < names.length; ++regulator) {
    const expression = mean ? Math.max(0, expressionOf(genes, regulator, x, 0, dims)) : 1
    for (let target = 0; target < names.length; ++target) {
      if (target === regulator) continue
      let effect = 0
      for (let d = 0; d < dims; ++d) effect += targets[target * dims + d]! * dual[regulator * dims + d]!
      effect *= expression
      if (Math.abs(effect) <= least) continue
      found.push({ regulator, target, effect })
      if (found.length > 8 * count) least = Math.abs(strongest(found, count).at(-1)!.effect)
    }
  }
  return strongest(found, count)
}

function strongest(found: Interaction[], count: number): Interaction[] {
  found.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
  found.length = Math.min(found.length, count)
  return found
}

/** x (D) after the expression of a gene is multiplied by `level`: x + W^T de. */
export function changedCell(genes: Genes, gene: number, level: number, x: Float32Array, dims: number): Float32Array {
  const change = (level - 1) * expressionOf(genes, gene, x, 0, dims)
  return x.map((value, d) => value + genes.dual[gene * dims + d]! * change)
}

/** The genes most like one in length of loadings and mean expression, by ranks: controls of a change. */
export function similarGenes({ names, loadings, mean }: Genes, gene: number, dims: number, count: number): number[] {
  const lengths = names.map((_, g) => Math.hypot(...loadings.subarray(g * dims, (g + 1) * dims)))
  const ranks = [lengths, [...(mean ?? lengths)]].map((values) => {
    const rank = new Float64Array(names.length)
    values.map((_, g) => g).sort((a, b) => values[a]! - values[b]!).forEach((g, place) => (rank[g] = place))
    return rank
  })
  const unlike = (g: number) => Math.hypot(...ranks.map((rank) => rank[g]! - rank[gene]!))
  return names.map((_, g) => g).filter((g) => g !== gene && lengths[g]! > 0).sort((a, b) => unlike(a) - unlike(b)).slice(0, count)
}
