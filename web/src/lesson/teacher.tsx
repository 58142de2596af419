/** What a teacher sets, all of it in the link: parts that are hidden, large letters, views with a number. */
import { useSignal } from '@preact/signals'
import { Check } from '../parts/check.tsx'
import { playing } from '../session/clock.ts'
import { state, readHash, writeHash } from '../session/state.ts'
import { hidden, HIDEABLE, viewsOf, withView, type Hideable } from './teaching.ts'
import { strings } from '../session/language.ts'

export function TeacherSection() {
  const { words } = strings.value
  const said = useSignal('')
  if (hidden.value.has('teacher')) return null
  const toggle = (part: Hideable) => {
    const next = new Set(hidden.value)
    if (!next.delete(part)) next.add(part)
    state.hide.value = [...next].join(',')
  }
  const copy = async () => {
    location.hash = writeHash()
    await navigator.clipboard.writeText(location.href)
    said.value = words.copied
  }
  return (
    <details class="teacher">
      <summary>{words.teacher}</summary>
      <fieldset>
        <legend>{words.hide}</legend>
        {HIDEABLE.map((part) => (
          <label key={part} class="check">
            <input type="checkbox" checked={hidden.value.has(part)} onChange={() => toggle(part)} />
            {words[`part-${part}`]}
          </label>
        ))}
      </fieldset>
      <Check of={state.large}>{words.large}</Check>
      <div class="row">
        <button onClick={freeze}>{words.freeze}</button>
        <button onClick={() => (state.views.value = withView(state.views.value, writeHash()))}>{words.keepView}</button>
        {state.views.value !== '' && <button onClick={() => (state.views.value = '')}>{words.dropViews}</button>}
        <button onClick={() => void copy()}>{words.copyLink}</button>
      </div>
      {said.value && (
        <p class="hint" role="status">
          {said.value}
        </p>
      )}
    </details>
  )
}

function freeze(): void {
  playing.value = false
  state.freeze.value = true
}

/** Buttons 1, 2, 3 of the views that a teacher has kept; and the one that ends a freeze. */
export function TeacherBar() {
  const { words } = strings.value
  const views = viewsOf(state.views.value)
  if (views.length === 0 && !state.freeze.value) return null
  return (
    <div class="teacher-bar" role="group" aria-label={words.views}>
      {!state.freeze.value &&
        views.map((view, i) => (
          <button key={view} aria-label={`${words.view} ${i + 1}`} onClick={() => show(view)}>
            {i + 1}
          </button>
        ))}
      {state.freeze.value && (
        <button class="main" onClick={() => (state.freeze.value = false)}>
          {words.goOn}
        </button>
      )}
    </div>
  )
}

/** A view, and with it the list that it is of. */
function show(view: string): void {
  const { views, lang, large } = state
  const kept = [views.peek(), lang.peek(), large.peek()] as const
  playing.value = false
  readHash(view)
  ;[views.value, lang.value, large.value] = kept
}
