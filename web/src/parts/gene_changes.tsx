import { signedColor } from '../cells/coloring.ts'
import type { GeneChange } from '../cells/gene_space.ts'
import { dark } from '../picture/picture.ts'
import { decimalsOf, signed } from '../cells/text.ts'

const SHOWN = 6

/** Genes with bars to the left (less) and to the right (more), largest first. */
export function GeneChanges({ changes }: { changes: readonly GeneChange[] }) {
  const most = Math.abs(changes[0]?.change ?? 1)
  return (
    <table class="changes">
      <tbody>
        {changes.slice(0, SHOWN).map(({ name, change }) => (
          <tr key={name}>
            <td>{name}</td>
            <td class="signed-bar">
              <i
                style={{
                  background: signedColor(Math.sign(change), dark.value),
                  width: `${(50 * Math.abs(change)) / most}%`,
                  [change < 0 ? 'right' : 'left']: '50%',
                }}
              />
            </td>
            <td class="number">{signed(change, decimalsOf(most))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
