/** Words in place: a term that is pressed shows one plain sentence. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { partsOf, type Term } from '../text/terms.ts'
import { strings } from '../session/language.ts'

/** A text whose terms can be pressed; the sentence comes after it. */
export function Words({ children }: { children: string }) {
  const open = useSignal<Term | null>(null)
  const id = useId()
  const { glossary } = strings.value
  const toggle = (term: Term) => (open.value = open.value === term ? null : term)
  return (
    <>
      {partsOf(children, glossary).map(({ text, term }, i) =>
        term ? (
          <button
            key={i}
            type="button"
            class="term"
            aria-expanded={open.value === term}
            aria-controls={open.value === term ? id : undefined}
            onClick={() => toggle(term)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || open.value === null) return
              open.value = null
              event.stopPropagation() // what is chosen stays chosen
            }}>
            {text}
          </button>
        ) : (
          text
        ),
      )}
      {open.value && (
        <span class="term-says" id={id} role="status">
          {glossary[open.value].says}
        </span>
      )}
    </>
  )
}
