/** A gene is changed in the chosen cell or in the group: what becomes of them then. */
import { computed, signal } from '@preact/signals'
import type { PerturbationReport } from 'cellmnn'
import { chosen, interactions } from './chosen.ts'
import { cellsAt } from '../cells/dataset.ts'
import { someOf } from '../cells/sample.ts'
import { expressionOf } from '../cells/gene_space.ts'
import { group } from './group.ts'
import { asyncSignal, rested } from '../session/async_signal.ts'
import { landingAt } from '../session/landing.ts'
import { endsOf, frameTimes, pathsOf, type Paths } from '../cells/paths.ts'
import { placesOf } from '../session/places.ts'
import { dataset, genes, model } from '../session/session.ts'
import { state } from '../session/state.ts'

const MOST_PATHS = 300 // of a group
export const MOST_CELLS = 5000 // of a group are changed

/** The cells of which a gene is changed. */
export const subject = computed(() => (chosen.value !== null ? [chosen.value] : someOf(group.cells.value, MOST_CELLS)))
/** Those of them whose paths are computed. */
export const followed = computed(() => someOf(subject.value, MOST_PATHS))

/** The gene that is changed: the one chosen, or else their strongest regulator. */
export const changedGene = computed(() => {
  const known = genes.value
  if (!known) return null
  const given = known.names.indexOf(state.gene.value)
  if (given >= 0) return given
  const strongest = (chosen.value !== null ? interactions.value : group.interactions.value)[0]
  return strongest ? known.names.indexOf(strongest.regulator) : null
})

/** Mean expression of that gene in the subject, as the components tell it. */
export const expressed = computed(() => {
  const [data, known, gene, cells] = [dataset.value, genes.value, changedGene.value, subject.value]
  if (!data || !known || gene === null || cells.length === 0) return 0
  const {
    data: x,
    shape: [count, dims],
  } = cellsAt(data, cells).x
  return cells.reduce((sum, _, i) => sum + expressionOf(known, gene, x, i * dims, dims) / count, 0)
})

interface Change {
  gene: string
  factor: number
}

/** New expression = factor * old, or null where nothing is changed. */
export const change = computed<Change | null>(() => {
  const [known, gene, factor] = [genes.value, changedGene.value, state.level.value]
  if (state.gene.value === '' || factor === 1 || gene === null) return null
  if (!known?.mean || subject.value.length === 0) return null
  return { gene: known.names[gene]!, factor }
})

/** Whether paths and report of this change are awaited: until then they are those of the question before. */
export const changedPathsWait = signal(false)
const reportWaits = signal(false)
export const changeWaits = computed(() => changedPathsWait.value || reportWaits.value)

/** Paths of the cells that are followed, in their order. */
export const changed = asyncSignal<Paths | null>(
  null,
  () => {
    const [data, current, what, cells] = [dataset.value, model.value, change.value, followed.value]
    if (!data || !current || !what) return null
    const snapshotTimes = data.snapshots.map(({ time }) => time)
    const frames = frameTimes(snapshotTimes, ...data.cells.shape)
    const { x, t } = cellsAt(data, cells)
    return current.changedCells(x, what).then((starts) => pathsOf(current, starts, t, snapshotTimes, frames))
  },
  { keeps: true, waits: changedPathsWait },
)

type Report = PerturbationReport & { gene: string }
const whenRested = rested<Report>()

/** What the change does to the subject at the last time, beside controls. */
export const report = asyncSignal<Report | null>(
  null,
  () => {
    const [data, current, what, cells] = [dataset.value, model.value, change.value, subject.value]
    if (!data || !current || !what) return whenRested(null)
    const { x, t } = cellsAt(data, cells)
    const time = data.snapshots.at(-1)!.time
    return whenRested(async () => ({
      gene: what.gene,
      ...(await current.perturbationReport(x, t, { ...what, time, w1: false })),
    }))
  },
  { keeps: true, waits: reportWaits },
)

/** Their paths on the axes: (T, cells, 2). */
export const changedPlaces = placesOf(changed)

/** Change of each other gene's mean expression at the end, largest first, beside that by controls. */
export const changedGenes = computed(() => {
  const [found, known] = [report.value, genes.value]
  if (!found || !known) return []
  const { gene, genes: changes, controlMean, controlSd } = found
  return known.names
    .map((name, g) => ({ name, change: changes[g]!, controls: { mean: controlMean[g]!, sd: controlSd[g]! } }))
    .filter(({ name }) => name !== gene)
    .sort((p, q) => Math.abs(q.change) - Math.abs(p.change))
})

export const changedLanding = computed(() => {
  const [all, cells] = [changed.value, followed.value]
  return all?.count === cells.length ? landingAt(endsOf(all, [...cells.keys()])) : null
})
