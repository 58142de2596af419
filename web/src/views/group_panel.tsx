/** What the model says about the cells in the lasso. */
import { extent } from 'd3-array'
import { group, groupInteractions, groupLanding, groupShares } from '../group.ts'
import { dataset, lastTime } from '../session.ts'
import { state } from '../state.ts'
import { counted, timeText } from '../text.ts'
import { Interactions } from './interactions.tsx'
import { Shares } from './shares.tsx'

export function GroupPanel() {
  const cells = group.value
  const [first, last] = extent(cells, (cell) => dataset.value!.times[cell]!) as [number, number]
  const clear = () => (state.lasso.value = [])
  return (
    <div class="panel">
      <div class="title">
        <h2>{counted(cells.length, 'cell')} in the lasso</h2>
        {cells.length > 0 && <p>measured at time {timeText(first)}{last > first && ` to ${timeText(last)}`}</p>}
        <button class="icon" aria-label="Clear the lasso" onClick={clear}>×</button>
      </div>
      {cells.length === 0 && <p class="hint">No cell is inside. Draw it around full dots.</p>}
      {groupShares.value.length > 0 && <section><h3>What they are</h3><Shares shares={groupShares.value} /></section>}
      {groupLanding.value.length > 0 && <section><h3>Their future</h3><p>At time {timeText(lastTime.value)} they arrive among:</p><Shares shares={groupLanding.value} /></section>}
      {groupInteractions.value.length > 0 && (
        <section>
          <h3>Their strongest regulators</h3>
          <Interactions found={groupInteractions.value} of="On average over these cells" />
        </section>
      )}
    </div>
  )
}
