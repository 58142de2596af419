/** The chosen cell and what becomes of it. */
import { computed, signal } from '@preact/signals'
import type { Interaction } from 'cellmnn'
import { cellsAt, snapshotOf } from '../cells/dataset.ts'
import { changesBetween } from '../cells/gene_space.ts'
import { asyncSignal } from '../session/async_signal.ts'
import { landingAt } from '../session/landing.ts'
import { FAN, nearestCells } from '../session/neighbours.ts'
import { endsOf, frameTimes, joined, pathsOf, positionAt, type Paths } from '../cells/paths.ts'
import { dataset, genes, lastTime, model, others, paths } from '../session/session.ts'
import { state } from '../session/state.ts'

const valid = (cell: number | null): number | null => {
  const data = dataset.value
  return data && cell !== null && Number.isInteger(cell) && cell >= 0 && cell < data.cells.shape[0] ? cell : null
}

export const chosen = computed(() => valid(state.cell.value))
/** Another cell that the chosen one is compared with. */
export const beside = computed(() => (state.beside.value === state.cell.value ? null : valid(state.beside.value)))

/** The nearest cells of the same snapshot: their paths are the fan. */
export const fan = computed(() => (dataset.value && chosen.value !== null ? nearestCells(chosen.value, FAN) : []))

export interface LocalDynamics {
  /** (D, D) whitened, row-major. */
  a: Float32Array
  /** (D, 2) real and imaginary part. */
  eigenvalues: Float32Array
  /** The strongest first; none if the model does not know the means of its genes. */
  interactions: readonly Interaction[]
}

const STRONGEST = 12

export const localWaits = signal(false)
export const local = asyncSignal<LocalDynamics | null>(
  null,
  () => {
    const [data, current, cell, known] = [dataset.value, model.value, chosen.value, genes.value]
    if (!data || !current || cell === null) return null
    const { x, t } = cellsAt(data, [cell])
    const effects = known?.mean ? current.interactions(x, t, { top: STRONGEST }) : []
    return Promise.all([current.operatorAt(x, t), current.eigenvalues(x, t), effects]).then(
      ([{ data: a }, { data: eigenvalues }, interactions]) => ({ a, eigenvalues, interactions }),
    )
  },
  { keeps: true, waits: localWaits },
)

/** The cell's paths by the models that were opened beside. */
export const besidePaths = asyncSignal<Paths | null>(null, () => {
  const [data, models, cell] = [dataset.value, others.value, chosen.value]
  if (!data || models.length === 0 || cell === null) return null
  const { x, t } = cellsAt(data, [cell])
  const snapshotTimes = data.snapshots.map(({ time }) => time)
  const times = frameTimes(snapshotTimes, ...data.cells.shape)
  return Promise.all(models.map((one) => pathsOf(one, x, t, snapshotTimes, times))).then(joined)
})

export const interactions = computed(() => local.value?.interactions ?? [])

/** Where it and its nearest cells arrive. */
const landingOf = (cell: number | null) =>
  paths.value && cell !== null ? landingAt(endsOf(paths.value, [cell, ...nearestCells(cell, FAN)])) : null
export const landing = computed(() => landingOf(chosen.value))
export const landingBeside = computed(() => landingOf(beside.value))

/** Change of each gene's expression from its own time to the end, largest first. */
export const genesToCome = computed(() => {
  const [data, all, known, cell] = [dataset.value, paths.value, genes.value, chosen.value]
  if (!data || !all || !known || cell === null) return []
  return changesBetween(known, positionAt(all, cell, data.times[cell]!), positionAt(all, cell, lastTime.value))
})

/** By how much each gene of the chosen cell ends above that of the other, largest first. */
export const genesBeside = computed(() => {
  const [all, known, cell, other] = [paths.value, genes.value, chosen.value, beside.value]
  if (!all || !known || cell === null || other === null) return []
  return changesBetween(known, positionAt(all, other, lastTime.value), positionAt(all, cell, lastTime.value))
})

export const snapshotOfChosen = computed(() =>
  dataset.value && chosen.value !== null ? dataset.value.snapshots[snapshotOf(dataset.value, chosen.value)]! : null,
)
