/** Where cells arrive: shares of labels, and how many end where nothing was measured. */
import type { Landing } from '../session/landing.ts'
import { dataset, lastTime } from '../session/session.ts'
import { Shares } from './shares.tsx'
import { percent, strings, timeIn } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const FEW = 0.05

export function Arrivals({ landing: { shares, strays }, sentence }: { landing: Landing; sentence: string }) {
  const says = strings.value.cell
  return (
    <>
      {shares.length > 0 && (
        <>
          <p>{sentence}</p>
          <Shares shares={shares} />
        </>
      )}
      {strays > FEW && (
        <p class="hint">
          {fill(shares.length > 0 ? says.straysOfShares : says.strays, {
            share: percent(strays),
            time: timeIn(dataset.value!, lastTime.value),
          })}
        </p>
      )}
    </>
  )
}
