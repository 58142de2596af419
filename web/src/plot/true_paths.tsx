/** True paths of simulated cells, and where these cells are now. */
import { line } from 'd3-shape'
import { toPixels } from '../cells/frame.ts'
import { placesAt } from '../cells/true_paths.ts'
import { view } from '../picture/picture.ts'
import { shownTruth } from '../session/truth.ts'
import { axes, projection } from '../session/places.ts'
import { now } from '../session/session.ts'

const pathOf = line<[number, number]>().digits(1)
const LINES = 40

export function TruePathLines() {
  const known = shownTruth.value
  if (!known || projection.value) return null
  const {
    data,
    shape: [paths, count, dims],
  } = known.paths
  const [a, b] = axes.value
  const at = (row: number) => toPixels(view.value, data[row * dims + a]!, data[row * dims + b]!)
  return (
    <g class="true-paths">
      {Array.from({ length: Math.min(LINES, paths) }, (_, p) => (
        <path key={p} d={pathOf(Array.from({ length: count }, (_, k) => at(p * count + k)))!} />
      ))}
      {placesAt(known.paths, known.times, now.value, axes.value)
        .slice(0, LINES)
        .map((place, p) => {
          const [cx, cy] = toPixels(view.value, ...place)
          return <circle key={p} cx={cx} cy={cy} r="4" />
        })}
    </g>
  )
}
