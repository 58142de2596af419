/** Figures of the tour that show the cells and the model of the page. */
import { useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { extent, max } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { showTime } from '../session/clock.ts'
import { byTime, colorOf } from '../cells/coloring.ts'
import { local, localWaits } from '../selection/chosen.ts'
import { positionAt } from '../cells/paths.ts'
import { dark } from '../picture/picture.ts'
import { lastAnswer } from '../session/async_signal.ts'
import { measured } from '../session/places.ts'
import { dataset, library, now, paths } from '../session/session.ts'
import { Awaited } from '../parts/awaited.tsx'
import { CloudWords } from '../parts/cloud.tsx'
import { OperatorMap } from '../parts/operator.tsx'
import { cloud, cloudsWait } from '../selection/cloud.ts'
import type { FigureProps } from './figure_props.ts'
import { strings, tickText, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const [WIDTH, HEIGHT] = [368, 200]
const pathOf = line<readonly [number, number]>().digits(1)

/** Every n-th of a range, at most `count`. */
const some = (begin: number, end: number, count: number): number[] => {
  const step = Math.max(1, (end - begin) / count)
  return Array.from({ length: Math.min(count, end - begin) }, (_, i) => Math.floor(begin + i * step))
}

export function SnapshotsFigure({ figure }: FigureProps) {
  const data = dataset.value!
  const points = measured.value!
  const colors = byTime(data, dark.value, strings.value.legend)
  const [x0, x1] = extent(points.filter((_, i) => i % 2 === 0)) as [number, number]
  const [y0, y1] = extent(points.filter((_, i) => i % 2 === 1)) as [number, number]
  const columns = Math.min(4, data.snapshots.length)
  const side = WIDTH / columns
  const rows = Math.ceil(data.snapshots.length / columns)
  const x = scaleLinear([x0, x1], [6, side - 8])
  const y = scaleLinear([y0, y1], [side - 18, 6])
  return (
    <svg class="figure" viewBox={`0 0 ${WIDTH} ${rows * side}`} role="group" aria-label={figure.label}>
      {data.snapshots.map(({ time, begin, end }, k) => (
        <g
          key={time}
          class="pick"
          role="button"
          tabindex={0}
          aria-label={fill(figure.go!, { t: `t = ${timeText(time)}` })}
          transform={`translate(${(k % columns) * side} ${Math.floor(k / columns) * side})`}
          onClick={() => showTime(time)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') showTime(time)
          }}>
          <rect width={side - 4} height={side - 4} rx="6" class={Math.abs(now.value - time) < 1e-9 ? 'picked' : ''} />
          {some(begin, end, 120).map((i) => (
            <circle key={i} cx={x(points[2 * i]!)} cy={y(points[2 * i + 1]!)} r="1.5" fill={colorOf(colors, time)} />
          ))}
          <text x={side - 10} y={side - 10} text-anchor="end">
            t = {timeText(time)}
          </text>
        </g>
      ))}
    </svg>
  )
}

export function OperatorFigure({ figure }: FigureProps) {
  if (!local.value && !localWaits.value) return <p class="hint">{strings.value.words.noModel}</p>
  return (
    <Awaited waits={localWaits}>{local.value && <OperatorMap a={local.value.a} caption={figure.caption!} />}</Awaited>
  )
}

/** What is known of the place of the chosen cell. */
export function CloudFigure({ figure }: FigureProps) {
  if (!cloud.value && !cloudsWait.value) return <p class="hint">{figure.none}</p>
  return (
    <Awaited waits={cloudsWait}>
      <CloudWords />
    </Awaited>
  )
}

const CELLS = 150
const TIMES = 12

type Scored = readonly [t: number, w1: number]
const mix = (a: number, b: number, share: number): number => a + (b - a) * share

/** W1 to the cells of the next snapshot, while the cells of the one before move there. */
export function ScoreFigure({ figure }: FigureProps) {
  const values = useSignal<readonly Scored[]>([])
  const waits = useSignal(false)
  const answered = useRef(lastAnswer<readonly Scored[]>()).current
  const to = Math.ceil(dataset.value!.snapshots.length / 2)
  useSignalEffect(() => {
    const [data, all] = [dataset.value, paths.value]
    if (!data || !all) return
    const [before, after] = [data.snapshots[to - 1]!, data.snapshots[to]!]
    const {
      data: x,
      shape: [, dims],
    } = data.cells
    const real = some(after.begin, after.end, CELLS).map((i) => x.subarray(i * dims, (i + 1) * dims))
    const moved = some(before.begin, before.end, CELLS)
    values.value = []
    waits.value = true
    const times = Array.from({ length: TIMES + 1 }, (_, i) => mix(before.time, after.time, i / TIMES))
    const asked = library().then((lib) =>
      Promise.all(
        times.map(async (t) => {
          const there = moved.map((cell) => positionAt(all, cell, t))
          return [t, await lib.wasserstein(there, real)] as const
        }),
      ),
    )
    answered(
      asked,
      (found) => {
        values.value = found
        waits.value = false
      },
      () => (waits.value = false),
    )
  })
  const { snapshots } = dataset.value!
  const [first, last] = [snapshots[to - 1]!.time, snapshots[to]!.time]
  const x = scaleLinear([first, last], [40, WIDTH - 14])
  const y = scaleLinear([0, (max(values.value, ([, w1]) => w1) ?? 1) * 1.1], [HEIGHT - 26, 8])
  return (
    <figure>
      <svg class="figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={figure.label}>
        <path class="axes" d={`M40 8V${HEIGHT - 26}H${WIDTH - 14}`} />
        {y.ticks(4).map((tick) => (
          <text key={tick} x="34" y={y(tick) + 4} text-anchor="end">
            {tickText(tick)}
          </text>
        ))}
        <path class="fan-line strong" d={pathOf(values.value.map(([t, w1]) => [x(t), y(w1)] as const)) ?? ''} />
        {values.value.map(([t, w1]) => (
          <circle key={t} cx={x(t)} cy={y(w1)} r="3.5" class="end" />
        ))}
        <text x="40" y={HEIGHT - 8}>
          t = {timeText(first)}
        </text>
        <text x={WIDTH - 14} y={HEIGHT - 8} text-anchor="end">
          t = {timeText(last)}
        </text>
        <text class="value" x={WIDTH - 18} y="22" text-anchor="end">
          {fill(figure.to!, { t: timeText(last) })}
        </text>
      </svg>
      <Awaited waits={waits} />
      <figcaption>{fill(figure.caption!, { from: timeText(first), to: timeText(last), count: CELLS })}</figcaption>
    </figure>
  )
}
