/** The velocity field, and that of changed cells above it. */
import { arrowsOf, type Arrow } from '../cells/arrows.ts'
import { arrows, motionOf } from '../picture/field.ts'
import { textScale, view } from '../picture/picture.ts'
import { changed, changedPathsWait, changedPlaces, followed } from '../selection/change.ts'
import { dataset, now } from '../session/session.ts'
import { state } from '../session/state.ts'
import { AwaitedMarks } from './marks.tsx'

const SQUARE = 34 // pixels, of changed cells
const HEAD = 5
const SPREAD = 0.5 // of the head, in radians

export function Arrows() {
  if (!state.arrows.value) return null
  return (
    <g class="field">
      <path class="field-halo" d={pathOf(arrows.value)} />
      <path d={pathOf(arrows.value)} />
      <AwaitedMarks waits={changedPathsWait}>
        <ChangedArrows />
      </AwaitedMarks>
    </g>
  )
}

function ChangedArrows() {
  const [places, all] = [changedPlaces.value, changed.value]
  if (!places || all?.count !== followed.value.length) return null
  const { times } = dataset.value!
  const moves = motionOf(places, all, view.value, (i) => now.value >= times[followed.value[i]!]!)
  return <path class="changed" d={pathOf(arrowsOf(moves, SQUARE * textScale.value))} />
}

const pathOf = (all: readonly Arrow[]): string =>
  all
    .map(({ from: [x0, y0], to: [x1, y1] }) => {
      const angle = Math.atan2(y1 - y0, x1 - x0)
      const head = Math.min(HEAD, Math.hypot(x1 - x0, y1 - y0))
      const wing = (turn: number) =>
        `${(x1 - head * Math.cos(angle + turn)).toFixed(1)} ${(y1 - head * Math.sin(angle + turn)).toFixed(1)}`
      const [tail, tip] = [`${x0.toFixed(1)} ${y0.toFixed(1)}`, `${x1.toFixed(1)} ${y1.toFixed(1)}`]
      return `M${tail}L${tip}M${wing(SPREAD)}L${tip}L${wing(-SPREAD)}`
    })
    .join('')
