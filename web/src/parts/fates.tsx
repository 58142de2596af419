/** Where cells end by the chain over snapshots, and how much can be known of it. */
import { useEffect } from 'preact/hooks'
import { timeIn, timeName } from '../cells/dataset.ts'
import { percent } from '../cells/text.ts'
import { canHaveFates, fates, fatesWait, meanFates, wantFates, type CellFates } from '../session/fates.ts'
import { dataset, lastTime } from '../session/session.ts'
import { state } from '../session/state.ts'
import { Awaited } from './awaited.tsx'
import { KnownByTime } from './known_by_time.tsx'
import { Shares } from './shares.tsx'

const LEAST_KNOWN = 'not known'

/** Of one cell or of several, all of which were measured at one snapshot, or at several (null). */
export function Fates({ cells, snapshot }: { cells: readonly number[]; snapshot: number | null }) {
  useEffect(wantFates, [])
  const data = dataset.value!
  if (!canHaveFates.value || cells.length === 0 || snapshot === data.snapshots.length - 1) return null
  const found = fates.value
  return (
    <section>
      <h3>{cells.length === 1 ? 'Its fate' : 'Their fates'}</h3>
      <Awaited waits={fatesWait}>{found && <Known found={found} cells={cells} snapshot={snapshot} />}</Awaited>
    </section>
  )
}

function Known({ found, cells, snapshot }: { found: CellFates; cells: readonly number[]; snapshot: number | null }) {
  const data = dataset.value!
  const words = snapshot === null ? null : found.words[snapshot]!
  const shares = meanFates(found, cells)
    .map((share, f) => ({ label: found.names[f]!, index: found.labels[f]!, share }))
    .sort((a, b) => b.share - a.share)
  return (
    <>
      {words === LEAST_KNOWN ? (
        <p>
          <b>Not known</b>: cells of time {timeName(data, snapshot!)} tell nothing of their fate. At time{' '}
          {timeIn(data, lastTime.value)} the shares are{' '}
          {found.names.map((name, f) => share(name, found.baseRates[f]!)).join(', ')}.
        </p>
      ) : (
        <>
          <p>
            Probability to be this at time {timeIn(data, lastTime.value)}
            {words !== null && (
              <>
                ; of cells of time {timeName(data, snapshot!)} fates are <b>{words}</b>
              </>
            )}
            :
          </p>
          <Shares shares={shares} />
        </>
      )}
      <details class="known">
        <summary>What can be known of fates, by time</summary>
        <KnownByTime found={found} />
      </details>
      <p class="hint">
        From measured cells, snapshot by snapshot: a chain of soft transitions from where cells are and where the model
        moves them, as <code>cellmnn fates</code> makes it.{' '}
        <button class="link" onClick={() => (state.color.value = `fate:${shares[0]!.label}`)}>
          Show {shares[0]!.label} as colour
        </button>
      </p>
    </>
  )
}

const share = (name: string, value: number): string => `${name} ${percent(value)}`
