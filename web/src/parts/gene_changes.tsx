import type { GeneChange } from '../cells/gene_space.ts'
import { decimalsOf, signed } from '../cells/text.ts'
import { SignedBar } from './signed_bar.tsx'

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
            <SignedBar value={change} most={most} />
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
