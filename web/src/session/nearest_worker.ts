/** What runs in the worker of neighbours.ts: the same cells are asked for again and again. */
import { Tree } from '../cells/nearest.ts'

type Request =
  | { points: Float32Array; dims: number }
  | { id: number; places: Float32Array; count: number; begin: number; end: number }

let points: Float32Array = new Float32Array()
let dims = 1
let trees = new Map<string, Tree>()

addEventListener('message', ({ data: request }: MessageEvent<Request>) => {
  if ('points' in request) {
    ;({ points, dims } = request)
    trees = new Map()
    return
  }
  const { id, places, count, begin, end } = request
  const range = `${begin} ${end}`
  const tree = trees.get(range) ?? new Tree(points, dims, begin, end)
  trees.set(range, tree)
  const found = tree.nearest(places, count)
  postMessage({ id, ...found }, { transfer: [found.cells.buffer, found.distances.buffer] })
})
