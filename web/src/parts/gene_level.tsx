/** How much of a changed gene is left, and the way back to none changed. */
import { state } from '../session/state.ts'
import { percent, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const MOST = 3

export function GeneLevel({ gene }: { gene: string }) {
  const says = strings.value.shared
  const level = state.level.value
  return (
    <label class="slider">
      <span>{fill(says.left, { gene, share: level === 0 ? says.none : percent(level) })}</span>
      <input
        type="range"
        min={0}
        max={MOST}
        step={0.1}
        value={level}
        onInput={(event) => (state.level.value = Number(event.currentTarget.value))}
      />
    </label>
  )
}

export function UndoChange() {
  return (
    <button
      onClick={() => {
        state.gene.value = ''
        state.level.value = 0
      }}>
      {strings.value.shared.undo}
    </button>
  )
}
