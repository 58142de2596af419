/** Figures of the tour that need no cells: their sliders show what a word means. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { lastAnswer } from '../session/async_signal.ts'
import { library } from '../session/session.ts'
import { Eigenvalues } from '../parts/operator.tsx'
import { local } from '../selection/chosen.ts'
import type { FigureProps } from './figure_props.ts'
import { Range } from './range.tsx'
import { Task } from './task.tsx'
import { fixed, signed } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const [WIDTH, HEIGHT] = [368, 200]
const pathOf = line<readonly [number, number]>().digits(1)

/** Points that obey dx/dt = A x with eigenvalues a + i b and a - i b. */
export function FlowFigure({ figure }: FigureProps) {
  const real = useSignal(-0.4)
  const imaginary = useSignal(2)
  const x = scaleLinear([-2.4, 2.4], [0, WIDTH])
  const y = scaleLinear([-1.3, 1.3], [HEIGHT, 0])
  const starts = Array.from({ length: 10 }, (_, i) => (2 * Math.PI * i) / 10)
  return (
    <figure>
      <svg class="figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={figure.label}>
        <path class="axes" d={`M0 ${y(0)}H${WIDTH}M${x(0)} 0V${HEIGHT}`} />
        {starts.map((angle) => {
          const at = (t: number): [number, number] => {
            const [size, turn] = [0.8 * Math.exp(real.value * t), angle + imaginary.value * t]
            return [x(size * Math.cos(turn)), y(size * Math.sin(turn))]
          }
          const [cx, cy] = at(1)
          return (
            <g key={angle}>
              <path class="fan-line" d={pathOf(Array.from({ length: 41 }, (_, i) => at(i / 40)))!} />
              <circle cx={at(0)[0]} cy={at(0)[1]} r="2.5" class="start" />
              <circle cx={cx} cy={cy} r="4" class="end" />
            </g>
          )
        })}
      </svg>
      <Range
        label={fill(figure.re!, {
          value: signed(real.value, 1),
          meaning: figure[real.value < 0 ? 'shrinks' : real.value > 0 ? 'grows' : 'keeps']!,
        })}
        value={real}
        min={-2}
        max={1}
      />
      <Range
        label={fill(figure.im!, {
          value: signed(imaginary.value, 1),
          meaning: figure[imaginary.value === 0 ? 'straight' : 'turns']!,
        })}
        value={imaginary}
        min={-4}
        max={4}
      />
      <Task figure={figure} done={Math.abs(real.value) < 0.01 && Math.abs(imaginary.value) > 0.01} />
      {local.value && (
        <>
          <figcaption>{figure.own}</figcaption>
          <Eigenvalues values={local.value.eigenvalues} />
        </>
      )}
    </figure>
  )
}

/** Two clouds, one of them moved away. */
export function MmdFigure({ figure }: FigureProps) {
  const away = useSignal(1)
  const sigma = useSignal(0.5)
  const value = useSignal<number | null>(null)
  const answered = useRef(lastAnswer<number>()).current
  const clouds = useComputed(() => {
    const noise = (i: number, k: number) => (Math.sin(12.9898 * (i + 1) + 78.233 * (k + 1)) * 43758.5453) % 1
    const cloud = (from: number, shift: number) =>
      Array.from({ length: 60 }, (_, i) => [
        noise(i, from) + noise(i, from + 1) + shift,
        noise(i, from + 2) + noise(i, from + 3),
      ])
    return [cloud(0, 0), cloud(7, away.value)] as const
  })
  useSignalEffect(() => {
    const [a, b] = clouds.value
    const width = sigma.value
    const asked = library().then((lib) => lib.mmd(a, b, { sigma: width }))
    answered(asked, (mmd) => (value.value = mmd))
  })
  const x = scaleLinear([-2.2, 5.2], [0, WIDTH])
  const y = scaleLinear([-2, 2], [HEIGHT, 0])
  return (
    <figure>
      <svg
        class="figure"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={fill(figure.label!, { value: value.value === null ? '…' : fixed(value.value, 3) })}>
        {clouds.value.map((cloud, k) =>
          cloud.map(([px, py], i) => (
            <circle key={`${k} ${i}`} cx={x(px!)} cy={y(py!)} r="3.4" class={k === 0 ? 'real' : 'predicted'} />
          )),
        )}
        <text class="value" x={WIDTH - 10} y="22" text-anchor="end">
          MMD² = {value.value === null ? '…' : fixed(value.value, 3)}
        </text>
      </svg>
      <Range label={fill(figure.away!, { value: fixed(away.value, 1) })} value={away} min={0} max={3.5} />
      <Range label={fill(figure.sigma!, { value: fixed(sigma.value, 1) })} value={sigma} min={0.1} max={4} />
    </figure>
  )
}

/** A path from one place to another with a detour, and its energy. */
export function EnergyFigure({ figure }: FigureProps) {
  const bend = useSignal(0.8)
  const at = (s: number): [number, number] => [40 + 288 * s, HEIGHT - 40 - 120 * bend.value * Math.sin(Math.PI * s)]
  // With dx/ds = (1, bend cos(pi s) pi 120/288), the mean of |dx/ds|^2 over s.
  const energy = 1 + ((Math.PI * bend.value * 120) / 288) ** 2 / 2
  const dots = Array.from({ length: 13 }, (_, i) => at(i / 12))
  return (
    <figure>
      <svg
        class="figure"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={fill(figure.label!, { value: fixed(energy, 2) })}>
        <path class="axes dashed" d={pathOf([at(0), at(1)])!} />
        <path class="fan-line strong" d={pathOf(Array.from({ length: 41 }, (_, i) => at(i / 40)))!} />
        {dots.map(([cx, cy], i) => (
          <circle key={i} cx={cx} cy={cy} r={i % 12 === 0 ? 6 : 3} class="end" />
        ))}
        <text class="value" x={WIDTH - 10} y="22" text-anchor="end">
          {fill(figure.mean!, { value: fixed(energy, 2) })}
        </text>
      </svg>
      <Range label={figure.detour!} value={bend} min={-0.2} max={1.1} />
      <figcaption>{figure.caption}</figcaption>
    </figure>
  )
}
