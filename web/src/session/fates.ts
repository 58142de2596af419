/** Where all cells end, by the chain of the core over snapshots: probabilities, and what can be known of them. */
import { computed, signal } from '@preact/signals'
import type { Matrix } from 'cellmnn'
import type { Fates, KnownFates } from 'cellmnn/genes'
import type { RemoteModel } from 'cellmnn/worker'
import { timeCourseOf, type Dataset } from '../cells/dataset.ts'
import { asyncSignal } from './async_signal.ts'
import { genesLibrary } from './genes_library.ts'
import { dataset, groups, model } from './session.ts'

export interface CellFates {
  names: readonly string[]
  /** Of each fate the place of its label, for its colour. */
  labels: readonly number[]
  /** (N, F) */
  probabilities: Float32Array
  /** Of each snapshot, 0 to 1, and in words; of the last one the fates are given. */
  known: readonly number[]
  words: readonly string[]
  /** (F) */
  baseRates: readonly number[]
  /** As the package takes them for what follows from them. */
  given: KnownFates
  found: Fates
}

/** The coordinates alone: genes would be copied for nothing. */
export const courseOf = (data: Dataset) => timeCourseOf({ ...data, genes: null })

/** Where a model moves cells from one snapshot to the next; those that would leave the range of the data stay where
 * they are. */
export async function movedBy(
  current: RemoteModel,
  cells: Matrix,
  [from, to]: readonly [number, number],
): Promise<Matrix> {
  const { data: x } = await current.predict(cells, from, to, { farAway: 'nan' })
  return { data: x.map((value, i) => (Number.isNaN(value) ? cells.data[i]! : value)), shape: cells.shape }
}

/** The times of a snapshot and of the next. */
export const stepFrom = ({ snapshots }: Dataset, place: number): readonly [number, number] => [
  snapshots[place]!.time,
  snapshots[place + 1]!.time,
]

/** Where the model moves the cells of each snapshot but the last, by the next. */
export const moved = computed(() => {
  const [data, current] = [dataset.value, model.value]
  if (!data || !current) return null
  const before = courseOf(data).snapshots.slice(0, -1)
  return Promise.all(before.map(({ cells }, s) => movedBy(current, cells as Matrix, stepFrom(data, s))))
})

const asked = signal(false)
/** From now on fates are computed, of these cells and of others that are opened. */
export const wantFates = (): void => {
  asked.value = true
}

/** The labels of the last cells, which fates have as names. */
export const fateNames = computed<readonly string[]>(() => {
  const [column, last] = [groups.value, dataset.value?.snapshots.at(-1)]
  if (!column || !last) return []
  const there = new Set(column.codes.subarray(last.begin, last.end))
  return column.labels.filter((_, code) => there.has(code))
})

/** Whether there are two of them. */
export const canHaveFates = computed(() => (dataset.value?.snapshots.length ?? 0) >= 2 && fateNames.value.length >= 2)

export const fatesWait = signal(false)
export const fates = asyncSignal<CellFates | null>(
  null,
  () => {
    const [data, column, places] = [dataset.value, groups.value, moved.value]
    if (!asked.value || !canHaveFates.value || !places) return null
    return places.then(async (moved) => {
      const library = await genesLibrary()
      const course = courseOf(data!)
      const known = await library.knownFates(course, { labels: [...column!.labels], codes: column!.codes })
      const found = await library.fates(course, known, { moved })
      return {
        names: found.names,
        labels: found.names.map((name) => column!.labels.indexOf(name)),
        probabilities: Float32Array.from(found.probabilities.flatMap(({ data }) => [...data])),
        known: found.known,
        words: found.words,
        baseRates: [...found.baseRates],
        given: known,
        found,
      }
    })
  },
  { keeps: true, waits: fatesWait },
)

/** Mean probability of each fate over some cells. */
export function meanFates({ names, probabilities }: CellFates, cells: readonly number[]): number[] {
  const count = names.length
  return names.map((_, f) => cells.reduce((sum, cell) => sum + probabilities[cell * count + f]!, 0) / cells.length)
}
