/** How much can be known of fates, by time. */
import { timeName } from '../cells/dataset.ts'
import type { CellFates } from '../session/fates.ts'
import { dataset } from '../session/session.ts'

export function KnownByTime({ found }: { found: CellFates }) {
  const data = dataset.value!
  return (
    <table>
      <thead>
        <tr>
          <th>Cells of time</th>
          <th>Known, 0 to 1</th>
          <th>In words</th>
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
              {found.known[k]!.toFixed(2)}
            </td>
            <td>{found.words[k]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
