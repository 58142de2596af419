import type { Share } from '../chosen.ts'
import { categoryColor } from '../coloring.ts'
import { percent } from '../text.ts'

/** Bars of shares by group. */
export function Shares({ shares }: { shares: readonly Share[] }) {
  return (
    <ul class="shares">
      {shares.map(({ label, index, share }) => (
        <li key={label}>
          <span>{label}</span>
          <span class="bar"><i style={{ width: `${100 * share}%`, background: categoryColor(index) }} /></span>
          <span class="number">{percent(share)}</span>
        </li>
      ))}
    </ul>
  )
}
