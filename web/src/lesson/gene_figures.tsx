/** From one gene to a matrix: figures for people who have never seen an equation of motion. */
import { useSignal } from '@preact/signals'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { FigureProps } from './figure_props.ts'
import { amountAt, pathFrom, rateOf, restOf, turns, type TwoGenes } from './linear.ts'
import { Range } from './range.tsx'
import { Task } from './task.tsx'
import { fixed, signed } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const [WIDTH, HEIGHT] = [368, 200]
const pathOf = line<readonly [number, number]>().digits(1)

/** dx/dt = a x + b with its three numbers. */
export function OneGeneFigure({ figure }: FigureProps) {
  const a = useSignal(-0.5)
  const b = useSignal(1.5)
  const start = useSignal(0.2)
  const x = scaleLinear([0, 8], [34, WIDTH - 12])
  const y = scaleLinear([0, 4], [HEIGHT - 24, 10])
  const rest = restOf(a.value, b.value)
  const points = Array.from(
    { length: 81 },
    (_, i) => [i / 10, amountAt(a.value, b.value, start.value, i / 10)] as const,
  )
  const first = a.value * start.value + b.value
  const meaning = figure[a.value < 0 ? 'loses' : a.value > 0 ? 'gains' : 'keeps']!
  return (
    <figure>
      <svg class="figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={figure.label}>
        <path class="axes" d={`M${x(0)} 10V${y(0)}H${WIDTH - 12}`} />
        {[1, 2, 3].map((tick) => (
          <text key={tick} x="26" y={y(tick) + 4} text-anchor="end">
            {tick}
          </text>
        ))}
        {rest !== null && rest <= 4 && <path class="axes dashed" d={`M${x(0)} ${y(rest)}H${WIDTH - 12}`} />}
        <path
          class="fan-line strong"
          d={pathOf(points.filter(([, amount]) => amount >= 0 && amount <= 4).map(([t, amount]) => [x(t), y(amount)]))!}
        />
        <circle class="end" cx={x(0)} cy={y(start.value)} r="5" />
        <text x={WIDTH - 14} y={HEIGHT - 8} text-anchor="end">
          t
        </text>
        <text x="8" y="18">
          x
        </text>
      </svg>
      <p class="sum">
        {fill(figure.now!, {
          a: signed(a.value, 1),
          x: fixed(start.value, 1),
          b: fixed(b.value, 1),
          rate: signed(first, 2),
        })}
      </p>
      <Range label={fill(figure.a!, { a: signed(a.value, 1), meaning })} value={a} min={-2} max={0.5} />
      <Range label={fill(figure.b!, { b: fixed(b.value, 1) })} value={b} min={0} max={3} />
      <Range label={fill(figure.x!, { x: fixed(start.value, 1) })} value={start} min={0} max={4} />
      <Task figure={figure} done={rest !== null && Math.abs(rest - 1) < 1e-6} />
    </figure>
  )
}

const REACH = 1.2
const GRID = [-1, -0.6, -0.2, 0.2, 0.6, 1]

/** Two genes around a middle: each number with a slider. */
export function TwoGenesFigure({ figure }: FigureProps) {
  const own = useSignal(-0.3)
  const onFirst = useSignal(0)
  const onSecond = useSignal(0.8)
  const start = useSignal<readonly [number, number]>([0.9, -0.7])
  const genes: TwoGenes = [own.value, onFirst.value, onSecond.value]
  const side = 250
  const at = scaleLinear([-REACH, REACH], [0, side])
  const screen = (x: number, y: number): [number, number] => [(WIDTH - side) / 2 + at(x), side - at(y)]
  const arrow = (x: number, y: number) => {
    const [dx, dy] = rateOf(genes, x, y)
    const [x0, y0] = screen(x, y)
    const [x1, y1] = screen(x + 0.22 * dx, y + 0.22 * dy)
    const angle = Math.atan2(y1 - y0, x1 - x0)
    const head = Math.min(6, 0.6 * Math.hypot(x1 - x0, y1 - y0))
    const wing = (turn: number) => `L${x1 - head * Math.cos(angle + turn)} ${y1 - head * Math.sin(angle + turn)}`
    return `M${x0} ${y0}L${x1} ${y1}${wing(0.5)}M${x1} ${y1}${wing(-0.5)}`
  }
  const path = pathFrom(genes, ...start.value, 9, REACH)
  return (
    <figure>
      <svg
        class="figure pick"
        viewBox={`0 0 ${WIDTH} ${side + 20}`}
        role="img"
        aria-label={figure.label}
        onClick={(event) => {
          const { left, top, width } = event.currentTarget.getBoundingClientRect()
          const unit = WIDTH / width
          const px = (event.clientX - left) * unit - (WIDTH - side) / 2
          const inside = (value: number) => Math.max(-REACH, Math.min(REACH, value))
          start.value = [inside(at.invert(px)), inside(at.invert(side - (event.clientY - top) * unit))]
        }}>
        <path class="axes" d={`M${screen(-REACH, -REACH)}H${screen(REACH, 0)[0]}M${screen(-REACH, -REACH)}V0`} />
        {GRID.flatMap((x) => GRID.map((y) => <path key={`${x} ${y}`} class="arrow" d={arrow(x, y)} />))}
        <path class="fan-line strong" d={pathOf(path.map(([x, y]) => screen(x, y)))!} />
        <circle class="end" cx={screen(...start.value)[0]} cy={screen(...start.value)[1]} r="5" />
        <text x={WIDTH / 2} y={side + 14} text-anchor="middle">
          {figure.first}
        </text>
        <text transform={`translate(${(WIDTH - side) / 2 - 10} ${side / 2}) rotate(-90)`} text-anchor="middle">
          {figure.second}
        </text>
      </svg>
      <Range label={fill(figure.own!, { value: signed(own.value, 1) })} value={own} min={-1} max={0.5} />
      <Range
        label={fill(figure.onSecond!, { value: signed(onSecond.value, 1) })}
        value={onSecond}
        min={-1.5}
        max={1.5}
      />
      <Range label={fill(figure.onFirst!, { value: signed(onFirst.value, 1) })} value={onFirst} min={-1.5} max={1.5} />
      <Task figure={figure} done={turns(genes)} />
    </figure>
  )
}

const MATRIX = [
  [-0.3, -0.8],
  [0.8, -0.3],
] as const

/** What a number of a matrix says. */
export function MatrixFigure({ figure }: FigureProps) {
  const chosen = useSignal<readonly [number, number]>([1, 0])
  const [row, column] = chosen.value
  const value = MATRIX[row]![column]!
  const effect = figure[value > 0 ? 'raises' : value < 0 ? 'lowers' : 'leaves']!
  return (
    <figure>
      <figcaption>{figure.pick}</figcaption>
      <div class="small-matrix" role="group" aria-label={figure.label}>
        {MATRIX.flatMap((line, r) =>
          line.map((number, c) => (
            <button
              key={`${r} ${c}`}
              class={r === row || c === column ? 'lit' : ''}
              aria-pressed={r === row && c === column}
              onClick={() => (chosen.value = [r, c])}>
              {signed(number, 1)}
            </button>
          )),
        )}
      </div>
      <p aria-live="polite">{fill(figure.reads!, { row: row + 1, column: column + 1, effect })}</p>
      <p class="sum">
        {fill(figure.sum!, { row: row + 1, first: signed(MATRIX[row]![0]!, 1), second: signed(MATRIX[row]![1]!, 1) })}
      </p>
    </figure>
  )
}
