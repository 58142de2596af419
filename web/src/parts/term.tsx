/** Words in place: a term shows one plain sentence when it is pressed. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { strings } from '../session/language.ts'
import { partsOf, type Term } from '../text/terms.ts'

export function TermButton({ term, children }: { term: Term; children: string }) {
  const open = useSignal(false)
  const id = useId()
  return (
    <>
      <button
        type="button"
        class="term"
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        onClick={() => (open.value = !open.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open.value) return
          open.value = false
          event.stopPropagation()
        }}>
        {children}
      </button>
      {open.value && (
        <span class="term-says" id={id} role="status">
          {strings.value.glossary[term].says}
        </span>
      )}
    </>
  )
}

/** A text whose terms can be pressed. */
export function Words({ children }: { children: string }) {
  return (
    <>
      {partsOf(children, strings.value.glossary).map(({ text, term }, i) =>
        term ? (
          <TermButton key={i} term={term}>
            {text}
          </TermButton>
        ) : (
          text
        ),
      )}
    </>
  )
}
