/** A gene by its name: type a part of it, or look through the list, which begins with those that matter most. */
import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { searched } from '../cells/gene_search.ts'
import { strings } from '../session/language.ts'

const MOST = 40

interface Props {
  label: string
  value: string
  names: readonly string[]
  /** What stands beside a name, such as its expression. */
  note?: (name: string) => string
  onChoose(name: string): void
}

export function GeneBox({ label, value, names, note, onChoose }: Props) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  /** Null while nothing is typed. */
  const typed = useSignal<string | null>(null)
  const active = useSignal(0)
  const isOpen = typed.value !== null
  const found = isOpen ? searched(names, typed.value!, MOST) : []
  const close = () => (typed.value = null)
  const choose = (name: string | undefined) => {
    if (name === undefined) return
    close()
    onChoose(name)
  }
  const go = (step: number) => {
    active.value = Math.min(found.length - 1, Math.max(0, active.value + step))
    list.current?.children[active.value]?.scrollIntoView({ block: 'nearest' })
  }
  const byKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined) {
      if (isOpen) go(step)
      else typed.value = ''
    } else if (event.key === 'Enter' && isOpen) choose(found[active.value])
    else if (event.key === 'Escape' && isOpen) close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="gene-box">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        role="combobox"
        spellcheck={false}
        autocomplete="off"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && found.length > 0 ? `${id}-${active.value}` : undefined}
        value={typed.value ?? value}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => (typed.value ??= '')}
        onInput={(event) => {
          typed.value = event.currentTarget.value
          active.value = 0
        }}
        onKeyDown={byKey}
        onBlur={close}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} hidden={!isOpen}>
        {found.map((name, i) => (
          <li
            key={name}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active.value}
            onPointerDown={(event) => {
              event.preventDefault() // the box keeps the focus
              choose(name)
            }}>
            {name}
            {note && <span class="number">{note(name)}</span>}
          </li>
        ))}
        {isOpen && found.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled="true">
            {strings.value.shared.noSuchGene}
          </li>
        )}
      </ul>
    </div>
  )
}
