/** What has to be known of the picture: what is still computed above it, the rest below. */
import { NEAREST } from '../cells/carry.ts'
import { grouped, strings } from '../session/language.ts'
import { fatesWait } from '../session/fates.ts'
import { moving, projection, projectionName } from '../session/places.ts'
import { hasBothSides, isSampled, MOST, populationWaits } from '../session/population.ts'
import { busy, crowd, dataset, paths } from '../session/session.ts'
import { state } from '../session/state.ts'
import { pathsWait } from '../session/training.ts'
import { valuesWait } from '../picture/cell_values.ts'
import { compared } from '../picture/picture.ts'
import { changed, changedPathsWait, changedPlaces } from '../selection/change.ts'
import { fill } from '../text/terms.ts'

export function PlotStatus() {
  const says = strings.value.frame
  const isCarried = (paths.value && !moving.value) || (changed.value && !changedPlaces.value)
  const colourWaits = valuesWait.value || (fatesWait.value && state.color.value.startsWith('fate:'))
  const waits = pathsWait.value || changedPathsWait.value || colourWaits || populationWaits.value
  const said =
    busy.value && !paths.value ? says.moving : isCarried ? says.carrying : waits && strings.value.shared.computing
  return said ? (
    <p class="busy" role="status">
      {said}
    </p>
  ) : null
}

export function PlotNotes() {
  const says = strings.value.frame
  const [some, others] = [dataset.value, crowd.value].map((shown) => grouped(shown?.cells.shape[0] ?? 0))
  return (
    <>
      {crowd.value && <p class="note">{fill(says.crowd, { some: some!, others: others! })}</p>}
      {state.shown.value === 'both' && hasBothSides.value && !compared.value && (
        <p class="note">
          {says.bothSides} {isSampled.value && fill(says.someOfBothSides, { count: grouped(MOST) })}
        </p>
      )}
      {projection.value && (
        <p class="note">{fill(says.projection, { name: projectionName(projection.value.name), nearest: NEAREST })}</p>
      )}
    </>
  )
}
