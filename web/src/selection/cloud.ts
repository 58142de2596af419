/** The measured cells that the chosen one may become. */
import { computed, signal } from '@preact/signals'
import type { Cloud } from 'cellmnn/genes'
import { snapshotOf } from '../cells/dataset.ts'
import { asyncSignal } from '../session/async_signal.ts'
import { courseOf, moved } from '../session/fates.ts'
import { genesLibrary } from '../session/genes_library.ts'
import { dataset, now } from '../session/session.ts'
import { chosen } from './chosen.ts'

/** The chosen cell's snapshot: the clouds of all of its cells are drawn together. */
const from = computed(() => (dataset.value && chosen.value !== null ? snapshotOf(dataset.value, chosen.value) : -1))

export const cloudsWait = signal(false)
const clouds = asyncSignal<{ from: number; all: readonly Cloud[] } | null>(
  null,
  () => {
    const [data, places, first] = [dataset.value, moved.value, from.value]
    if (!data || !places || first < 0 || first + 1 >= data.snapshots.length) return null
    return places
      .then(async (moved) => (await genesLibrary()).clouds(courseOf(data), first, { moved }))
      .then((all) => ({ from: first, all }))
  },
  { waits: cloudsWait },
)

export interface CellCloud {
  /** The snapshot that it is in. */
  snapshot: number
  /** Each cell with how often it was drawn. */
  cells: readonly (readonly [cell: number, draws: number])[]
  draws: number
  /** How much more than the population is known of the place, 0 to 1. */
  known: number
  isKnown: boolean
}

/** At the first later snapshot that is not before the time shown. */
export const cloud = computed<CellCloud | null>(() => {
  const [data, cell, found] = [dataset.value, chosen.value, clouds.value]
  if (!data || cell === null || found?.from !== from.value) return null
  const place = data.snapshots.findIndex(({ time }, k) => k > found.from && time >= now.value)
  const one = found.all[place - found.from - 1]
  if (!one) return null
  const { begin } = data.snapshots[place]!
  const [, draws] = one.cells.shape
  const row = cell - data.snapshots[found.from]!.begin
  const counts = new Map<number, number>()
  for (const there of one.cells.data.subarray(row * draws, (row + 1) * draws))
    counts.set(begin + there, (counts.get(begin + there) ?? 0) + 1)
  const known = one.known[row]!
  return { snapshot: place, cells: [...counts], draws, known, isKnown: known >= one.leastKnown }
})
