/** What a changed gene does to the fates of all cells of the snapshot that is looked at. */
import { computed, signal } from '@preact/signals'
import type { Matrix } from 'cellmnn'
import type { FateChange } from 'cellmnn/genes'
import { snapshotOf } from '../cells/dataset.ts'
import { spaceOf } from '../cells/gene_space.ts'
import { asyncSignal, rested } from '../session/async_signal.ts'
import { courseOf, fates, movedBy, moved, stepFrom } from '../session/fates.ts'
import { genesLibrary } from '../session/genes_library.ts'
import { dataset, genes, model } from '../session/session.ts'
import { state } from '../session/state.ts'
import { change, subject } from './change.ts'

const CONTROLS = 50 // similar genes
const PATIENCE = 5 // seconds that may be spent unasked
const PAIRS = 5e7 // of a cell and a later one, in a second

/** The snapshot of the chosen cells; null where they are of several, or of the last one. */
export const changedSnapshot = computed(() => {
  const [data, cells] = [dataset.value, subject.value]
  if (!data || cells.length === 0) return null
  const place = snapshotOf(data, cells[0]!)
  const isOne = place + 1 < data.snapshots.length && cells.every((cell) => snapshotOf(data, cell) === place)
  return isOne ? place : null
})

/** How many seconds it takes, about. */
export const fateChangeTakes = computed(() => {
  const [data, known, place] = [dataset.value, genes.value, changedSnapshot.value]
  if (!data || !known || place === null) return 0
  const compared = Math.min(CONTROLS + 1, known.modelled.length)
  const [here, next] = [0, 1].map((k) => data.snapshots[place + k]!).map(({ begin, end }) => end - begin)
  return ((compared + 2) * 2 * here! * next!) / PAIRS
})
/** The change that was asked for by hand. */
const insistedOn = signal<typeof change.value>(null)
export const insistOnFateChange = (): void => {
  insistedOn.value = change.peek()
}
export const fateChangeIsLong = computed(() => fateChangeTakes.value > PATIENCE && insistedOn.value !== change.value)

export interface FateChangeFound extends FateChange {
  gene: string
  factor: number
  snapshot: number
  names: readonly string[]
  /** Of each fate the place of its label. */
  labels: readonly number[]
  /** How many similar genes it was compared with. */
  controls: number
}

const whenRested = rested<FateChangeFound>()
/** How many of the changed genes the model has moved; null if none are to be. */
export const fateChangeProgress = signal<readonly [done: number, all: number] | null>(null)

export const fateChangeWaits = signal(false)
export const fateChange = asyncSignal<FateChangeFound | null>(
  null,
  () => {
    const [data, current, known, what] = [dataset.value, model.value, genes.value, change.value]
    const [found, snapshot, places] = [fates.value, changedSnapshot.value, moved.value]
    fateChangeProgress.value = null
    if (state.tab.value !== 'explore' || !data || !current || !known || !what || !found || !places)
      return whenRested(null)
    if (snapshot === null || fateChangeIsLong.value || found.words[snapshot] === 'not known') return whenRested(null)
    return whenRested(async (isCurrent) => {
      const course = { ...courseOf(data), genes: spaceOf(known) }
      const cells = course.snapshots[snapshot]!.cells as Matrix
      const names = [what.gene, ...(await current.similarGenes(cells, what.gene, CONTROLS))]
      const changed = []
      for (const gene of names) {
        if (!isCurrent()) return null
        fateChangeProgress.value = [changed.length, names.length]
        const after = await current.changedCells(cells, { ...what, gene })
        changed.push({ cells: after, moved: await movedBy(current, after, stepFrom(data, snapshot)) })
      }
      fateChangeProgress.value = null
      const question = { ...what, snapshot, changed }
      const library = await genesLibrary()
      const answer = await library.fateChange(course, found.given, found.found, question, { moved: await places })
      return { ...what, snapshot, names: found.names, labels: found.labels, controls: names.length - 1, ...answer }
    })
  },
  { keeps: true, waits: fateChangeWaits },
)
