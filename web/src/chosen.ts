/** The chosen cell, what becomes of it, and what a change of a gene does to it. */
import { computed, effect, signal } from '@preact/signals'
import type { Interaction } from 'cellmnn'
import { distanceBetween, nearestCells, snapshotOf } from './dataset.ts'
import { changeOf, similarGenes, type Genes } from './gene_space.ts'
import { positionAt, type Paths } from './paths.ts'
import { cellAt, dataset, genes, lastTime, message, model, paths, pathsFrom, problem, spread } from './session.ts'
import { state } from './state.ts'

export const FAN = 24
const LANDING = 25

const valid = (cell: number | null): number | null => {
  const data = dataset.value
  return data && cell !== null && Number.isInteger(cell) && cell >= 0 && cell < data.cells.shape[0] ? cell : null
}

export const chosen = computed(() => valid(state.cell.value))
/** Another cell that the chosen one is compared with. */
export const beside = computed(() => (state.beside.value === state.cell.value ? null : valid(state.beside.value)))

/** The nearest cells of the same snapshot: their paths are the fan. */
const fanOf = (cell: number | null): number[] => (dataset.value && cell !== null ? nearestCells(dataset.value, spread.value, cell, FAN) : [])
export const fan = computed(() => fanOf(chosen.value))

export interface LocalDynamics {
  /** (D, D) whitened, row-major. */
  a: Float32Array
  /** (D, 2) real and imaginary part. */
  eigenvalues: Float32Array
  /** The strongest first; none if the model does not know the means of its genes. */
  interactions: readonly Interaction[]
}

const STRONGEST = 12

export const local = signal<LocalDynamics | null>(null)

effect(() => {
  const [data, current, cell] = [dataset.value, model.value, chosen.value]
  if (!data || !current || cell === null) {
    local.value = null
    return
  }
  const [x, t] = [cellAt(data, cell), data.times[cell]!]
  const effects = genes.value?.mean ? current.interactions(x, t, { top: STRONGEST }) : []
  Promise.all([current.operatorAt(x, t), current.eigenvalues(x, t), effects]).then(
    ([a, eigenvalues, interactions]) => {
      if (chosen.peek() === cell && model.peek() === current) local.value = { a: a.data, eigenvalues: eigenvalues.data, interactions }
    },
    (error: unknown) => (problem.value = message(error)),
  )
})

export const interactions = computed(() => local.value?.interactions ?? [])

/** The gene that is changed: the one chosen, or else the cell's strongest regulator. */
export const changedGene = computed(() => {
  const known = genes.value
  if (!known) return null
  const given = known.names.indexOf(state.gene.value)
  return given >= 0 ? given : interactions.value[0] ? known.names.indexOf(interactions.value[0].regulator) : null
})

const CONTROLS = 10

/** The path of the cell after the change; then those after the same change of genes that are alike. */
export const changedPath = signal<Paths | null>(null)

effect(() => {
  const [data, current, cell, gene, level, known] = [dataset.value, model.value, chosen.value, changedGene.value, state.level.value, genes.value]
  if (!data || !current || cell === null || gene === null || !known?.mean || level === 1 || state.gene.value === '') {
    changedPath.value = null
    return
  }
  const [x, t] = [cellAt(data, cell), data.times[cell]!]
  const dims = x.shape[1]
  const changes = [gene, ...similarGenes(known, gene, dims, CONTROLS)]
  // At its own time a changed cell is where the change puts it: from there it takes its path.
  const starts = changes.map((one) => current.perturb(x, t, { gene: known.names[one]!, factor: level, times: t }))
  Promise.all(starts).then((all) => {
    const cells = new Float32Array(changes.length * dims)
    all.forEach(({ changed }, i) => cells.set(changed.data, i * dims))
    return pathsFrom({ data: cells, shape: [changes.length, dims] }, t)
  }).then(
    (found) => {
      if (chosen.peek() === cell && changedGene.peek() === gene && state.level.peek() === level) changedPath.value = found
    },
    (error: unknown) => (problem.value = message(error)),
  )
})

/** Change of each gene's expression at the end, largest first. */
export const changedGenes = computed(() => {
  const [after, before, known, cell] = [changedPath.value, paths.value, genes.value, chosen.value]
  if (!after || !before || !known || cell === null) return []
  return changesBetween(known, positionAt(before, cell, lastTime.value), positionAt(after, 0, lastTime.value))
})

export interface GeneChange {
  name: string
  change: number
}

function changesBetween(known: Genes, from: Float64Array, to: Float64Array): GeneChange[] {
  const displacement = to.map((value, d) => value - from[d]!)
  return known.names
    .map((name, g) => ({ name, change: changeOf(known, g, displacement, 0, displacement.length) }))
    .sort((p, q) => Math.abs(q.change) - Math.abs(p.change))
}

/** How far the cell ends from where it would have been, in units of each component's spread; and the same of the
 * controls, ascending. */
export const shift = computed(() => {
  const [after, before, cell] = [changedPath.value, paths.value, chosen.value]
  if (!after || !before || cell === null) return null
  const unchanged = positionAt(before, cell, lastTime.value)
  const [own, ...controls] = Array.from({ length: after.count }, (_, i) =>
    Math.sqrt(distanceBetween(positionAt(after, i, lastTime.value), 0, unchanged, 0, after.dims, spread.value)))
  return { own: own!, controls: controls.sort((a, b) => a - b) }
})

/** The shares of groups among the measured cells nearest to where a cell and its fan end. */
function landingOf(cell: number | null, near: readonly number[]): Share[] {
  const [data, all] = [dataset.value, paths.value]
  if (!data?.groups || !all || cell === null) return []
  return sharesAt(data.groups.labels, (use) => [cell, ...near].forEach((i) => use(positionAt(all, i, lastTime.value))))
}
export const landing = computed(() => landingOf(chosen.value, fan.value))
export const landingBeside = computed(() => landingOf(beside.value, fanOf(beside.value)))

/** By how much each gene of the chosen cell ends above that of the other, largest first. */
export const genesBeside = computed(() => {
  const [all, known, cell, other] = [paths.value, genes.value, chosen.value, beside.value]
  if (!all || !known || cell === null || other === null) return []
  return changesBetween(known, positionAt(all, other, lastTime.value), positionAt(all, cell, lastTime.value))
})

export const changedLanding = computed(() => {
  const [data, after] = [dataset.value, changedPath.value]
  if (!data?.groups || !after) return []
  return sharesAt(data.groups.labels, (use) => use(positionAt(after, 0, lastTime.value)))
})

/** The shares of groups among the measured cells of the last time that lie nearest to places. */
export function sharesAt(labels: readonly string[], visit: (use: (x: Float64Array) => void) => void): Share[] {
  const data = dataset.value!
  const { begin, end } = data.snapshots.at(-1)!
  const shares = new Float64Array(labels.length)
  let sum = 0
  visit((x) => {
    const near = Array.from({ length: end - begin }, (_, i) => ({ i: begin + i, d: distanceBetween(data.cells.data, begin + i, x, 0, x.length, spread.value) }))
      .sort((p, q) => p.d - q.d)
      .slice(0, LANDING)
    for (const { i } of near) {
      const code = data.groups!.codes[i]!
      if (code < 0) continue
      shares[code]! += 1
      sum += 1
    }
  })
  return labels.map((label, index) => ({ label, index, share: shares[index]! / Math.max(1, sum) })).filter(({ share }) => share > 0).sort((p, q) => q.share - p.share)
}

export interface Share {
  label: string
  /** Place of the label, which has a colour. */
  index: number
  share: number
}

export const snapshotOfChosen = computed(() => (dataset.value && chosen.value !== null ? dataset.value.snapshots[snapshotOf(dataset.value, chosen.value)]! : null))
