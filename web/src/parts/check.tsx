/** A box that switches a signal on and off. */
import type { Signal } from '@preact/signals'

export function Check({ of, children }: { of: Signal<boolean>; children: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={of.value} onChange={(event) => (of.value = event.currentTarget.checked)} />
      {children}
    </label>
  )
}
