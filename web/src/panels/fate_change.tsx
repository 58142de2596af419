/** A changed gene as a shift of fates, beside similar genes and beside what expression alone says. */
import { useSignal } from '@preact/signals'
import { categoryColor } from '../cells/coloring.ts'
import { timeName } from '../cells/dataset.ts'
import { counted, decimalsOf, signed } from '../cells/text.ts'
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

const SHOWN = 6

/** Of all cells of the time of the chosen ones. */
export function FateChangeSection() {
  const [found, place] = [fates.value, changedSnapshot.value]
  if (!canHaveFates.value || !found) return null
  return (
    <section>
      <h3>What the change does to fates</h3>
      {place === null ? (
        <p class="hint">
          A change is followed from one time: choose cells of a single time, which is not the last one.
        </p>
      ) : found.words[place] === 'not known' ? (
        <p>
          <b>Not known</b>: cells of time {timeName(dataset.value!, place)} tell nothing of their fate, so what a change
          does to it cannot be told either.
        </p>
      ) : fateChangeIsLong.value ? (
        <button onClick={insistOnFateChange}>
          Compare with similar genes (about {Math.round(fateChangeTakes.value)} s)
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
  const all = useSignal(false)
  const most = Math.max(...change.map(Math.abs))
  const decimals = Math.max(3, decimalsOf(most))
  const rows = names
    .map((name, f) => ({ name, label: labels[f]!, fraction: fraction[f]!, change: change[f]!, p: p[f]!, f }))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
  const data = dataset.value!
  const { begin, end } = data.snapshots[snapshot]!
  return (
    <>
      <p>
        {gene} is {factor === 0 ? 'knocked out' : `at ${Math.round(100 * factor)} %`} in all{' '}
        {counted(end - begin, 'cell')} of time {timeName(data, snapshot)}. The fraction of each fate changes by:
      </p>
      <table class="fate-changes">
        <thead>
          <tr>
            <th class="number">Fraction</th>
            <td />
            <th class="number">Change</th>
            <th class="number">p</th>
            <th>By expression alone</th>
          </tr>
        </thead>
        {rows.slice(0, all.value ? rows.length : SHOWN).map(({ name, label, fraction, change, p, f }) => (
          <tbody key={name}>
            <tr>
              <th colSpan={5} scope="rowgroup">
                <i class="dot" style={{ background: categoryColor(label) }} /> <b>{name}</b>: {verdict[f]!}
              </th>
            </tr>
            <tr>
              <td class="number">{fraction.toFixed(2)}</td>
              <SignedBar value={change} most={most} />
              <td class="number">{signed(change, decimals)}</td>
              <td class="number">{p.toFixed(3)}</td>
              <td>{control[f]! > 0 ? 'more' : control[f]! < 0 ? 'less' : 'the same'}</td>
            </tr>
          </tbody>
        ))}
      </table>
      {rows.length > SHOWN && (
        <button onClick={() => (all.value = !all.value)}>
          {all.value ? 'Show fewer' : `Show all ${rows.length} fates`}
        </button>
      )}
      <p class="hint">
        A direction, no size: true changes were several times as large. p: of the gene and{' '}
        {counted(controls, 'similar gene')} the share whose change does as much. By expression alone cells lose the
        fates whose cells express the gene. Where both agree, the dynamics add nothing that could be told. These are the
        numbers of <code>cellmnn perturb --fates</code>.
      </p>
    </>
  )
}
