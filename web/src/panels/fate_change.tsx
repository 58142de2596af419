/** A changed gene as a shift of fates, beside similar genes and beside what expression alone says. */
import { useSignal } from '@preact/signals'
import { categoryColor } from '../cells/coloring.ts'
import { decimalsOf } from '../cells/text.ts'
import {
  changedSnapshot,
  fateChange,
  fateChangeIsLong,
  fateChangeProgress,
  fateChangeTakes,
  fateChangeWaits,
  insistOnFateChange,
  type FateChangeFound,
} from '../selection/fate_change.ts'
import { canHaveFates, fates } from '../session/fates.ts'
import { dataset } from '../session/session.ts'
import { Awaited } from '../parts/awaited.tsx'
import { SignedBar } from '../parts/signed_bar.tsx'
import { counted, fateWords, fixed, percent, signed, strings, timeName } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from '../parts/say.tsx'

const SHOWN = 6

/** Of all cells of the time of the chosen ones. */
export function FateChangeSection() {
  const says = strings.value.fateChange
  const [found, place] = [fates.value, changedSnapshot.value]
  if (!canHaveFates.value || !found) return null
  return (
    <section>
      <h3>{says.title}</h3>
      {place === null ? (
        <p class="hint">{says.oneTime}</p>
      ) : found.words[place] === 'not known' ? (
        <p>
          <Say text={says.notKnown} values={{ time: timeName(dataset.value!, place) }} />
        </p>
      ) : fateChangeIsLong.value ? (
        <button onClick={insistOnFateChange}>
          {fill(says.compare, { seconds: Math.round(fateChangeTakes.value) })}
        </button>
      ) : (
        <Awaited waits={fateChangeWaits} progress={fateChangeProgress}>
          {fateChange.value && <Changes {...fateChange.value} />}
        </Awaited>
      )}
    </section>
  )
}

function Changes({
  gene,
  factor,
  snapshot,
  names,
  labels,
  controls,
  fraction,
  change,
  p,
  control,
  verdict,
}: FateChangeFound) {
  const says = strings.value.fateChange
  const all = useSignal(false)
  const most = Math.max(...change.map(Math.abs))
  const decimals = Math.max(3, decimalsOf(most))
  const rows = names
    .map((name, f) => ({ name, label: labels[f]!, fraction: fraction[f]!, change: change[f]!, p: p[f]!, f }))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
  const data = dataset.value!
  const { begin, end } = data.snapshots[snapshot]!
  const values = { gene, cells: counted(end - begin, 'cell'), time: timeName(data, snapshot) }
  return (
    <>
      <p>{factor === 0 ? fill(says.knockedOut, values) : fill(says.atLevel, { ...values, level: percent(factor) })}</p>
      <table class="fate-changes">
        <thead>
          <tr>
            <th class="number">{says.fraction}</th>
            <td />
            <th class="number">{strings.value.shared.change}</th>
            <th class="number">p</th>
            <th>{says.byExpression}</th>
          </tr>
        </thead>
        {rows.slice(0, all.value ? rows.length : SHOWN).map(({ name, label, fraction, change, p, f }) => (
          <tbody key={name}>
            <tr>
              <th colSpan={5} scope="rowgroup">
                <i class="dot" style={{ background: categoryColor(label) }} /> <b>{name}</b>: {fateWords(verdict[f]!)}
              </th>
            </tr>
            <tr>
              <td class="number">{fixed(fraction, 2)}</td>
              <SignedBar value={change} most={most} />
              <td class="number">{signed(change, decimals)}</td>
              <td class="number">{fixed(p, 3)}</td>
              <td>{control[f]! > 0 ? says.more : control[f]! < 0 ? says.less : says.same}</td>
            </tr>
          </tbody>
        ))}
      </table>
      {rows.length > SHOWN && (
        <button onClick={() => (all.value = !all.value)}>
          {all.value ? strings.value.shared.showFewer : fill(says.showAll, { count: rows.length })}
        </button>
      )}
      <p class="hint">
        <Say text={says.about} values={{ genes: counted(controls, 'similarGene') }} />
      </p>
    </>
  )
}
