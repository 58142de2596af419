/** Where cells arrive: shares of labels, and how many end where nothing was measured. */
import type { Landing } from '../session/landing.ts'
import { dataset, lastTime } from '../session/session.ts'
import { timeIn } from '../cells/dataset.ts'
import { percent } from '../cells/text.ts'
import { Shares } from './shares.tsx'

const FEW = 0.05

export function Arrivals({ landing: { shares, strays }, sentence }: { landing: Landing; sentence: string }) {
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
          {percent(strays)} of these ends lie where no cell of time {timeIn(dataset.value!, lastTime.value)} was
          measured
          {shares.length > 0 && ': for them the shares say little'}.
        </p>
      )}
    </>
  )
}
