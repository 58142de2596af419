/** All cells at the time shown, by both networks of a model that has two: from the snapshots before and after it. */
import { computed, signal } from '@preact/signals'
import type { Population } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'
import type { Dataset } from '../cells/dataset.ts'
import type { Paths } from '../cells/paths.ts'
import { asyncSignal } from './async_signal.ts'
import { playing } from './clock.ts'
import { courseOf } from './fates.ts'
import { placesOf } from './places.ts'
import { dataset, model, now } from './session.ts'
import { state } from './state.ts'

const REST = 100 // ms without another question: the slider asks many

export const hasBothSides = computed(() => model.value?.info.twoSided === true)
export const populationWaits = signal(false)
let asked = 0

async function populationOf(current: RemoteModel, data: Dataset, time: number): Promise<Population & { time: number }> {
  return { ...(await current.population(courseOf(data), time)), time }
}

/** None while time goes on. */
const found = asyncSignal<(Population & { time: number }) | null>(
  null,
  () => {
    const own = ++asked
    const [data, current, time] = [dataset.value, model.value, now.value]
    if (!data || !current || !hasBothSides.value || state.shown.value !== 'both' || playing.value) return null
    return new Promise((rested) => setTimeout(rested, REST)).then(() =>
      own === asked ? populationOf(current, data, time) : null,
    )
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
  const [data, all] = [dataset.value, found.value]
  if (!data || !all || !places.value) return null
  const { begin, end } = data.snapshots[all.before]!
  const usual = Math.sqrt((end - begin) * all.points.shape[0])
  return {
    places: places.value,
    weights: Float32Array.from(all.weights, (weight) => weight * usual),
    cells: Uint32Array.from(all.sources, (source) => begin + source),
  }
})
