import { signedColor } from '../cells/coloring.ts'
import type { GeneChange } from '../cells/gene_space.ts'
import { dark } from '../picture/picture.ts'
import { decimalsOf, signed } from '../cells/text.ts'

const SHOWN = 6

/** Genes with bars to the left (less) and to the right (more), largest first; beside them what controls do. */
export function GeneChanges({ changes }: { changes: readonly GeneChange[] }) {
  const most = Math.abs(changes[0]?.change ?? 1)
  const decimals = decimalsOf(most)
  return (
    <table class="changes">
      {changes[0]?.controls && (
        <thead>
          <tr>
            <th>Gene</th>
            <td />
            <th class="number">Change</th>
            <th class="number">of controls</th>
          </tr>
        </thead>
      )}
      <tbody>
        {changes.slice(0, SHOWN).map(({ name, change, controls }) => (
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
            <td class="number">{signed(change, decimals)}</td>
            {controls && (
              <td class="number">
                {signed(controls.mean, decimals)} ± {controls.sd.toFixed(decimals)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
