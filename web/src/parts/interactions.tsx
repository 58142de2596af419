/** The strongest gene interactions of a cell or of a group: a table and a small network, which point at each other. */
import { useSignal, type Signal } from '@preact/signals'
import { signedColor } from '../cells/coloring.ts'
import { perTime } from '../cells/axis_names.ts'
import type { Difference, Effect } from '../cells/group_means.ts'
import { dark } from '../picture/picture.ts'
import { dataset } from '../session/session.ts'
import { decimalsOf } from '../cells/text.ts'
import { signed, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from './say.tsx'

const SHOWN = 8

interface Props {
  /** The strongest first, at least one. */
  found: readonly (Effect | Difference)[]
  /** Begins the sentence about the first effect. */
  of?: string
  /** Effects, or those of one group minus those of another. */
  as?: 'effect' | 'difference'
}

export function Interactions({ found, of = '', as = 'effect' }: Props) {
  const says = strings.value.interactions
  const pointed = useSignal<number | null>(null)
  const shown = found.slice(0, SHOWN)
  const { regulator, target, effect } = shown[0]!
  const decimals = decimalsOf(Math.abs(effect))
  const per = perTime(dataset.value!, strings.value.legend)
  return (
    <>
      {as === 'effect' ? (
        <p>
          <Say text={effect > 0 ? says.raises : says.lowers} values={{ of, regulator, target }} />
        </p>
      ) : (
        <p>
          <Say text={says.differs} values={{ regulator, target, effect: signed(effect, decimals) }} />
        </p>
      )}
      {as === 'effect' && <Network shown={shown} pointed={pointed} />}
      <table>
        <thead>
          <tr>
            <th>{says.regulator}</th>
            <th>{says.target}</th>
            {as === 'difference' && <th>{says.here}</th>}
            <th class="number">{fill(as === 'effect' ? says.effect : says.difference, { per })}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ regulator, target, effect, words }: Effect & { words?: Difference['words'] }, i) => (
            <tr
              key={i}
              class={pointed.value === i ? 'pointed' : ''}
              onMouseEnter={() => (pointed.value = i)}
              onMouseLeave={() => (pointed.value = null)}>
              <td>{regulator}</td>
              <td>
                {as === 'effect' && (effect > 0 ? '→ ' : '⊣ ')}
                {target}
              </td>
              {words && <td>{says.words[words]}</td>}
              <td class="number">{signed(effect, decimals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{as === 'effect' ? says.about : says.aboutDifferences}</p>
    </>
  )
}

interface Drawn {
  shown: readonly Effect[]
  /** Which edge the table and this point at. */
  pointed?: Signal<number | null>
}

export function Network({ shown, pointed: given }: Drawn) {
  const own = useSignal<number | null>(null)
  const pointed = given ?? own
  const nodes = [...new Set(shown.flatMap(({ regulator, target }) => [regulator, target]))]
  const [width, height, radius] = [360, 230, 92]
  const place = (gene: string): [number, number] => {
    const angle = (2 * Math.PI * nodes.indexOf(gene)) / nodes.length - Math.PI / 2
    return [width / 2 + 1.5 * radius * Math.cos(angle), height / 2 + radius * Math.sin(angle)]
  }
  const most = Math.abs(shown[0]!.effect)
  return (
    <svg class="network" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={strings.value.interactions.network}>
      {shown.map(({ regulator, target, effect }, i) => {
        const [[x1, y1], [x2, y2]] = [place(regulator), place(target)]
        const length = Math.hypot(x2 - x1, y2 - y1)
        const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
        const [gap, bend] = [Math.min(22, length / 4), 0.12]
        const [ax, ay, bx, by] = [x1 + ux * gap, y1 + uy * gap, x2 - ux * gap, y2 - uy * gap]
        const [mx, my] = [(ax + bx) / 2 - uy * length * bend, (ay + by) / 2 + ux * length * bend]
        // The head points along the last part of the curve.
        const turn = (Math.atan2(by - my, bx - mx) * 180) / Math.PI
        const color = signedColor(Math.sign(effect), dark.value)
        return (
          <g
            key={i}
            class={pointed.value === null ? '' : pointed.value === i ? 'pointed' : 'faint'}
            stroke={color}
            fill={color}
            onMouseEnter={() => (pointed.value = i)}
            onMouseLeave={() => (pointed.value = null)}>
            <path
              d={`M${ax} ${ay}Q${mx} ${my} ${bx} ${by}`}
              fill="none"
              stroke-width={1 + (2.5 * Math.abs(effect)) / most}
            />
            <path
              d={effect > 0 ? 'M4 0L-6 -4.5V4.5z' : 'M0 -6V6'}
              stroke-width={effect > 0 ? 0 : 3}
              transform={`translate(${bx} ${by}) rotate(${turn})`}
            />
          </g>
        )
      })}
      {nodes.map((gene) => {
        const [x, y] = place(gene)
        return (
          <text key={gene} x={x} y={y + 4}>
            {gene}
          </text>
        )
      })}
    </svg>
  )
}
