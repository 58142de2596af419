/** The plot: cells in WebGL, and above them in SVG what belongs to one cell. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { line } from 'd3-shape'
import { useEffect, useRef } from 'preact/hooks'
import { changedPath, chosen, fan } from '../chosen.ts'
import { rampPixels } from '../coloring.ts'
import { frameAt } from '../paths.ts'
import { axes, cellNear, coloring, ghostSpans, looks, measured, moving, pointSize, seenAt, shownFrame, size, spans, view } from '../picture.ts'
import { dataset, now, paths, problem } from '../session.ts'
import { state } from '../state.ts'
import { fromPixels, MARGIN, toPixels, type Frame } from './frame.ts'
import { Legend } from './legend.tsx'
import { PointsLayer } from './points_layer.ts'

export function Plot() {
  const still = useRef<HTMLCanvasElement>(null)
  const moved = useRef<HTMLCanvasElement>(null)
  const layers = useSignal<{ ghosts: PointsLayer; movers: PointsLayer } | null>(null)
  const hovered = useSignal<number | null>(null)

  useEffect(() => {
    try {
      layers.value = { ghosts: new PointsLayer(still.current!), movers: new PointsLayer(moved.current!) }
    } catch (error) {
      problem.value = (error as Error).message
    }
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      size.value = { width, height }
    })
    observer.observe(still.current!.parentElement!)
    return () => observer.disconnect()
  }, [])

  // The measured cells lie on a canvas of their own, which stays as it is while the others move.
  const queues = useRef({ ghosts: 0, movers: 0 }).current
  const queue = (name: 'ghosts' | 'movers') => {
    queues[name] ||= requestAnimationFrame(() => {
      queues[name] = 0
      const colors = coloring.peek()
      if (!layers.peek() || !colors || size.peek().width === 0) return
      const look = looks.peek()[name]
      const frame = name === 'ghosts' ? { frame: 0, mix: 0 } : shownFrame.peek()
      layers.peek()![name].draw({ ...frame, time: now.peek(), size: pointSize.peek() * look.size, opacity: look.opacity, domain: colors.domain }, view.peek())
      if (name === 'ghosts') markOnce('cells drawn')
      else if (moving.peek()) markOnce('cells moving')
    })
  }

  useSignalEffect(() => {
    if (!layers.value || !dataset.value) return
    const count = dataset.value.cells.shape[0]
    layers.value.ghosts.setPositions(measured.value, count)
    layers.value.ghosts.setValues(coloring.value!.values, count)
    layers.value.ghosts.setSpans(ghostSpans.value!)
    layers.value.ghosts.setRamp(rampPixels(coloring.value!))
    queue('ghosts')
  })
  useSignalEffect(() => {
    if (!layers.value || !dataset.value) return
    const count = dataset.value.cells.shape[0]
    layers.value.movers.setPositions(moving.value, count)
    layers.value.movers.setValues((moving.value && coloring.value!.along) ?? coloring.value!.values, count)
    layers.value.movers.setSpans(spans.value!)
    layers.value.movers.setRamp(rampPixels(coloring.value!))
    queue('movers')
  })
  useSignalEffect(() => {
    void [view.value, looks.value, pointSize.value, layers.value]
    queue('ghosts')
  })
  useSignalEffect(() => {
    void [view.value, looks.value, pointSize.value, layers.value, shownFrame.value, now.value]
    queue('movers')
  })

  return (
    <div class="plot" onWheel={zoomByWheel}>
      <canvas ref={still} aria-hidden="true" />
      <canvas
        ref={moved}
        tabIndex={0}
        role="img"
        aria-label="Cells on two components. Arrow keys move, plus and minus magnify, 0 shows all."
        onPointerDown={(event) => drag(event, (px, py) => {
          const cell = cellNear(px, py)
          state.cell.value = cell === state.cell.value ? null : cell
        })}
        onPointerMove={(event) => (hovered.value = event.buttons === 0 ? cellNear(event.offsetX, event.offsetY, 8) : null)}
        onPointerLeave={() => (hovered.value = null)}
        onDblClick={() => (state.zoom.value = [0.5, 0.5, 1])}
        onKeyDown={moveByKey}
      />
      <Overlay hovered={hovered} />
    </div>
  )
}

/** For web/tests/measure.mjs. */
function markOnce(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name)
}

function Overlay({ hovered }: { hovered: { value: number | null } }) {
  const { width, height } = view.value
  const [x, y] = axes.value
  return (
    <svg class="overlay" width={width} height={height} aria-hidden="true">
      {chosen.value !== null && paths.value && <ChosenPaths />}
      <ChosenMark />
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

/** A drag moves the plot; a press without one is a click. */
function drag(event: PointerEvent, click: (px: number, py: number) => void): void {
  if (event.button !== 0) return
  const target = event.currentTarget as HTMLElement
  const { left, top } = target.getBoundingClientRect()
  const [startX, startY] = [event.clientX, event.clientY]
  const [cx, cy, k] = state.zoom.peek() as [number, number, number]
  const frame = view.peek()
  let moved = false
  const controller = new AbortController()
  target.setPointerCapture(event.pointerId)
  target.addEventListener('pointermove', (move) => {
    const [dx, dy] = [move.clientX - startX, move.clientY - startY]
    moved ||= Math.hypot(dx, dy) > 4
    if (moved) state.zoom.value = [...shifted(frame, cx, cy, -dx, dy), k]
  }, controller)
  target.addEventListener('pointerup', (up) => {
    controller.abort()
    if (!moved) click(up.clientX - left, up.clientY - top)
  }, controller)
  target.addEventListener('pointercancel', () => controller.abort(), controller)
}

function shifted({ extent: [x0, x1, y0, y1], scale }: Frame, cx: number, cy: number, dx: number, dy: number): [number, number] {
  return [cx + dx / scale / (x1 - x0), cy + dy / scale / (y1 - y0)]
}

function zoomAround(px: number, py: number, factor: number): void {
  const frame = view.peek()
  const { extent: [x0, x1, y0, y1], width, height } = frame
  const [x, y] = fromPixels(frame, px, py)
  const k = Math.min(60, Math.max(0.5, state.zoom.peek()[2]! * factor))
  const scale = MARGIN * k * Math.min(width / (x1 - x0), height / (y1 - y0))
  const [cx, cy] = [x - (px - width / 2) / scale, y + (py - height / 2) / scale]
  state.zoom.value = [(cx - x0) / (x1 - x0), (cy - y0) / (y1 - y0), k]
}

function zoomByWheel(event: WheelEvent): void {
  event.preventDefault()
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
  zoomAround(event.clientX - left, event.clientY - top, 2 ** (-event.deltaY / 300))
}

function moveByKey(event: KeyboardEvent): void {
  const { width, height } = view.peek()
  const [cx, cy, k] = state.zoom.peek() as [number, number, number]
  const step = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key]
  if (step) state.zoom.value = [...shifted(view.peek(), cx, cy, step[0]!, step[1]!), k]
  else if (event.key === '+' || event.key === '=') zoomAround(width / 2, height / 2, 1.3)
  else if (event.key === '-') zoomAround(width / 2, height / 2, 1 / 1.3)
  else if (event.key === '0') state.zoom.value = [0.5, 0.5, 1]
  else return
  event.preventDefault()
}
