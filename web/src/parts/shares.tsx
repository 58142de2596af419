import { categoryColor } from '../cells/coloring.ts'
import type { Share } from '../cells/shares.ts'
import { percent, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const LEAST = 0.005
const MOST = 8

/** Bars of shares by label. */
export function Shares({ shares }: { shares: readonly Share[] }) {
  const told = shares.filter(({ share }) => share >= LEAST)
  const left = told.slice(MOST)
  return (
    <>
      <ul class="shares">
        {told.slice(0, MOST).map(({ label, index, share }) => (
          <li key={label}>
            <span class="share-name" title={label}>
              {label}
            </span>
            <span class="bar">
              <i style={{ width: `${100 * share}%`, background: categoryColor(index) }} />
            </span>
            <span class="number">{percent(share)}</span>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <p class="hint">
          {fill(strings.value.shared.moreShares, {
            count: left.length,
            share: percent(left.reduce((sum, { share }) => sum + share, 0)),
          })}
        </p>
      )}
    </>
  )
}
