/** The figures of the tour. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { extent, max } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { showTime } from '../session/clock.ts'
import { byTime, colorOf } from '../cells/coloring.ts'
import { local } from '../selection/chosen.ts'
import { positionAt } from '../cells/paths.ts'
import { dark } from '../picture/picture.ts'
import { measured } from '../session/places.ts'
import { dataset, library, now, paths } from '../session/session.ts'
import { Eigenvalues, OperatorMap } from '../parts/operator.tsx'
import { signed, timeText } from '../cells/text.ts'

const [WIDTH, HEIGHT] = [368, 200]
const pathOf = line<readonly [number, number]>().digits(1)

/** Every n-th of a range, at most `count`. */
const some = (begin: number, end: number, count: number): number[] => {
  const step = Math.max(1, (end - begin) / count)
  return Array.from({ length: Math.min(count, end - begin) }, (_, i) => Math.floor(begin + i * step))
}

export function SnapshotsFigure() {
  const data = dataset.value!
  const points = measured.value!
  const colors = byTime(data, dark.value)
  const [x0, x1] = extent(points.filter((_, i) => i % 2 === 0)) as [number, number]
  const [y0, y1] = extent(points.filter((_, i) => i % 2 === 1)) as [number, number]
  const columns = Math.min(4, data.snapshots.length)
  const side = WIDTH / columns
  const rows = Math.ceil(data.snapshots.length / columns)
  const x = scaleLinear([x0, x1], [6, side - 8])
  const y = scaleLinear([y0, y1], [side - 18, 6])
  return (
    <svg class="figure" viewBox={`0 0 ${WIDTH} ${rows * side}`} role="group" aria-label="One small picture for each snapshot">
      {data.snapshots.map(({ time, begin, end }, k) => (
        <g key={time} class="pick" role="button" tabindex={0} aria-label={`t = ${timeText(time)}: go there`} transform={`translate(${(k % columns) * side} ${Math.floor(k / columns) * side})`}
          onClick={() => showTime(time)} onKeyDown={(event) => { if (event.key === 'Enter') showTime(time) }}>
          <rect width={side - 4} height={side - 4} rx="6" class={Math.abs(now.value - time) < 1e-9 ? 'picked' : ''} />
          {some(begin, end, 120).map((i) => <circle key={i} cx={x(points[2 * i]!)} cy={y(points[2 * i + 1]!)} r="1.5" fill={colorOf(colors, time)} />)}
          <text x={side - 10} y={side - 10} text-anchor="end">t = {timeText(time)}</text>
        </g>
      ))}
    </svg>
  )
}

export function OperatorFigure() {
  return local.value ? <div class="pair"><OperatorMap a={local.value.a} /><Eigenvalues /></div> : <p class="hint">Choose a cell in the plot.</p>
}

/** Points that obey dx/dt = A x with eigenvalues a + i b and a - i b. */
export function FlowFigure() {
  const real = useSignal(-0.4)
  const imaginary = useSignal(2)
  const x = scaleLinear([-2.4, 2.4], [0, WIDTH])
  const y = scaleLinear([-1.3, 1.3], [HEIGHT, 0])
  const starts = Array.from({ length: 10 }, (_, i) => (2 * Math.PI * i) / 10)
  return (
    <figure>
      <svg class="figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Paths of ten points under one operator">
        <path class="axes" d={`M0 ${y(0)}H${WIDTH}M${x(0)} 0V${HEIGHT}`} />
        {starts.map((angle) => {
          const at = (t: number): [number, number] => {
            const [size, turn] = [0.8 * Math.exp(real.value * t), angle + imaginary.value * t]
            return [x(size * Math.cos(turn)), y(size * Math.sin(turn))]
          }
          const [cx, cy] = at(1)
          return <g key={angle}><path class="fan-line" d={pathOf(Array.from({ length: 41 }, (_, i) => at(i / 40)))!} /><circle cx={at(0)[0]} cy={at(0)[1]} r="2.5" class="start" /><circle cx={cx} cy={cy} r="4" class="end" /></g>
        })}
      </svg>
      <Range label={`Re λ = ${signed(real.value, 1)}: ${real.value > 0 ? 'grows' : real.value < 0 ? 'shrinks' : 'keeps its size'}`} value={real} min={-2} max={1} />
      <Range label={`Im λ = ${signed(imaginary.value, 1)}: ${imaginary.value === 0 ? 'does not turn' : 'turns'}`} value={imaginary} min={-4} max={4} />
    </figure>
  )
}

/** Two clouds, one of them moved away. */
export function MmdFigure() {
  const away = useSignal(1)
  const sigma = useSignal(0.5)
  const value = useSignal<number | null>(null)
  const clouds = useComputed(() => {
    const noise = (i: number, k: number) => Math.sin(12.9898 * (i + 1) + 78.233 * (k + 1)) * 43758.5453 % 1
    const cloud = (from: number, shift: number) => Array.from({ length: 60 }, (_, i) => [noise(i, from) + noise(i, from + 1) + shift, noise(i, from + 2) + noise(i, from + 3)])
    return [cloud(0, 0), cloud(7, away.value)] as const
  })
  useSignalEffect(() => {
    const [a, b] = clouds.value
    const width = sigma.value
    void library().then((lib) => lib.mmd(a, b, { sigma: width })).then((found) => { if (sigma.peek() === width) value.value = found })
  })
  const x = scaleLinear([-2.2, 5.2], [0, WIDTH])
  const y = scaleLinear([-2, 2], [HEIGHT, 0])
  return (
    <figure>
      <svg class="figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Two clouds of points; MMD² is ${value.value?.toFixed(3)}`}>
        {clouds.value.map((cloud, k) => cloud.map(([px, py], i) => <circle key={`${k} ${i}`} cx={x(px!)} cy={y(py!)} r="3.4" class={k === 0 ? 'real' : 'predicted'} />))}
        <text class="value" x={WIDTH - 10} y="22" text-anchor="end">MMD² = {value.value?.toFixed(3) ?? '…'}</text>
      </svg>
      <Range label={`Distance of the clouds: ${away.value.toFixed(1)}`} value={away} min={0} max={3.5} />
      <Range label={`Width σ = ${sigma.value.toFixed(1)}`} value={sigma} min={0.1} max={4} />
    </figure>
  )
}

/** A path from one place to another with a detour, and its energy. */
export function EnergyFigure() {
  const bend = useSignal(0.8)
  const at = (s: number): [number, number] => [40 + 288 * s, HEIGHT - 40 - 120 * bend.value * Math.sin(Math.PI * s)]
  // With dx/ds = (1, bend cos(pi s) pi 120/288), the mean of |dx/ds|^2 over s.
  const energy = 1 + ((Math.PI * bend.value * 120) / 288) ** 2 / 2
  const dots = Array.from({ length: 13 }, (_, i) => at(i / 12))
  return (
    <figure>
      <svg class="figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`A path with a detour; its kinetic energy is ${energy.toFixed(2)} times that of the straight one`}>
        <path class="axes dashed" d={pathOf([at(0), at(1)])!} />
        <path class="fan-line strong" d={pathOf(Array.from({ length: 41 }, (_, i) => at(i / 40)))!} />
        {dots.map(([cx, cy], i) => <circle key={i} cx={cx} cy={cy} r={i % 12 === 0 ? 6 : 3} class="end" />)}
        <text class="value" x={WIDTH - 10} y="22" text-anchor="end">mean |dx/dt|² = {energy.toFixed(2)}</text>
      </svg>
      <Range label="Detour" value={bend} min={-0.2} max={1.1} />
      <figcaption>The dots are equal times apart: a detour has to be fast. The straight path has 1.00.</figcaption>
    </figure>
  )
}

const CELLS = 150
const TIMES = 12

/** W1 to the cells of the next snapshot, while the cells of the one before move there. */
export function ScoreFigure() {
  const values = useSignal<(readonly [t: number, w1: number])[]>([])
  const to = Math.ceil(dataset.value!.snapshots.length / 2)
  useSignalEffect(() => {
    const [data, all] = [dataset.value, paths.value]
    if (!data || !all) return
    const [before, after] = [data.snapshots[to - 1]!, data.snapshots[to]!]
    const { data: x, shape: [, dims] } = data.cells
    const real = some(after.begin, after.end, CELLS).map((i) => x.subarray(i * dims, (i + 1) * dims))
    const moved = some(before.begin, before.end, CELLS)
    values.value = []
    void library().then(async (lib) => {
      for (let i = 0; i <= TIMES && paths.peek() === all; ++i) {
        const t = before.time + ((after.time - before.time) * i) / TIMES
        const w1 = await lib.wasserstein(moved.map((cell) => positionAt(all, cell, t)), real)
        values.value = [...values.peek(), [t, w1]]
      }
    })
  })
  const { snapshots } = dataset.value!
  const [first, last] = [snapshots[to - 1]!.time, snapshots[to]!.time]
  const x = scaleLinear([first, last], [40, WIDTH - 14])
  const y = scaleLinear([0, (max(values.value, ([, w1]) => w1) ?? 1) * 1.1], [HEIGHT - 26, 8])
  return (
    <figure>
      <svg class="figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="W1 falls while the predicted cells move to the next snapshot">
        <path class="axes" d={`M40 8V${HEIGHT - 26}H${WIDTH - 14}`} />
        {y.ticks(4).map((tick) => <text key={tick} x="34" y={y(tick) + 4} text-anchor="end">{tick}</text>)}
        <path class="fan-line strong" d={pathOf(values.value.map(([t, w1]) => [x(t), y(w1)] as const)) ?? ''} />
        {values.value.map(([t, w1]) => <circle key={t} cx={x(t)} cy={y(w1)} r="3.5" class="end" />)}
        <text x="40" y={HEIGHT - 8}>t = {timeText(first)}</text>
        <text x={WIDTH - 14} y={HEIGHT - 8} text-anchor="end">t = {timeText(last)}</text>
        <text class="value" x={WIDTH - 18} y="22" text-anchor="end">W1 to the cells of time {timeText(last)}</text>
      </svg>
      <figcaption>The cells of time {timeText(first)} move towards those of time {timeText(last)}, {CELLS} of each. This model has seen both times. For a test it must not.</figcaption>
    </figure>
  )
}

function Range({ label, value, min, max: most }: { label: string; value: { value: number }; min: number; max: number }) {
  return (
    <label class="slider">
      <span>{label}</span>
      <input type="range" min={min} max={most} step={0.1} value={value.value} onInput={(event) => (value.value = Number(event.currentTarget.value))} />
    </label>
  )
}
