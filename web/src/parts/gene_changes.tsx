import type { GeneChange } from '../cells/gene_space.ts'
import { decimalsOf } from '../cells/text.ts'
import { SignedBar } from './signed_bar.tsx'
import { fixed, signed, strings } from '../session/language.ts'

const SHOWN = 6

/** Genes with bars to the left (less) and to the right (more), largest first; beside them what controls do. */
export function GeneChanges({ changes }: { changes: readonly GeneChange[] }) {
  const says = strings.value.shared
  const most = Math.abs(changes[0]?.change ?? 1)
  const decimals = decimalsOf(most)
  return (
    <table class="changes">
      {changes[0]?.controls && (
        <thead>
          <tr>
            <th>{says.gene}</th>
            <td />
            <th class="number">{says.change}</th>
            <th class="number">{says.ofControls}</th>
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
                {signed(controls.mean, decimals)} ± {fixed(controls.sd, decimals)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
