/** A gene is changed in the chosen cell or in the group: what becomes of them then. */
import { computed } from '@preact/signals'
import { chosen, interactions } from './chosen.ts'
import { cellsAt, someOf, type Dataset } from '../cells/dataset.ts'
import { changesBetween, expressionOf, similarGenes } from '../cells/gene_space.ts'
import { group } from './group.ts'
import { asyncSignal } from '../session/async_signal.ts'
import { landingAt } from '../session/landing.ts'
import { endsOf, frameTimes, pathsOf, type Paths } from '../cells/paths.ts'
import { placesOf } from '../session/places.ts'
import { dataset, genes, model, paths, spread } from '../session/session.ts'
import { state } from '../session/state.ts'

const CONTROLS = 10
export const MOST_CELLS = 300 // of a group are changed

/** The cells of which a gene is changed. */
export const subject = computed(() => (chosen.value !== null ? [chosen.value] : someOf(group.cells.value, MOST_CELLS)))

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
  const { x } = cellsAt(data, cells)
  return expressionOf(known, gene, meanPosition(x.data, x.shape[1]), 0, x.shape[1])
})

export interface Changed {
  /** Of the subject, in its order. */
  paths: Paths
  /** Ends (cells, D) after the same change of genes that are alike. */
  controls: readonly Float32Array[]
}

export const changed = asyncSignal<Changed | null>(
  null,
  () => {
    const [data, current, known, level] = [dataset.value, model.value, genes.value, state.level.value]
    const [cells, gene] = [subject.value, changedGene.value]
    if (state.gene.value === '' || level === 1 || gene === null || cells.length === 0) return null
    if (!data || !current || !known?.mean) return null
    const snapshotTimes = data.snapshots.map(({ time }) => time)
    const { x, t } = cellsAt(data, cells)
    const after = async (one: number, times: number[]) => {
      const change = { gene: known.names[one]!, factor: level }
      const starts = await startsOf(data, cells, (own, at) => current.perturb(own, at, { ...change, times: at }))
      return pathsOf(current, { data: starts, shape: x.shape }, t, snapshotTimes, times)
    }
    const own = after(gene, frameTimes(snapshotTimes, ...data.cells.shape))
    const all = [...cells.keys()]
    const controls = similarGenes(known, gene, meanPosition(x.data, x.shape[1]), CONTROLS).map(async (one) =>
      endsOf(await after(one, snapshotTimes), all),
    )
    return Promise.all([own, Promise.all(controls)]).then(([paths, controls]) => ({ paths, controls }))
  },
  { keeps: true },
)

/** Where a change puts cells at their own times: from there they take their paths. */
async function startsOf(
  data: Dataset,
  cells: readonly number[],
  change: (x: ReturnType<typeof cellsAt>['x'], t: number) => Promise<{ changed: { data: Float32Array } }>,
): Promise<Float32Array> {
  const dims = data.cells.shape[1]
  const starts = new Float32Array(cells.length * dims)
  await Promise.all(
    data.snapshots.map(async ({ time, begin, end }) => {
      const first = cells.findIndex((cell) => cell >= begin)
      const own = cells.filter((cell) => cell >= begin && cell < end)
      if (own.length > 0) starts.set((await change(cellsAt(data, own).x, time)).changed.data, first * dims)
    }),
  )
  return starts
}

function meanPosition(x: Float32Array, dims: number): Float64Array {
  const mean = new Float64Array(dims)
  for (let i = 0; i < x.length; ++i) mean[i % dims]! += (x[i]! * dims) / x.length
  return mean
}

const changedPaths = computed(() => changed.value?.paths ?? null)
/** Their paths on the axes: (T, cells, 2). */
export const changedPlaces = placesOf(changedPaths)

/** Ends before and after. */
const ends = computed(() => {
  const [after, before, cells] = [changed.value, paths.value, subject.value]
  if (!after || !before || after.paths.count !== cells.length) return null
  return { before: endsOf(before, cells), after: endsOf(after.paths, [...cells.keys()]), controls: after.controls }
})

/** Change of each gene's mean expression at the end, largest first. */
export const changedGenes = computed(() => {
  const [both, known] = [ends.value, genes.value]
  if (!both || !known) return []
  const dims = spread.value.length
  return changesBetween(known, meanPosition(both.before, dims), meanPosition(both.after, dims))
})

/** How far their mean end moves, in units of each component's spread; and the same of the controls, ascending. */
export const shift = computed(() => {
  const both = ends.value
  if (!both) return null
  const scale = spread.value
  const from = meanPosition(both.before, scale.length)
  const moved = (to: Float32Array) =>
    Math.hypot(...meanPosition(to, scale.length).map((value, d) => (value - from[d]!) / scale[d]!))
  return { own: moved(both.after), controls: both.controls.map(moved).sort((a, b) => a - b) }
})

export const changedLanding = computed(() => (ends.value ? landingAt(ends.value.after) : null))
