/** Rings around cells: of a group, of the cloud of the chosen cell, of that cell itself. */
import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { someOf } from '../cells/sample.ts'
import { toPixels } from '../cells/frame.ts'
import { seenAt, view } from '../picture/picture.ts'
import { chosen } from '../selection/chosen.ts'
import { cloud } from '../selection/cloud.ts'
import { measured } from '../session/places.ts'

const MARKS = 400

/** What belongs to the question before is pale, until the answer to this one comes. */
export function AwaitedMarks({ waits, children }: { waits: ReadonlySignal<boolean>; children: ComponentChildren }) {
  return <g class={waits.value ? 'awaits' : ''}>{children}</g>
}

/** Some of a group where they are seen. */
export function GroupMarks({ cells, kind }: { cells: ReadonlySignal<readonly number[]>; kind: string }) {
  return (
    <g class="marks">
      {someOf(cells.value, MARKS).map((cell) => {
        const [cx, cy] = toPixels(view.value, ...seenAt(cell))
        return <circle key={cell} class={kind} cx={cx} cy={cy} r="4.5" />
      })}
    </g>
  )
}

/** Where the chosen cell may be: measured cells, larger the more often they were drawn. */
export function CloudMarks() {
  const [found, still] = [cloud.value, measured.value]
  if (!found || !still) return null
  return (
    <g class="marks">
      {found.cells.map(([cell, draws]) => {
        const [cx, cy] = toPixels(view.value, still[2 * cell]!, still[2 * cell + 1]!)
        return <circle key={cell} class="cloud" cx={cx} cy={cy} r={3 + 2 * Math.sqrt(draws)} />
      })}
    </g>
  )
}

export function ChosenMark() {
  const cell = chosen.value
  if (cell === null || !measured.value) return null
  const [mx, my] = toPixels(view.value, measured.value[2 * cell]!, measured.value[2 * cell + 1]!)
  const [cx, cy] = toPixels(view.value, ...seenAt(cell))
  return (
    <g class="chosen-mark">
      <circle class="origin" cx={mx} cy={my} r={3.5} />
      <circle class="ring" cx={cx} cy={cy} r={7} />
    </g>
  )
}
