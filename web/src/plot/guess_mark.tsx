/** The pinned guess, and once it is revealed how far it is from the end of the path. */
import { toPixels } from '../cells/frame.ts'
import { positionAt } from '../cells/paths.ts'
import { view } from '../picture/picture.ts'
import { chosen } from '../selection/chosen.ts'
import { pin, revealed } from '../selection/guess.ts'
import { axes } from '../session/places.ts'
import { lastTime, paths } from '../session/session.ts'

export function GuessMark() {
  if (!pin.value) return null
  const [x, y] = toPixels(view.value, ...pin.value)
  const end = revealed.value && paths.value ? positionAt(paths.value, chosen.value!, lastTime.value) : null
  const [ex, ey] = end ? toPixels(view.value, end[axes.value[0]]!, end[axes.value[1]]!) : [x, y]
  return (
    <g class="guess">
      {end && <path d={`M${x} ${y}L${ex} ${ey}`} />}
      <path class="pin" d={`M${x} ${y}c-4 -8 -8 -11 -8 -16a8 8 0 1 1 16 0c0 5 -4 8 -8 16z`} />
      <circle cx={x} cy={y - 16} r="3" />
    </g>
  )
}
