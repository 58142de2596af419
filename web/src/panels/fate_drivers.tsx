/** The genes that differ between cells of one time with a high and a low probability of a fate. */
import { useSignal } from '@preact/signals'
import { decimalsOf } from '../cells/text.ts'
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
import { counted, fateWords, fixed, moreText, signed, strings, timeName } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from '../parts/say.tsx'

const SHOWN = 8
const MORE = 50

export function Drivers() {
  const data = dataset.value!
  const says = strings.value.drivers
  const { names, found } = fates.value!
  const time = timeName(data, driverTime.value)
  return (
    <section>
      <h3>{says.title}</h3>
      <div class="row">
        <Select
          label={says.fate}
          value={names[driverFate.value]!}
          options={names.map((name) => [name, name] as const)}
          onChange={(name) => (state.fate.value = name)}
        />
        <Select
          label={says.cellsOfTime}
          value={String(driverTime.value)}
          options={data.snapshots.slice(0, -1).map((_, k) => {
            const why = found.whyNoDrivers[k]!
            return [String(k), `${timeName(data, k)}${why && ` (${fateWords(why)})`}`] as const
          })}
          onChange={(place) => (state.from.value = Number(place))}
        />
      </div>
      {whyNoDrivers.value === 'not known' ? (
        <p>
          <Say text={says.notKnown} values={{ time }} />
        </p>
      ) : whyNoDrivers.value === 'too few cells' ? (
        <p>{fill(says.tooFew, { time })}</p>
      ) : (
        <Awaited waits={driversWait}>{drivers.value.length > 0 && <List all={drivers.value} />}</Awaited>
      )}
    </section>
  )
}

function List({ all }: { all: readonly Driver[] }) {
  const says = strings.value.drivers
  const more = useSignal(false)
  const shown = all.slice(0, more.value ? MORE : SHOWN)
  const most = Math.max(...shown.map(({ difference }) => Math.abs(difference)))
  const decimals = decimalsOf(most)
  return (
    <>
      <p>{fill(says.mean, { fate: fates.value!.names[driverFate.value]! })}</p>
      <table class="changes drivers">
        <thead>
          <tr>
            <th>{strings.value.shared.gene}</th>
            <td />
            <th class="number">{says.difference}</th>
            <th class="number">{says.interval}</th>
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
                  title={fill(says.alongTheWay, { gene })}
                  onClick={() => (state.trend.value = gene)}>
                  {gene}
                </button>
              </td>
              <SignedBar value={difference} most={most} />
              <td class="number">{signed(difference, decimals)}</td>
              <td class="number">{fill(says.fromTo, { low: signed(low, decimals), high: signed(high, decimals) })}</td>
              <td class="number">{q < 0.001 ? `< ${fixed(0.001, 3)}` : fixed(q, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > SHOWN && (
        <button onClick={() => (more.value = !more.value)}>
          {more.value ? strings.value.shared.showFewer : moreText(all.length, MORE)}
        </button>
      )}
      <p class="hint">{fill(says.about, { genes: counted(all.length, 'gene') })}</p>
    </>
  )
}
