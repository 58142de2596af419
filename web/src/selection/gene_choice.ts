/** The genes of the model in the order in which they matter for what is chosen, with their expression there. */
import { computed } from '@preact/signals'
import { dataset, genes, spread } from '../session/session.ts'
import { chosen, interactions } from './chosen.ts'
import { subject } from './change.ts'
import { group } from './group.ts'
import { fixed } from '../session/language.ts'

/** (G) mean expression in the chosen cell or group; null where nothing is chosen, or means are not known. */
export const expressionHere = computed<Float64Array | null>(() => {
  const [data, known, cells] = [dataset.value, genes.value, subject.value]
  if (!data || !known?.mean || cells.length === 0) return null
  const dims = data.cells.shape[1]
  const centre = new Float64Array(dims)
  for (const cell of cells)
    for (let d = 0; d < dims; ++d) centre[d]! += data.cells.data[cell * dims + d]! / cells.length
  return Float64Array.from(known.mean, (mean, g) => mean + product(known.loadings, g, centre))
})

/** Regulators of what is chosen first, then the genes by expression there, or by how much they vary. */
export const genesByStrength = computed<readonly string[]>(() => {
  const known = genes.value
  if (!known) return []
  const here = expressionHere.value
  const effects = new Map<string, number>()
  for (const { regulator, effect } of chosen.value !== null ? interactions.value : group.interactions.value)
    effects.set(regulator, Math.max(effects.get(regulator) ?? 0, Math.abs(effect)))
  const order = known.modelled.map((g) => ({
    name: known.names[g]!,
    effect: effects.get(known.names[g]!) ?? 0,
    strength: here ? here[g]! : size(known.loadings, g, spread.value),
  }))
  return order.sort((a, b) => b.effect - a.effect || b.strength - a.strength).map(({ name }) => name)
})

const places = computed(() => new Map(genes.value?.names.map((name, g) => [name, g])))

/** '1.62', or nothing. */
export function expressionText(name: string): string {
  const [here, g] = [expressionHere.value, places.value.get(name)]
  return here && g !== undefined ? fixed(here[g]!, 2) : ''
}

function product(loadings: Float32Array, gene: number, x: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < x.length; ++d) sum += loadings[gene * x.length + d]! * x[d]!
  return sum
}

function size(loadings: Float32Array, gene: number, spread: Float64Array): number {
  let sum = 0
  for (let d = 0; d < spread.length; ++d) sum += (loadings[gene * spread.length + d]! * spread[d]!) ** 2
  return sum
}
