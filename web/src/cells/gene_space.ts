/** The genes of a model, from its file: expression = mean + V x. */
import { readSafetensors, type GeneSpace } from 'cellmnn'

export interface Genes {
  names: string[]
  /** V (G, D) */
  loadings: Float32Array
  /** (G), or none where the data did not tell it: then nothing is known of the absence of a gene. */
  mean: Float32Array | null
  /** Those with a loading that is not 0: of the others the model knows nothing. */
  modelled: number[]
}

export function genesOf(model: Uint8Array): Genes | null {
  const { metadata, tensors } = readSafetensors(model)
  const loadings = tensors.get('latent.loadings')?.values as Float32Array | undefined
  if (!loadings || metadata.genes === undefined) return null
  const mean = tensors.get('latent.gene_mean')?.values as Float32Array | undefined
  const names = JSON.parse(metadata.genes) as string[]
  const dims = loadings.length / names.length
  const modelled = names
    .map((_, g) => g)
    .filter((g) => loadings.subarray(g * dims, (g + 1) * dims).some((value) => value !== 0))
  return { names, loadings, mean: mean ?? null, modelled }
}

/** What a model trained on the same cells is told of their genes. */
export function geneSpaceOf(model: Uint8Array): GeneSpace | null {
  const genes = genesOf(model)
  return genes && spaceOf(genes)
}

export function spaceOf({ names, loadings, mean }: Genes): GeneSpace {
  return {
    names,
    loadings: { data: loadings, shape: [names.length, loadings.length / names.length] },
    ...(mean && { mean }),
  }
}

/** Expression of one gene in a cell whose D coordinates begin at x[at]. */
export function expressionOf(genes: Genes, gene: number, x: ArrayLike<number>, at: number, dims: number): number {
  return (genes.mean?.[gene] ?? 0) + changeOf(genes, gene, x, at, dims)
}

/** Change of the expression of one gene that belongs to a displacement. */
export function changeOf(
  { loadings }: Genes,
  gene: number,
  displacement: ArrayLike<number>,
  at: number,
  dims: number,
): number {
  let sum = 0
  for (let d = 0; d < dims; ++d) sum += loadings[gene * dims + d]! * displacement[at + d]!
  return sum
}

export interface GeneChange {
  name: string
  change: number
  /** Of the same gene by changes of other genes. */
  controls?: { mean: number; sd: number }
}

/** Of every gene, largest first, between two positions (D). */
export function changesBetween(genes: Genes, from: ArrayLike<number>, to: ArrayLike<number>): GeneChange[] {
  const displacement = Float64Array.from(to, (value, d) => value - from[d]!)
  return genes.names
    .map((name, g) => ({ name, change: changeOf(genes, g, displacement, 0, displacement.length) }))
    .sort((p, q) => Math.abs(q.change) - Math.abs(p.change))
}
