/** The names of labels on the map, each in the middle of its cells. */
import { useComputed } from '@preact/signals'
import { toPixels } from '../cells/frame.ts'
import { middlesOf } from '../cells/label_middles.ts'
import { hiddenLabels } from '../picture/label_choice.ts'
import { textScale, view } from '../picture/picture.ts'
import { measured } from '../session/places.ts'
import { groups } from '../session/session.ts'
import { state } from '../session/state.ts'

const [LETTER, LINE] = [7.2, 17] // pixels, about
const MOST_LETTERS = 24

export function LabelNames() {
  const middles = useComputed(() => (groups.value && measured.value ? middlesOf(groups.value, measured.value) : []))
  if (state.color.value !== 'group' || !state.names.value) return null
  const scale = textScale.value
  const placed: [x: number, y: number, half: number][] = []
  const { width, height } = view.value
  const shown = middles.value.flatMap(({ label, place, x, y }) => {
    const [cx, cy] = toPixels(view.value, x, y)
    const text = label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label
    const half = (scale * LETTER * text.length) / 2
    const covered = placed.some(
      ([px, py, other]) => Math.abs(px - cx) < half + other && Math.abs(py - cy) < scale * LINE,
    )
    if (covered || hiddenLabels.value.has(place) || cx < 0 || cy < 0 || cx > width || cy > height) return []
    placed.push([cx, cy, half])
    return [{ text, cx, cy }]
  })
  return (
    <g class="label-names">
      {shown.map(({ text, cx, cy }) => (
        <text key={text} transform={`translate(${cx.toFixed(1)} ${cy.toFixed(1)}) scale(${scale})`} y="4">
          {text}
        </text>
      ))}
    </g>
  )
}
