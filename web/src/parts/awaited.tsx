import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

interface Props {
  waits: ReadonlySignal<boolean>
  /** How far it is, where that can be told. */
  progress?: ReadonlySignal<readonly [done: number, all: number] | null>
  children: ComponentChildren
}

/** What belongs to the question before is pale, until the answer to this one comes. */
export function Awaited({ waits, progress, children }: Props) {
  return (
    <div class={`awaited ${waits.value ? 'waits' : ''}`} aria-busy={waits.value}>
      {waits.value && (
        <p class="computing" role="status">
          computing …{progress?.value && ` ${progress.value.join(' of ')}`}
        </p>
      )}
      {children}
    </div>
  )
}
