/** A question with answers to choose from; the page says whether it is right, and why. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { Words } from '../parts/term.tsx'
import type { Question } from '../text/table.ts'
import { strings } from '../session/language.ts'

export function Exercise({ question: { ask, options, right, why } }: { question: Question }) {
  const answer = useSignal<number | null>(null)
  const name = useId()
  return (
    <fieldset class="exercise">
      <legend>{ask}</legend>
      {options.map((option, i) => (
        <label key={option} class="check">
          <input type="radio" name={name} checked={answer.value === i} onChange={() => (answer.value = i)} />
          {option}
        </label>
      ))}
      {answer.value !== null && (
        <p class={`answer ${answer.value === right ? 'right' : 'wrong'}`} role="status">
          <b>{answer.value === right ? `✓ ${strings.value.words.right}` : strings.value.words.wrong}</b>{' '}
          {answer.value === right && <Words>{why}</Words>}
        </p>
      )}
    </fieldset>
  )
}
