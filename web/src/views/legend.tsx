/** What the colours mean, from the same object that colours the points. */
import { useId } from 'preact/hooks'
import { coloring } from '../picture.ts'
import { timeText } from './text.ts'

export function Legend() {
  const id = useId()
  const colors = coloring.value
  if (!colors) return null
  const { title, unit, domain: [low, high], ramp, labels, ticks } = colors
  return (
    <figure class="legend" aria-label={`Colours: ${title}`}>
      <figcaption>{title}{unit && <small>{unit}</small>}</figcaption>
      {labels
        ? <ul>{labels.map((label, i) => <li key={label}><i style={{ background: ramp(i / high) }} />{label}</li>)}</ul>
        : (
          <svg width="168" height="34" viewBox="0 0 168 34" aria-hidden="true">
            <defs>
              <linearGradient id={id}>
                {Array.from({ length: 17 }, (_, i) => <stop key={i} offset={i / 16} stop-color={ramp(i / 16)} />)}
              </linearGradient>
            </defs>
            <rect x="4" y="2" width="160" height="12" rx="3" fill={`url(#${id})`} />
            {(ticks ?? [low, high]).map((value, i, all) => (
              <text key={value} x={4 + (160 * (value - low)) / (high - low)} y="28" text-anchor={i === 0 ? 'start' : i + 1 === all.length ? 'end' : 'middle'}>{timeText(value)}</text>
            ))}
          </svg>
        )}
    </figure>
  )
}
