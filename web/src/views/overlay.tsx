/** What lies above the points: the chosen cell and its paths, the lasso, names. */
import { useComputed } from '@preact/signals'
import { line } from 'd3-shape'
import { beside, changedPath, chosen, fan } from '../chosen.ts'
import { groupMarks, lassoOnScreen } from '../group.ts'
import { frameAt } from '../paths.ts'
import { axes, measured, seenAt, view } from '../picture.ts'
import { dataset, now, paths } from '../session.ts'
import { toPixels } from './frame.ts'
import { Legend } from './legend.tsx'

export function Overlay({ hovered }: { hovered: { value: number | null } }) {
  const { width, height } = view.value
  const [x, y] = axes.value
  return (
    <svg class="overlay" width={width} height={height} aria-hidden="true">
      {chosen.value !== null && paths.value && <ChosenPaths />}
      {beside.value !== null && paths.value && <PathBeside />}
      <ChosenMark />
      {chosen.value === null && groupMarks.value.map(([x, y], i) => <circle key={i} class="in-group" cx={x} cy={y} r="4.5" />)}
      {lassoOnScreen.value && <path class="lasso" d={`${pathOf(lassoOnScreen.value)}Z`} />}
      <Legend />
      {hovered.value !== null && dataset.value && <Hover cell={hovered.value} />}
      <g class="axis-names">
        <path d={`M14 ${height - 54} v40 h40`} />
        <path d={`M11 ${height - 49} l3 -6 l3 6 M49 ${height - 17} l6 3 l-6 3`} />
        <text x={60} y={height - 10}>PC{x + 1}</text>
        <text x={8} y={height - 62}>PC{y + 1}</text>
      </g>
    </svg>
  )
}

/** The fan, the cell's own path (dashed where it is the past), and its path after a change. */
function ChosenPaths() {
  const cell = chosen.value!
  const own = dataset.value!.times[cell]!
  const lines = useComputed(() => {
    const [all, frame, [x, y]] = [paths.value!, view.value, axes.value]
    const path = (data: Float32Array, count: number, i: number, keep: (t: number) => boolean) => pathOf(
      all.times.flatMap((t, k) => (keep(t) ? [toPixels(frame, data[(k * count + i) * all.dims + x]!, data[(k * count + i) * all.dims + y]!)] : [])),
    )
    const after = changedPath.value
    const { times, snapshots } = dataset.value!
    const start = times[chosen.value!]!
    const before = snapshots.findLast(({ time }) => time < start)?.time ?? start
    return {
      fan: fan.value.map((i) => path(all.data, all.count, i, (t) => t >= start)),
      past: path(all.data, all.count, chosen.value!, (t) => t >= before && t <= start),
      future: path(all.data, all.count, chosen.value!, (t) => t >= start),
      changed: after && path(after.data, after.count, 0, (t) => t >= start),
    }
  })
  const { fan: fans, past, future, changed } = lines.value
  return (
    <g class="paths">
      {fans.map((d, i) => <path key={i} class="fan" d={d} />)}
      <path class="past" d={past} />
      <path class="halo" d={future} />
      <path class="future" d={future} />
      {changed && <path class="halo" d={changed} />}
      {changed && <path class="changed" d={changed} />}
      {changed && now.value >= own && <ChangedMark />}
    </g>
  )
}

/** The cell that the chosen one is compared with. */
function PathBeside() {
  const other = beside.value!
  const [all, [x, y]] = [paths.value!, axes.value]
  const start = dataset.value!.times[other]!
  const at = (k: number) => toPixels(view.value, all.data[(k * all.count + other) * all.dims + x]!, all.data[(k * all.count + other) * all.dims + y]!)
  const [cx, cy] = toPixels(view.value, ...seenAt(other))
  return (
    <g class="paths">
      <path class="halo" d={pathOf(all.times.flatMap((t, k) => (t >= start ? [at(k)] : [])))} />
      <path class="other" d={pathOf(all.times.flatMap((t, k) => (t >= start ? [at(k)] : [])))} />
      <circle class="other-mark" cx={cx} cy={cy} r={7} />
    </g>
  )
}

const pathOf = line<[number, number]>().digits(1) as (points: [number, number][]) => string

function ChangedMark() {
  const { data, count, dims } = changedPath.value!
  const { frame, mix } = frameAt(changedPath.value!, now.value)
  const at = (d: number) => data[frame * count * dims + d]! * (1 - mix) + data[(frame + 1) * count * dims + d]! * mix
  const [cx, cy] = toPixels(view.value, at(axes.value[0]), at(axes.value[1]))
  return <circle class="changed-mark" cx={cx} cy={cy} r={6} />
}

function ChosenMark() {
  const cell = chosen.value
  if (cell === null || !measured.value) return null
  const [mx, my] = toPixels(view.value, measured.value[2 * cell]!, measured.value[2 * cell + 1]!)
  const [cx, cy] = toPixels(view.value, ...seenAt(cell))
  return (
    <g class="chosen-mark">
      <circle class="origin" cx={mx} cy={my} r={3.5} />
      <circle class="ring" cx={cx} cy={cy} r={7} />
    </g>
  )
}

function Hover({ cell }: { cell: number }) {
  const data = dataset.value!
  const [cx, cy] = toPixels(view.value, ...seenAt(cell))
  const group = data.groups && data.groups.codes[cell]! >= 0 ? `, ${data.groups.labels[data.groups.codes[cell]!]}` : ''
  const flip = cx > view.value.width - 200
  return (
    <g class="hover">
      <circle cx={cx} cy={cy} r={6} />
      <text x={cx + (flip ? -12 : 12)} y={cy - 9} text-anchor={flip ? 'end' : 'start'}>cell {cell}, measured at {data.times[cell]}{group}</text>
    </g>
  )
}
