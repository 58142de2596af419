/** A small chart of lines over steps. */
import { extent } from 'd3-array'
import { scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { grouped, strings, tickText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export interface Line {
  name: string
  points: readonly (readonly [x: number, y: number])[]
  kind: string
}

interface Props {
  label: string
  lines: readonly Line[]
  steps: number
  /** Horizontal lines. */
  levels?: readonly { name: string; y: number }[]
  logarithmic?: boolean
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT] = [368, 150, 36, 18, 74]

export function Curve({ label, lines, steps, levels = [], logarithmic = false }: Props) {
  const all = [...lines.flatMap(({ points }) => points.map(([, y]) => y)), ...levels.map(({ y }) => y)].filter(
    (y) => y > 0,
  )
  const [low = 0.1, high = 1] = extent(all) as [number | undefined, number | undefined]
  const y = (logarithmic ? scaleLog() : scaleLinear())
    .domain([logarithmic ? low / 1.2 : Math.min(0.9 * low, 0), high * 1.1])
    .range([HEIGHT - BOTTOM, 6])
  const x = scaleLinear([0, steps], [LEFT, WIDTH - RIGHT])
  const path = line<readonly [number, number]>()
    .x(([step]) => x(step))
    .y(([, value]) => y(Math.max(value, low / 2)))
    .digits(1)
  const ticks = logarithmic
    ? (y as ReturnType<typeof scaleLog>)
        .ticks(4)
        .filter((tick) => /^[125]/.test(tick.toExponential()))
        .slice(-6)
    : y.ticks(4)
  // Names that would overlap move apart.
  const names = [
    ...lines
      .filter(({ points }) => points.length > 0)
      .map(({ name, points, kind }) => ({ name, kind, at: y(Math.max(points.at(-1)![1], low / 2)) })),
    ...levels.map((level) => ({ name: level.name, kind: 'level', at: y(level.y) })),
  ].sort((a, b) => a.at - b.at)
  names.forEach((name, i) => {
    if (i > 0) name.at = Math.max(name.at, names[i - 1]!.at + 12)
  })
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick} class="tick">
          <path d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 5} y={y(tick) + 3}>
            {tickText(tick)}
          </text>
        </g>
      ))}
      <text class="steps" x={LEFT} y={HEIGHT - 4}>
        0
      </text>
      <text class="steps" x={WIDTH - RIGHT} y={HEIGHT - 4}>
        {fill(strings.value.training.steps, { count: grouped(steps) })}
      </text>
      {levels.map((level) => (
        <path key={level.name} class="level" d={`M${LEFT} ${y(level.y)}H${WIDTH - RIGHT}`} />
      ))}
      {lines.map(({ name, points, kind }) => (
        <path key={name} class={`line ${kind}`} d={path(points) ?? ''} />
      ))}
      {names.map(({ name, at, kind }) => (
        <text key={name} class={`name ${kind}`} x={WIDTH - RIGHT + 5} y={at + 4}>
          {name}
        </text>
      ))}
    </svg>
  )
}
