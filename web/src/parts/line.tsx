import type { ComponentChildren } from 'preact'

/** A line as it is drawn in the plot, and what it means. */
export function Line({
  kind,
  children,
}: {
  kind: 'future' | 'past' | 'fan' | 'changed' | 'other' | 'by-other' | 'cloud'
  children: ComponentChildren
}) {
  return (
    <span class="line-key">
      <svg width="26" height="10" aria-hidden="true">
        {kind === 'cloud' ? <circle class={kind} cx="13" cy="5" r="4" /> : <path class={kind} d="M1 5h24" />}
      </svg>{' '}
      {children}
    </span>
  )
}
