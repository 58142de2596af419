/** Where cells and their paths lie on the axes: two components, or a projection. */
import { computed, type ReadonlySignal } from '@preact/signals'
import type { Projection } from 'cellmnn'
import { carry } from '../cells/carry.ts'
import { componentName } from '../cells/axis_names.ts'
import { asyncSignal } from './async_signal.ts'
import { askNearest } from './neighbours.ts'
import type { Paths } from '../cells/paths.ts'
import type { Dataset } from '../cells/dataset.ts'
import { crowd, dataset, paths } from './session.ts'
import { state } from './state.ts'
import { strings } from './language.ts'
import { fill } from '../text/terms.ts'

const dims = computed(() => dataset.value?.cells.shape[1] ?? 2)
/** Null: components are on the axes, as always where the model itself is judged or trained. */
export const projection = computed(
  () =>
    (state.tab.value === 'explore' && dataset.value?.projections.find(({ name }) => name === state.on.value)) || null,
)
/** The components; they count where no projection is shown. */
export const axes = computed(
  () => [Math.min(state.x.value, dims.value - 1), Math.min(state.y.value, dims.value - 1)] as const,
)

/** 'X_umap' is UMAP to people. */
export const projectionName = (name: string): string => name.replace(/^X_/, '').toUpperCase()
export const axisNames = computed(() => {
  const name = projection.value && projectionName(projection.value.name)
  return name
    ? ([fill(strings.value.plot.projection, { name }), `${name} 2`] as const)
    : (axes.value.map((d) => (dataset.value ? componentName(dataset.value, d) : '')) as [string, string])
})

/** Of rows of `all` components. */
function projected(x: Float32Array, all: number): Float32Array {
  const [a, b] = axes.value
  const result = new Float32Array((x.length / all) * 2)
  for (let i = 0; i < result.length / 2; ++i) {
    result[2 * i] = x[i * all + a]!
    result[2 * i + 1] = x[i * all + b]!
  }
  return result
}

/** Follows paths: (T, count, 2), null until they are known. */
export function placesOf(all: ReadonlySignal<Paths | null>): ReadonlySignal<Float32Array | null> {
  const carried = asyncSignal<{ of: Paths; onto: Projection; places: Float32Array } | null>(null, () => {
    const [of, onto] = [all.value, projection.value]
    if (!of || !onto) return null
    const { snapshots, cells } = dataset.peek()!
    const times = snapshots.map(({ time }) => time)
    const nearest = (x: Float32Array, count: number) => askNearest(x, count, { begin: 0, end: cells.shape[0] })
    return carry(of, times, onto, nearest).then((places) => ({ of, onto, places }))
  })
  return computed(() => {
    if (!all.value) return null
    if (!projection.value) return projected(all.value.data, all.value.dims)
    return carried.value?.of === all.value && carried.value.onto === projection.value ? carried.value.places : null
  })
}

/** As measured: (N, 2). */
const stillPlaces = (data: Dataset): Float32Array => {
  const onto = projection.value && data.projections.find(({ name }) => name === projection.value!.name)
  return onto ? onto.places.data : projected(data.cells.data, data.cells.shape[1])
}

/** (N, 2) */
export const measured = computed(() => (dataset.value ? stillPlaces(dataset.value) : null))
/** Of those that only stand there; null where there are none. */
export const standing = computed(() => (crowd.value ? stillPlaces(crowd.value) : null))
/** (T, N, 2) */
export const moving = placesOf(paths)
