/** How much of a changed gene is left, and the way back to none changed. */
import { percent } from '../cells/text.ts'
import { state } from '../session/state.ts'

const MOST = 3

export function GeneLevel({ gene }: { gene: string }) {
  const level = state.level.value
  return (
    <label class="slider">
      <span>
        {gene} left: {level === 0 ? 'none (knock-out)' : percent(level)}
      </span>
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
      Undo
    </button>
  )
}
