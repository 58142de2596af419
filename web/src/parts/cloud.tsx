/** The cloud of measured cells that the chosen one may become, in words. */
import { cloud } from '../selection/cloud.ts'
import { dataset } from '../session/session.ts'
import { Line } from './line.tsx'
import { counted, percent, strings, timeName } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from './say.tsx'

export function CloudWords() {
  const found = cloud.value
  if (!found) return null
  const says = strings.value.cell
  const time = timeName(dataset.value!, found.snapshot)
  return (
    <p class="cloud-words">
      <Line kind="cloud">{says.lineTooSure}</Line>{' '}
      {fill(says.cloud, { time, cells: counted(found.cells.length, 'measuredCell') })}{' '}
      {found.isKnown ? fill(says.cloudKnown, { share: percent(found.known) }) : <Say text={says.cloudUnknown} />}
    </p>
  )
}
