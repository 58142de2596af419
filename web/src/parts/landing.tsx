/** Where cells arrive: shares of labels, and how many end where nothing was measured. */
import type { Landing } from '../session/landing.ts'
import { lastTime } from '../session/session.ts'
import { percent, timeText } from '../cells/text.ts'
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
          {percent(strays)} of these ends lie where no cell of time {timeText(lastTime.value)} was measured
          {shares.length > 0 && ': for them the shares say little'}.
        </p>
      )}
    </>
  )
}
