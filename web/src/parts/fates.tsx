/** Where cells end by the chain over snapshots, and how much can be known of it. */
import { useEffect } from 'preact/hooks'
import { canHaveFates, fates, fatesWait, meanFates, wantFates, type CellFates } from '../session/fates.ts'
import { dataset, lastTime } from '../session/session.ts'
import { state } from '../session/state.ts'
import { Awaited } from './awaited.tsx'
import { KnownByTime } from './known_by_time.tsx'
import { Shares } from './shares.tsx'
import { fateWords, percent, strings, timeIn, timeName } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from './say.tsx'

/** Of one cell or of several, all of which were measured at one snapshot, or at several (null). */
export function Fates({ cells, snapshot }: { cells: readonly number[]; snapshot: number | null }) {
  useEffect(wantFates, [])
  const data = dataset.value!
  if (!canHaveFates.value || cells.length === 0 || snapshot === data.snapshots.length - 1) return null
  const says = strings.value.fates
  const found = fates.value
  return (
    <section>
      <h3>{cells.length === 1 ? says.itsFate : says.theirFates}</h3>
      <Awaited waits={fatesWait}>{found && <Known found={found} cells={cells} snapshot={snapshot} />}</Awaited>
    </section>
  )
}

function Known({ found, cells, snapshot }: { found: CellFates; cells: readonly number[]; snapshot: number | null }) {
  const data = dataset.value!
  const says = strings.value.fates
  const last = timeIn(data, lastTime.value)
  const words = snapshot === null ? null : found.words[snapshot]!
  const shares = meanFates(found, cells)
    .map((share, f) => ({ label: found.names[f]!, index: found.labels[f]!, share }))
    .sort((a, b) => b.share - a.share)
  return (
    <>
      {words === 'not known' ? (
        <p>
          <Say
            text={says.notKnown}
            values={{
              time: timeName(data, snapshot!),
              last,
              shares: found.names.map((name, f) => share(name, found.baseRates[f]!)).join(', '),
            }}
          />
        </p>
      ) : (
        <>
          <p>
            {words === null ? (
              fill(says.probability, { last })
            ) : (
              <Say
                text={says.probabilityKnown}
                values={{ last, time: timeName(data, snapshot!), words: fateWords(words) }}
              />
            )}
          </p>
          <Shares shares={shares} />
        </>
      )}
      <details class="known">
        <summary>{says.whatIsKnown}</summary>
        <KnownByTime found={found} />
      </details>
      <p class="hint">
        <Say text={says.about} />{' '}
        <button class="link" onClick={() => (state.color.value = `fate:${shares[0]!.label}`)}>
          {fill(says.asColour, { name: shares[0]!.label })}
        </button>
      </p>
    </>
  )
}

const share = (name: string, value: number): string => `${name} ${percent(value)}`
