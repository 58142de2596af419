/** An operator as a map, and its eigenvalues in the complex plane. */
import { max } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { signedColor } from '../cells/coloring.ts'
import { dark } from '../picture/picture.ts'
import { decimalsOf } from '../cells/text.ts'
import { Words } from './term.tsx'
import { signed, strings, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const SIDE = 172

/** A matrix (D, D), row-major. */
export function OperatorMap({ a, caption = strings.value.operator.a }: { a: Float32Array; caption?: string }) {
  const says = strings.value.operator
  const dims = Math.sqrt(a.length)
  const most = max(a, Math.abs) || 1
  // Times in hours make small numbers: then a common factor stands below.
  const unit = most < 0.1 ? 10 ** Math.floor(Math.log10(most)) : 1
  const margin = 24
  const box = (SIDE - margin) / dims
  return (
    <figure>
      <svg class="operator" viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={caption}>
        {Array.from(a, (value, i) => {
          const [row, column] = [Math.floor(i / dims), i % dims]
          const [x, y] = [margin + column * box, margin + row * box]
          return (
            <g key={i}>
              <rect x={x} y={y} width={box - 1} height={box - 1} rx="2" fill={signedColor(value / most, dark.value)}>
                <title>
                  {fill(says.entry, { row: row + 1, column: column + 1, value: signed(value, decimalsOf(most) + 1) })}
                </title>
              </rect>
              {dims <= 6 && (
                <text x={x + box / 2} y={y + box / 2 + 3} class={Math.abs(value) > 0.55 * most ? 'strong' : ''}>
                  {signed(value / unit, 1).replace('+', '')}
                </text>
              )}
            </g>
          )
        })}
        {dims <= 10 &&
          Array.from({ length: dims }, (_, d) => (
            <g key={d} class="names">
              <text x={margin + (d + 0.5) * box} y={margin - 7}>
                {d + 1}
              </text>
              <text x={margin - 9} y={margin + (d + 0.5) * box + 3}>
                {d + 1}
              </text>
            </g>
          ))}
      </svg>
      <figcaption>
        <Words>{caption}</Words>
        {unit < 1 && fill(says.numbersTimes, { unit: timeText(unit) })}
      </figcaption>
    </figure>
  )
}

/** (D, 2): real and imaginary parts, by descending real part. */
export function Eigenvalues({ values }: { values: Float32Array }) {
  const count = values.length / 2
  const most = 1.2 * (max(values, Math.abs) || 1)
  const scale = scaleLinear([-most, most], [6, SIDE - 6])
  const says = strings.value.operator
  const decimals = decimalsOf(most)
  const value = signed(values[0]!, decimals)
  return (
    <figure>
      <svg class="eigenvalues" viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={fill(says.plane, { value })}>
        <rect class="growing" x={scale(0)} y="0" width={SIDE - scale(0)} height={SIDE} />
        <path class="axes" d={`M0 ${scale(0)}H${SIDE}M${scale(0)} 0V${SIDE}`} />
        <text x={SIDE - 4} y={scale(0) - 4} text-anchor="end">
          Re λ
        </text>
        <text x={scale(0) + 4} y="11">
          Im λ
        </text>
        <text x={SIDE - 4} y={SIDE - 5} text-anchor="end">
          {says.grows}
        </text>
        <text x="4" y={SIDE - 5}>
          {says.shrinks}
        </text>
        {Array.from({ length: count }, (_, i) => (
          <circle key={i} cx={scale(values[2 * i]!)} cy={scale(-values[2 * i + 1]!)} r="4.5">
            <title>
              λ = {signed(values[2 * i]!, decimals)} {signed(values[2 * i + 1]!, decimals)} i
            </title>
          </circle>
        ))}
      </svg>
      <figcaption>
        <Words>{says.eigenvalues}</Words>
        {fill(values[0]! > 0 ? says.someGrow : says.allShrink, { value })}
      </figcaption>
    </figure>
  )
}
