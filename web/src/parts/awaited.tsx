import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

/** What belongs to the question before is pale, until the answer to this one comes. */
export function Awaited({ waits, children }: { waits: ReadonlySignal<boolean>; children: ComponentChildren }) {
  return (
    <div class={`awaited ${waits.value ? 'waits' : ''}`} aria-busy={waits.value}>
      {waits.value && (
        <p class="computing" role="status">
          computing …
        </p>
      )}
      {children}
    </div>
  )
}
