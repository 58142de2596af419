/** The measured cells nearest to places (Q, D). Distances are in units of each component's spread. */
import { computed } from '@preact/signals'
import { snapshotOf, type SnapshotRange } from '../cells/dataset.ts'
import { Tree, type Neighbours } from '../cells/nearest.ts'
import NearestWorker from './nearest_worker.ts?worker&inline'
import { dataset, spread } from './session.ts'
import { strings } from './language.ts'
import { fill } from '../text/terms.ts'

/** How many nearest cells stand for a cell where one alone would say little. */
export const FAN = 24

const scaled = (x: Float32Array): Float32Array => {
  const scale = spread.peek()
  return x.map((value, i) => value / scale[i % scale.length]!)
}

const points = computed(() => (dataset.value ? scaled(dataset.value.cells.data) : new Float32Array()))
const trees = computed(() => (void points.value, new Map<SnapshotRange, Tree>()))

/** Among the cells of one snapshot. */
export function nearestIn(snapshot: SnapshotRange, places: Float32Array, count: number): Neighbours {
  const { begin, end } = snapshot
  const tree = trees.value.get(snapshot) ?? new Tree(points.value, spread.value.length, begin, end)
  trees.value.set(snapshot, tree)
  return tree.nearest(scaled(places), count)
}

/** The `count` cells of the same snapshot nearest to a cell, without itself. */
export function nearestCells(cell: number, count: number): number[] {
  const {
    cells: {
      data,
      shape: [, dims],
    },
    snapshots,
  } = dataset.value!
  const { cells } = nearestIn(
    snapshots[snapshotOf(dataset.value!, cell)]!,
    data.subarray(cell * dims, (cell + 1) * dims),
    count + 1,
  )
  return [...cells].filter((one) => one !== cell && one >= 0).slice(0, count)
}

let worker: Worker | undefined
let known: Float32Array | undefined
let last = 0
const waiting = new Map<number, { resolve: (found: Neighbours) => void; reject: (error: Error) => void }>()

/** For many places: among the cells [begin, end), in a worker. */
export function askNearest(
  places: Float32Array,
  count: number,
  { begin, end }: Pick<SnapshotRange, 'begin' | 'end'>,
): Promise<Neighbours> {
  if (!worker) {
    worker = new NearestWorker()
    worker.addEventListener('message', ({ data: { id, ...found } }: MessageEvent<Neighbours & { id: number }>) => {
      waiting.get(id)!.resolve(found)
      waiting.delete(id)
    })
    worker.addEventListener('error', ({ message }) => {
      for (const { reject } of waiting.values())
        reject(new Error(fill(strings.peek().problems.noNeighbours, { why: message })))
      waiting.clear()
    })
  }
  if (known !== points.peek()) {
    known = points.peek()
    worker.postMessage({ points: known, dims: spread.peek().length })
  }
  const [id, own] = [++last, scaled(places)]
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    worker!.postMessage({ id, places: own, count, begin, end }, [own.buffer])
  })
}
