/** Among which measured cells of the last time predicted cells arrive. */
import { computed } from '@preact/signals'
import { someOf } from '../cells/sample.ts'
import { nearestIn } from './neighbours.ts'
import { dataset, groups } from './session.ts'
import { shared, type Share } from '../cells/shares.ts'

const NEAREST = 25
const ASKED = 1000
const USUAL = 0.99

export interface Landing {
  /** Of labels, among the nearest measured cells. */
  shares: readonly Share[]
  /** Of the places: those farther from every measured cell than nearly all of these are from each other. */
  strays: number
}

/** Squared distance within which nearly all cells of the last time have another one. */
const usual = computed(() => {
  const {
    cells: {
      data,
      shape: [, dims],
    },
    snapshots,
  } = dataset.value!
  const last = snapshots.at(-1)!
  const some = someOf(
    Array.from({ length: last.end - last.begin }, (_, i) => last.begin + i),
    ASKED,
  )
  const x = new Float32Array(some.length * dims)
  some.forEach((cell, i) => x.set(data.subarray(cell * dims, (cell + 1) * dims), i * dims))
  const { distances } = nearestIn(last, x, 2)
  const sorted = distances.filter((_, i) => i % 2 === 1).sort()
  return sorted[Math.floor(USUAL * (sorted.length - 1))] ?? 0
})

/** Of places (Q, D). */
export function landingAt(places: Float32Array): Landing {
  const count = places.length / dataset.value!.cells.shape[1]
  const { cells, distances } = nearestIn(dataset.value!.snapshots.at(-1)!, places, NEAREST)
  let strays = 0
  for (let q = 0; q < count; ++q) if (distances[q * NEAREST]! > usual.value) ++strays
  return { shares: groups.value ? shared(groups.value, cells) : [], strays: strays / Math.max(1, count) }
}
