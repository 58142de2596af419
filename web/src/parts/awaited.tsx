import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

interface Props {
  waits: ReadonlySignal<boolean>
  /** How far it is, where that can be told. */
  progress?: ReadonlySignal<readonly [done: number, all: number] | null>
  children?: ComponentChildren
}

/** What belongs to the question before is pale, until the answer to this one comes. */
export function Awaited({ waits, progress, children }: Props) {
  const says = strings.value.shared
  const [done, all] = progress?.value ?? []
  return (
    <div class={`awaited ${waits.value ? 'waits' : ''}`} aria-busy={waits.value}>
      {waits.value && (
        <p class="computing" role="status">
          {done === undefined || all === undefined ? says.computing : fill(says.computingOf, { done, all })}
        </p>
      )}
      {children}
    </div>
  )
}
