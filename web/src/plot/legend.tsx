/** What the colours mean, from the same object that colours the points. */
import { coloring, textScale, view } from '../picture/picture.ts'
import { state } from '../session/state.ts'
import { strings, tickText, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const RAMP = 160
const MOST_LABELS = 12
const MOST_LETTERS = 28
const LETTER = 7 // pixels, about

export function Legend() {
  const colors = coloring.value
  if (!colors) return null
  const {
    title,
    unit,
    domain: [low, high],
    ramp,
    labels,
    others,
    ticks,
  } = colors
  const named = (labels ?? []).slice(0, MOST_LABELS).map((label, i) => [label, ramp(i / high)] as const)
  const shown = others === undefined ? named : [...named, [others, ramp(1)] as const]
  const more = (labels?.length ?? 0) - named.length
  const width = Math.max(
    labels ? LETTER * Math.max(...shown.map(([label]) => Math.min(label.length, MOST_LETTERS))) + 20 : RAMP,
    LETTER * Math.max(title.length, (unit?.length ?? 0) * 0.9),
  )
  const left = view.value.width - (width + 20) * textScale.value
  const top = unit ? 36 : 22
  const bottom = labels ? top + 17 * (shown.length + (more > 0 ? 1 : 0)) : top + 30
  return (
    <g
      class={`legend ${labels && state.color.value === 'group' ? 'of-labels' : ''}`}
      transform={`translate(${left} 10) scale(${textScale.value})`}>
      <rect class="back" x="-10" y="-4" width={width + 20} height={bottom + 6} rx="8" />
      <text class="name" y="12">
        {title}
      </text>
      {unit && <text y="26">{unit}</text>}
      {shown.map(([label, color], i) => (
        <g key={label} transform={`translate(0 ${top + 17 * i})`}>
          <circle cx="5" cy="7" r="5" fill={color} />
          <text class="label" x="17" y="11">
            {label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label}
          </text>
        </g>
      ))}
      {more > 0 && (
        <text x="17" y={bottom - 5}>
          {fill(strings.value.legend.more, { count: more })}
        </text>
      )}
      {!labels && (
        <g transform={`translate(0 ${top})`}>
          {Array.from({ length: RAMP / 2 }, (_, i) => (
            <rect key={i} x={2 * i} width="2.5" height="11" fill={ramp((i + 0.5) / (RAMP / 2))} />
          ))}
          {(ticks ?? [low, high]).map((value, i, all) => (
            <text
              key={value}
              x={(RAMP * (value - low)) / (high - low)}
              y="25"
              text-anchor={i === 0 ? 'start' : i + 1 === all.length ? 'end' : 'middle'}>
              {ticks ? timeText(value) : tickText(value)}
            </text>
          ))}
        </g>
      )}
    </g>
  )
}
