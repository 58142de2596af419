/** The cloud of measured cells that the chosen one may become, in words. */
import { timeName } from '../cells/dataset.ts'
import { counted, percent } from '../cells/text.ts'
import { cloud } from '../selection/cloud.ts'
import { dataset } from '../session/session.ts'
import { Line } from './line.tsx'

export function CloudWords() {
  const found = cloud.value
  if (!found) return null
  const time = timeName(dataset.value!, found.snapshot)
  return (
    <p class="cloud-words">
      <Line kind="cloud">a line is too sure:</Line> at time {time} it may be any of{' '}
      {counted(found.cells.length, 'measured cell')} (rings), where the chain of snapshots leads.{' '}
      {found.isKnown ? (
        <>They lie {percent(found.known)} closer together than all cells of that time: so much is known of its place.</>
      ) : (
        <>
          They lie as far apart as all cells of that time: of its place <b>no more is known</b> than of the population.
        </>
      )}
    </p>
  )
}
