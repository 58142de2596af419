/** The chosen cell, what becomes of it, and what a change of a gene does to it. */
import { computed, effect, signal } from '@preact/signals'
import { distanceBetween, nearestCells, snapshotOf } from './dataset.ts'
import { changedCell, similarGenes, strongestInteractions } from './gene_space.ts'
import { positionAt, type Paths } from './paths.ts'
import { cellAt, dataset, genes, lastTime, message, model, paths, pathsFrom, problem, space, spread } from './session.ts'
import { state } from './state.ts'

export const FAN = 24
const LANDING = 25

export const chosen = computed(() => {
  const [data, cell] = [dataset.value, state.cell.value]
  return data && cell !== null && Number.isInteger(cell) && cell >= 0 && cell < data.cells.shape[0] ? cell : null
})

/** The nearest cells of the same snapshot: their paths are the fan. */
export const fan = computed(() => (dataset.value && chosen.value !== null ? nearestCells(dataset.value, spread.value, chosen.value, FAN) : []))

export interface LocalDynamics {
  cell: number
  /** (D, D) whitened, row-major. */
  a: Float32Array
  /** (D, 2) real and imaginary part. */
  eigenvalues: Float32Array
  velocity: Float32Array
}

export const local = signal<LocalDynamics | null>(null)

effect(() => {
  const [data, current, cell] = [dataset.value, model.value, chosen.value]
  if (!data || !current || cell === null) {
    local.value = null
    return
  }
  const [x, t] = [cellAt(data, cell), data.times[cell]!]
  Promise.all([current.operatorAt(x, t), current.eigenvalues(x, t), current.velocity(x, t)]).then(
    ([a, eigenvalues, velocity]) => {
      if (chosen.peek() === cell && model.peek() === current) local.value = { cell, a: a.data, eigenvalues: eigenvalues.data, velocity: velocity.data }
    },
    (error: unknown) => (problem.value = message(error)),
  )
})

export const interactions = computed(() => {
  const [data, found, inGenes] = [dataset.value, local.value, space.value]
  if (!data || !found || !inGenes) return []
  return strongestInteractions(inGenes, found.a, cellAt(data, found.cell).data, 12)
})

/** The gene that is changed: the one chosen, or else the cell's strongest regulator. */
export const changedGene = computed(() => {
  const known = genes.value
  if (!known) return null
  const given = known.names.indexOf(state.gene.value)
  return given >= 0 ? given : (interactions.value[0]?.regulator ?? null)
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
  const { data: x, shape } = cellAt(data, cell)
  const changes = [gene, ...similarGenes(known, gene, shape[1], CONTROLS)]
  const starts = Float32Array.from(changes.flatMap((one) => [...changedCell(known, one, level, x, shape[1])]))
  pathsFrom({ data: starts, shape: [changes.length, shape[1]] }, data.times[cell]!).then(
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
  const [a, b] = [positionAt(after, 0, lastTime.value), positionAt(before, cell, lastTime.value)]
  return known.names
    .map((name, g) => ({ name, gene: g, change: a.reduce((sum, value, d) => sum + known.loadings[g * a.length + d]! * (value - b[d]!), 0) }))
    .sort((p, q) => Math.abs(q.change) - Math.abs(p.change))
})

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

/** The shares of groups among the measured cells nearest to where the cell and its fan end. */
export const landing = computed(() => {
  const [data, all, cell] = [dataset.value, paths.value, chosen.value]
  if (!data?.groups || !all || cell === null) return []
  return sharesAt(data.groups.labels, (use) => [cell, ...fan.value].forEach((i) => use(positionAt(all, i, lastTime.value))))
})

export const changedLanding = computed(() => {
  const [data, after] = [dataset.value, changedPath.value]
  if (!data?.groups || !after) return []
  return sharesAt(data.groups.labels, (use) => use(positionAt(after, 0, lastTime.value)))
})

function sharesAt(labels: readonly string[], visit: (use: (x: Float64Array) => void) => void): { label: string; index: number; share: number }[] {
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

export const snapshotOfChosen = computed(() => (dataset.value && chosen.value !== null ? dataset.value.snapshots[snapshotOf(dataset.value, chosen.value)]! : null))
