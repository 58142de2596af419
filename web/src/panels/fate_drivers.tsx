/** The genes that differ between cells of one time with a high and a low probability of a fate. */
import { useSignal } from '@preact/signals'
import { timeName } from '../cells/dataset.ts'
import { counted, decimalsOf, moreText, signed } from '../cells/text.ts'
import {
  drivers,
  driverFate,
  driversWait,
  driverTime,
  trendGene,
  whyNoDrivers,
  type Driver,
} from '../session/fate_genes.ts'
import { fates } from '../session/fates.ts'
import { dataset } from '../session/session.ts'
import { state } from '../session/state.ts'
import { Awaited } from '../parts/awaited.tsx'
import { Select } from '../parts/select.tsx'
import { SignedBar } from '../parts/signed_bar.tsx'

const SHOWN = 8
const MORE = 50

export function Drivers() {
  const data = dataset.value!
  const { names, found } = fates.value!
  const time = timeName(data, driverTime.value)
  return (
    <section>
      <h3>Genes that differ early</h3>
      <div class="row">
        <Select
          label="Fate"
          value={names[driverFate.value]!}
          options={names.map((name) => [name, name] as const)}
          onChange={(name) => (state.fate.value = name)}
        />
        <Select
          label="Cells of time"
          value={String(driverTime.value)}
          options={data.snapshots.slice(0, -1).map((_, k) => {
            const why = found.whyNoDrivers[k]!
            return [String(k), `${timeName(data, k)}${why && ` (${why})`}`] as const
          })}
          onChange={(place) => (state.from.value = Number(place))}
        />
      </div>
      {whyNoDrivers.value === 'not known' ? (
        <p>
          <b>Not known</b>: cells of time {time} tell nothing of their fate, so no gene can be told to differ by it.
        </p>
      ) : whyNoDrivers.value === 'too few cells' ? (
        <p>Time {time} has too few cells to compare a quarter of them with another.</p>
      ) : (
        <Awaited waits={driversWait}>{drivers.value.length > 0 && <List all={drivers.value} />}</Awaited>
      )}
    </section>
  )
}

function List({ all }: { all: readonly Driver[] }) {
  const more = useSignal(false)
  const shown = all.slice(0, more.value ? MORE : SHOWN)
  const most = Math.max(...shown.map(({ difference }) => Math.abs(difference)))
  const decimals = decimalsOf(most)
  return (
    <>
      <p>
        Mean expression in the quarter of these cells that is likeliest to become {fates.value!.names[driverFate.value]}
        , minus that in the quarter that is least likely to:
      </p>
      <table class="changes drivers">
        <thead>
          <tr>
            <th>Gene</th>
            <td />
            <th class="number">Difference</th>
            <th class="number">95 % interval</th>
            <th class="number">q</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ gene, difference, low, high, q }) => (
            <tr key={gene} class={gene === trendGene.value ? 'pointed' : ''}>
              <td>
                <button
                  class="link"
                  aria-pressed={gene === trendGene.value}
                  title={`Show ${gene} along the way`}
                  onClick={() => (state.trend.value = gene)}>
                  {gene}
                </button>
              </td>
              <SignedBar value={difference} most={most} />
              <td class="number">{signed(difference, decimals)}</td>
              <td class="number">
                {signed(low, decimals)} to {signed(high, decimals)}
              </td>
              <td class="number">{q < 0.001 ? '< 0.001' : q.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > SHOWN && (
        <button onClick={() => (more.value = !more.value)}>
          {more.value ? 'Show fewer' : moreText(all.length, MORE)}
        </button>
      )}
      <p class="hint">
        Of the {counted(all.length, 'gene')} in this page; q is corrected for their number. First are genes that differ
        more now than at the last time, since those that merely follow a decision differ later. A high rank does not
        mean that the gene decides.
      </p>
    </>
  )
}
