/** The points that move: cells on their paths, or the whole population by both networks. */
import { computed } from '@preact/signals'
import { between } from '../cells/paths.ts'
import { moving } from '../session/places.ts'
import { population, type PopulationPlaces } from '../session/population.ts'
import { dataset, paths } from '../session/session.ts'
import { isShown } from './label_choice.ts'
import { coloring, compared, shownFrame, spans, spansWhere } from './picture.ts'

export interface Movers {
  count: number
  /** (T, count, 2) of all frames, or (count, 2). */
  places: Float32Array | null
  /** What is coloured: (T, count) of all frames, or (count). */
  values: Float32Array
  /** How much each counts, 1 as usual: (T, count) of all frames, or (count), or none. */
  weights: Float32Array | null
  /** The first and the last time at which each is seen: (count, 2). */
  spans: Float32Array
}

export const movers = computed<Movers | null>(() => {
  if (!dataset.value) return null
  if (population.value && !compared.value) return ofPopulation(population.value)
  return {
    count: dataset.value.cells.shape[0],
    places: moving.value,
    values: (moving.value && coloring.value!.along) ?? coloring.value!.values,
    weights: (moving.value && paths.value?.weights) ?? null,
    spans: spans.value!,
  }
})

/** Each point has the colour of the cell from which it comes. */
function ofPopulation({ places, weights, cells }: PopulationPlaces): Movers {
  const { values, along } = coloring.value!
  const { frame, mix } = shownFrame.value
  const all = dataset.value!.cells.shape[0]
  const value = (cell: number) => between(along ?? values, all, cell, frame, mix)
  const seen = isShown.value
  return {
    count: cells.length,
    places,
    values: Float32Array.from(cells, value),
    weights,
    spans: spansWhere(cells.length, (i) => seen(cells[i]!)),
  }
}
