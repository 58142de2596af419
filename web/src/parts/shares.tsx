import { categoryColor } from '../cells/coloring.ts'
import type { Share } from '../cells/shares.ts'
import { percent } from '../cells/text.ts'

const LEAST = 0.005

/** Bars of shares by label. */
export function Shares({ shares }: { shares: readonly Share[] }) {
  return (
    <ul class="shares">
      {shares
        .filter(({ share }) => share >= LEAST)
        .map(({ label, index, share }) => (
          <li key={label}>
            <span>{label}</span>
            <span class="bar">
              <i style={{ width: `${100 * share}%`, background: categoryColor(index) }} />
            </span>
            <span class="number">{percent(share)}</span>
          </li>
        ))}
    </ul>
  )
}
