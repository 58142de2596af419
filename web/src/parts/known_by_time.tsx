/** How much can be known of fates, by time. */
import type { CellFates } from '../session/fates.ts'
import { dataset } from '../session/session.ts'
import { fateWords, fixed, strings, timeName } from '../session/language.ts'

export function KnownByTime({ found }: { found: CellFates }) {
  const says = strings.value.fates
  const data = dataset.value!
  return (
    <table>
      <thead>
        <tr>
          <th>{says.cellsOfTime}</th>
          <th>{says.known}</th>
          <th>{says.inWords}</th>
        </tr>
      </thead>
      <tbody>
        {data.snapshots.slice(0, -1).map((_, k) => (
          <tr key={k}>
            <td>{timeName(data, k)}</td>
            <td>
              <span class="known-bar">
                <i style={{ width: `${100 * found.known[k]!}%` }} />
              </span>{' '}
              {fixed(found.known[k]!, 2)}
            </td>
            <td>{fateWords(found.words[k]!)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
