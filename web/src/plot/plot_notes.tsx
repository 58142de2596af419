/** What has to be known of the picture, below it. */
import { NEAREST } from '../cells/carry.ts'
import { projection, projectionName } from '../session/places.ts'
import { crowd, dataset } from '../session/session.ts'

export function PlotNotes() {
  return (
    <>
      {crowd.value && <CrowdNote />}
      {projection.value && <ProjectionNote />}
    </>
  )
}

function CrowdNote() {
  const [some, others] = [dataset.value!, crowd.value!].map(({ cells }) => cells.shape[0].toLocaleString('en'))
  return (
    <p class="note">
      {some} cells move, evenly taken; all that is computed here is of these. The other {others} are drawn in grey where
      they were measured.
    </p>
  )
}

function ProjectionNote() {
  const name = projectionName(projection.value!.name)
  return (
    <p class="note">
      {name}: a projection. The model does not live here, it moves cells in the components. A moving cell is drawn
      between the {NEAREST} measured cells that are nearest to it there, so distances and directions in this picture
      prove nothing.
    </p>
  )
}
