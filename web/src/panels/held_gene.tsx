/** A gene is held in the network: what follows, beside what the model and co-expression say. */
import { timeIn } from '../cells/dataset.ts'
import { counted, decimalsOf, signed } from '../cells/text.ts'
import { Awaited } from '../parts/awaited.tsx'
import { GeneBox } from '../parts/gene_box.tsx'
import { GeneLevel, UndoChange } from '../parts/gene_level.tsx'
import { SignedBar } from '../parts/signed_bar.tsx'
import { modelBeside } from '../selection/held_beside.ts'
import { edges, fitted, heldGene, heldWaits, type HeldAnswer } from '../session/network.ts'
import { dataset } from '../session/session.ts'
import { state } from '../session/state.ts'

const SHOWN = 8

export function HeldGeneSection() {
  const { regulators } = fitted.value!.network.info
  const isOne = regulators.includes(state.gene.value)
  const name = isOne ? state.gene.value : (edges.value[0]?.regulator ?? regulators[0] ?? '')
  return (
    <section>
      <h3>Knock a gene out in the network</h3>
      <div class="row">
        <GeneBox label="Gene" value={name} names={regulators} onChoose={(gene) => (state.gene.value = gene)} />
        {isOne ? (
          <UndoChange />
        ) : (
          <button class="main" onClick={() => (state.gene.value = name)}>
            Knock out {name}
          </button>
        )}
      </div>
      {isOne && <GeneLevel gene={name} />}
      {isOne && <Awaited waits={heldWaits}>{heldGene.value && <Answer {...heldGene.value} />}</Awaited>}
    </section>
  )
}

function Answer({ gene, from, at, expression, byCoExpression, levels, others, asLarge }: HeldAnswer) {
  const data = dataset.value!
  const { genes } = fitted.value!.network.info
  const rows = genes
    .map((name, g) => ({
      name,
      network: expression[g]!,
      // On the scale of expression, as the network's answer: a level of 1 is the same expression.
      together: levels[g] === 0 ? 0 : (byCoExpression[g]! * expression[g]!) / levels[g]!,
      model: modelBeside.value?.get(name),
    }))
    .filter(({ name }) => name !== gene)
    .sort((a, b) => Math.abs(b.network) - Math.abs(a.network))
    .slice(0, SHOWN)
  const most = Math.abs(rows[0]?.network ?? 0)
  const decimals = decimalsOf(most)
  return (
    <>
      <p>
        {gene} is held from time {timeIn(data, from)} on. At time {timeIn(data, at)} expression has changed, on average,
        by:
      </p>
      <table class="changes">
        <thead>
          <tr>
            <th>Gene</th>
            <td />
            <th class="number">by the network</th>
            {modelBeside.value && <th class="number">by the model</th>}
            <th class="number">co-expression</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, network, together, model }) => (
            <tr key={name}>
              <td>{name}</td>
              <SignedBar value={network} most={most} />
              <td class="number">{signed(network, decimals)}</td>
              {modelBeside.value && <td class="number">{model === undefined ? '' : signed(model, decimals)}</td>}
              <td class="number">{signed(together, decimals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Of the {counted(others, 'other regulator')} {asLarge} would change as much.
      </p>
      <p class="hint">
        By the network the gene stays changed at all times; by the model it is changed once, in the cells of the first
        time. Co-expression is what goes along with such a change in the cells as they are: where it says the same, the
        answer is no evidence for the network.
      </p>
    </>
  )
}
