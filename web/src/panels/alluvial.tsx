/** Which labels become which: bars of their shares at each time, joined by bands. */
import { categoryColor } from '../cells/coloring.ts'
import { flows, flowsWait, type Flows } from '../session/label_flows.ts'
import { dataset } from '../session/session.ts'
import { Awaited } from '../parts/awaited.tsx'
import { percent, strings, timeName, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const [WIDTH, HEIGHT, BOTTOM, BAR, GAP, SIDE] = [372, 230, 18, 7, 2, 16]
const LEAST = 0.002 // of the cells, below which no band is drawn

export function LabelFlows() {
  return (
    <section>
      <h3>{strings.value.flows.title}</h3>
      <Awaited waits={flowsWait}>{flows.value && <Drawn {...flows.value} />}</Awaited>
    </section>
  )
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((all, one) => all + one, 0)

function Drawn({ labels, steps }: Flows) {
  const data = dataset.value!
  const says = strings.value.flows
  if (steps.every(({ shares }) => sum(shares.data) === 0)) return <p class="hint">{says.oneTime}</p>
  const there = labels
    .map((name, l) => ({ name, l }))
    .filter(({ l }) => steps.some(({ measuredFrom, measuredTo }) => measuredFrom[l]! + measuredTo[l]! > 0))
  return (
    <>
      <Alluvial labels={labels} steps={steps} />
      <p class="key">
        {there.map(({ name, l }) => (
          <span key={name} class="line-key">
            <i class="dot" style={{ background: categoryColor(l) }} /> {name}
          </span>
        ))}
      </p>
      <p class="hint">{says.about}</p>
      <details class="known">
        <summary>{says.table}</summary>
        <table class="flows">
          <thead>
            <tr>
              <th>{says.time}</th>
              <th>{says.label}</th>
              <th class="number">{says.predicted}</th>
              <th class="number">{says.measured}</th>
            </tr>
          </thead>
          <tbody>
            {steps.flatMap(({ predictedTo, measuredTo }, s) =>
              there
                .filter(({ l }) => predictedTo[l]! + measuredTo[l]! > 0)
                .map(({ name, l }) => (
                  <tr key={`${s} ${l}`}>
                    <td>{timeName(data, s + 1)}</td>
                    <td>{name}</td>
                    <td class="number">{percent(predictedTo[l]!)}</td>
                    <td class="number">{percent(measuredTo[l]!)}</td>
                  </tr>
                )),
            )}
          </tbody>
        </table>
      </details>
    </>
  )
}

/** Tops of stacked shares, as heights. */
function stacked(shares: ArrayLike<number>, height: number): number[] {
  let top = 0
  return Array.from(shares, (share) => {
    const here = top
    top += share * height + (share > 0 ? GAP : 0)
    return here
  })
}

function Alluvial({ labels, steps }: Flows) {
  const data = dataset.value!
  const shown = labels.filter((_, l) => steps.some((one) => one.measuredFrom[l]! + one.measuredTo[l]! > 0)).length
  const height = HEIGHT - BOTTOM - GAP * shown
  const columns = steps.length + 1
  const x = (s: number) => SIDE + ((WIDTH - 2 * SIDE) * s) / (columns - 1)
  const measured = [...steps.map(({ measuredFrom }) => measuredFrom), steps.at(-1)!.measuredTo]
  const every = Math.ceil(columns / 9) // times that are written
  return (
    <svg
      class="alluvial"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={fill(strings.value.flows.figure, { labels: labels.join(', ') })}>
      {steps.map((step, s) => (
        <Bands key={s} step={step} labels={labels} height={height} from={x(s) + BAR} to={x(s + 1) - BAR} />
      ))}
      {measured.map((shares, s) => {
        const predicted = steps[s - 1]?.predictedTo
        return (
          <g key={s}>
            {predicted && <Bar shares={predicted} labels={labels} height={height} x={x(s) - BAR} pale />}
            <Bar shares={shares} labels={labels} height={height} x={x(s)} />
            {s % every === 0 && (
              <text x={x(s)} y={HEIGHT - 4}>
                {timeText(data.snapshots[s]!.time)}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

interface Column {
  shares: ArrayLike<number>
  labels: readonly string[]
  height: number
  x: number
  pale?: boolean
}

function Bar({ shares, labels, height, x, pale = false }: Column) {
  const tops = stacked(shares, height)
  const { predictedBar, measuredBar } = strings.value.flows
  return (
    <>
      {labels.map((name, l) =>
        shares[l]! > 0 ? (
          <rect
            key={name}
            x={x}
            y={tops[l]}
            width={BAR}
            height={shares[l]! * height}
            fill={categoryColor(l)}
            fill-opacity={pale ? 0.55 : 1}>
            <title>{fill(pale ? predictedBar : measuredBar, { name, share: percent(shares[l]!) })}</title>
          </rect>
        ) : null,
      )}
    </>
  )
}

interface Step {
  step: Flows['steps'][number]
  labels: readonly string[]
  height: number
  from: number
  to: number
}

/** Each leaves a measured share and makes up a predicted one, so that its width is the share of cells. */
function Bands({ step, labels, height, from, to }: Step) {
  const { shares, measuredFrom, predictedTo } = step
  const [left, right] = [stacked(measuredFrom, height), stacked(predictedTo, height)]
  const middle = (from + to) / 2
  const { band } = strings.value.flows
  const bands = labels.flatMap((before, a) =>
    labels.map((after, b) => {
      const share = shares.data[a * labels.length + b]!
      const [y, z, width] = [left[a]!, right[b]!, share * height]
      left[a]! += width
      right[b]! += width
      const path =
        `M${from} ${y}C${middle} ${y} ${middle} ${z} ${to} ${z}v${width}` +
        `C${middle} ${z + width} ${middle} ${y + width} ${from} ${y + width}z`
      return { share, path, color: categoryColor(a), name: fill(band, { before, after, share: percent(share) }) }
    }),
  )
  return (
    <>
      {bands.map(({ share, path, color, name }) =>
        share > LEAST ? (
          <path key={name} d={path} fill={color} fill-opacity={0.3}>
            <title>{name}</title>
          </path>
        ) : null,
      )}
    </>
  )
}
