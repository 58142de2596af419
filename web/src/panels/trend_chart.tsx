/** Expression of one gene along the way to each fate: lines with their intervals, and dots as measured. */
import { extent } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { categoryColor } from '../cells/coloring.ts'
import { strings, tickText, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const [WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT, TOP] = [372, 190, 40, 22, 12, 8]
const DASHES = ['', '7 3', '2 3', '9 3 2 3'] // colours are not all that tells the lines apart

export interface TrendLine {
  name: string
  /** The place of its label, for its colour. */
  label: number
  points: readonly { time: number; mean: number; low: number; high: number }[]
}

interface Props {
  label: string
  lines: readonly TrendLine[]
  measured: readonly { time: number; mean: number }[]
}

export function TrendChart({ label, lines, measured }: Props) {
  const says = strings.value.trends
  const points = lines.flatMap((one) => one.points)
  const times = measured.map(({ time }) => time)
  const x = scaleLinear(extent(times) as [number, number], [LEFT, WIDTH - RIGHT])
  const [low, high] = extent([...points.flatMap((one) => [one.low, one.high]), ...measured.map(({ mean }) => mean)])
  const y = scaleLinear([low ?? 0, high ?? 1], [HEIGHT - BOTTOM, TOP]).nice(4)
  const path = line<TrendLine['points'][number]>(
    ({ time }) => x(time),
    ({ mean }) => y(mean),
  ).digits(1)
  const band = area<TrendLine['points'][number]>(
    ({ time }) => x(time),
    ({ low }) => y(low),
    ({ high }) => y(high),
  ).digits(1)
  return (
    <figure>
      <svg class="curve trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {y.ticks(4).map((tick) => (
          <g key={tick} class="tick">
            <path d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
            <text x={LEFT - 5} y={y(tick) + 4}>
              {tickText(tick)}
            </text>
          </g>
        ))}
        {x.ticks(5).map((tick) => (
          <text key={tick} class="time" x={x(tick)} y={HEIGHT - 5}>
            {timeText(tick)}
          </text>
        ))}
        {lines.map(({ name, label, points }) => (
          <path key={name} d={band(points) ?? ''} fill={categoryColor(label)} fill-opacity={0.16} />
        ))}
        {lines.map(({ name, label, points }, f) => (
          <path
            key={name}
            class="line"
            d={path(points) ?? ''}
            stroke={categoryColor(label)}
            stroke-dasharray={DASHES[f % DASHES.length]}
          />
        ))}
        {measured.map(({ time, mean }) => (
          <circle key={time} cx={x(time)} cy={y(mean)} r="3.2" />
        ))}
      </svg>
      <p class="key">
        {lines.map(({ name, label }, f) => (
          <span key={name} class="line-key">
            <svg width="26" height="10" aria-hidden="true">
              <path
                d="M1 5h24"
                stroke={categoryColor(label)}
                stroke-width="2"
                stroke-dasharray={DASHES[f % DASHES.length]}
              />
            </svg>{' '}
            {fill(says.to, { name })}
          </span>
        ))}
        <span class="line-key">
          <svg class="trend" width="12" height="10" aria-hidden="true">
            <circle cx="6" cy="5" r="3.2" />
          </svg>{' '}
          {says.allCells}
        </span>
      </p>
    </figure>
  )
}
