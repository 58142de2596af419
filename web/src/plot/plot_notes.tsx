/** What has to be known of the picture, below it. */
import { NEAREST } from '../cells/carry.ts'
import { grouped, strings } from '../session/language.ts'
import { projection, projectionName } from '../session/places.ts'
import { crowd, dataset } from '../session/session.ts'
import { fill } from '../text/terms.ts'

export function PlotNotes() {
  const says = strings.value.frame
  const [some, others] = [dataset.value, crowd.value].map((shown) => grouped(shown?.cells.shape[0] ?? 0))
  return (
    <>
      {crowd.value && <p class="note">{fill(says.crowd, { some: some!, others: others! })}</p>}
      {projection.value && (
        <p class="note">{fill(says.projection, { name: projectionName(projection.value.name), nearest: NEAREST })}</p>
      )}
    </>
  )
}
