/** All cells at the time shown, by both networks of a model that has two: from the snapshots before and after it. */
import { computed, signal } from '@preact/signals'
import type { Population } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'
import type { Paths } from '../cells/paths.ts'
import { sampledRows } from '../cells/sample.ts'
import { asyncSignal, rested } from './async_signal.ts'
import { playing } from './clock.ts'
import { courseOf } from './fates.ts'
import { placesOf } from './places.ts'
import { dataset, model, now } from './session.ts'
import { state } from './state.ts'

/** Cells of each snapshot that it is made of: exact plans between more take minutes. */
export const MOST = 2500

export const hasBothSides = computed(() => model.value?.info.twoSided === true)
export const populationWaits = signal(false)

const sample = computed(() => (dataset.value && hasBothSides.value ? sampledRows(dataset.value, MOST) : null))
export const isSampled = computed(() => sample.value?.rows != null)

interface Found extends Population {
  time: number
  of: NonNullable<typeof sample.value>
}

async function populationOf(current: RemoteModel, of: Found['of'], time: number): Promise<Found> {
  return { ...(await current.population(courseOf(of.some), time)), time, of }
}

const whenRested = rested<Found>()

/** None while time goes on. */
const found = asyncSignal<Found | null>(
  null,
  () => {
    const [of, current, time] = [sample.value, model.value, now.value]
    const isAsked = of && current && state.shown.value === 'both' && !playing.value
    return whenRested(isAsked ? () => populationOf(current, of, time) : null)
  },
  { waits: populationWaits },
)

const standing = computed<Paths | null>(() => {
  if (!found.value) return null
  const {
    points: { data, shape },
    time,
  } = found.value
  return { times: [time], data, count: shape[0], dims: shape[1] }
})
const places = placesOf(standing)

/** Points that stand for all cells, on the axes. */
export interface PopulationPlaces {
  /** (n, 2) */
  places: Float32Array
  /** (n): how much each counts. Many points are smaller than cells, and not so faint as their share would be. */
  weights: Float32Array
  /** (n): the cell from which each comes. */
  cells: Uint32Array
}

export const population = computed<PopulationPlaces | null>(() => {
  const all = found.value
  if (!all || !places.value) return null
  const { some, rows } = all.of
  const { begin, end } = some.snapshots[all.before]!
  const usual = Math.sqrt((end - begin) * all.points.shape[0])
  return {
    places: places.value,
    weights: Float32Array.from(all.weights, (weight) => weight * usual),
    cells: Uint32Array.from(all.sources, (source) => rows?.[begin + source] ?? begin + source),
  }
})
