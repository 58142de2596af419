/** An operator as a map, and its eigenvalues in the complex plane. */
import { max } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { signedColor } from '../cells/coloring.ts'
import { dark } from '../picture/picture.ts'
import { decimalsOf, signed } from '../cells/text.ts'
import { Words } from './term.tsx'

const SIDE = 172

/** A matrix (D, D), row-major. */
export function OperatorMap({
  a,
  caption = 'A: how component (column) drives component (row), whitened',
}: {
  a: Float32Array
  caption?: string
}) {
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
                  PC{row + 1} from PC{column + 1}: {signed(value, decimalsOf(most) + 1)}
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
        {unit < 1 && `; numbers times ${unit.toPrecision(1)}`}
      </figcaption>
    </figure>
  )
}

/** (D, 2): real and imaginary parts, by descending real part. */
export function Eigenvalues({ values }: { values: Float32Array }) {
  const count = values.length / 2
  const most = 1.2 * (max(values, Math.abs) || 1)
  const scale = scaleLinear([-most, most], [6, SIDE - 6])
  const grows = values[0]! > 0
  const decimals = decimalsOf(most)
  return (
    <figure>
      <svg
        class="eigenvalues"
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="img"
        aria-label={`Eigenvalues of A in the complex plane; the largest real part is ${signed(values[0]!, decimals)}`}>
        <rect class="growing" x={scale(0)} y="0" width={SIDE - scale(0)} height={SIDE} />
        <path class="axes" d={`M0 ${scale(0)}H${SIDE}M${scale(0)} 0V${SIDE}`} />
        <text x={SIDE - 4} y={scale(0) - 4} text-anchor="end">
          Re λ
        </text>
        <text x={scale(0) + 4} y="11">
          Im λ
        </text>
        <text x={SIDE - 4} y={SIDE - 5} text-anchor="end">
          grows
        </text>
        <text x="4" y={SIDE - 5}>
          shrinks
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
        <Words>Eigenvalues</Words>: {grows ? 'some direction grows' : 'all directions shrink'}, max Re λ ={' '}
        {signed(values[0]!, decimals)}
      </figcaption>
    </figure>
  )
}
