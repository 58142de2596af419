/** A gene is held in the network: what follows, beside what the model and co-expression say. */
import { decimalsOf } from '../cells/text.ts'
import { Awaited } from '../parts/awaited.tsx'
import { GeneBox } from '../parts/gene_box.tsx'
import { GeneLevel, UndoChange } from '../parts/gene_level.tsx'
import { SignedBar } from '../parts/signed_bar.tsx'
import { modelBeside, modelWaits } from '../selection/held_beside.ts'
import { edges, fitted, heldGene, heldWaits, type HeldAnswer } from '../session/network.ts'
import { dataset } from '../session/session.ts'
import { state } from '../session/state.ts'
import { counted, signed, strings, timeIn } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const SHOWN = 8

export function HeldGeneSection() {
  const { regulators } = fitted.value!.network.info
  const isOne = regulators.includes(state.gene.value)
  const name = isOne ? state.gene.value : (edges.value[0]?.regulator ?? regulators[0] ?? '')
  return (
    <section>
      <h3>{strings.value.held.title}</h3>
      <div class="row">
        <GeneBox
          label={strings.value.shared.gene}
          value={name}
          names={regulators}
          onChoose={(gene) => (state.gene.value = gene)}
        />
        {isOne ? (
          <UndoChange />
        ) : (
          <button class="main" onClick={() => (state.gene.value = name)}>
            {fill(strings.value.shared.knockOut, { gene: name })}
          </button>
        )}
      </div>
      {isOne && <GeneLevel gene={name} />}
      {isOne && <Awaited waits={heldWaits}>{heldGene.value && <Answer {...heldGene.value} />}</Awaited>}
    </section>
  )
}

function Answer({ gene, from, at, expression, byCoExpression, levels, others, asLarge }: HeldAnswer) {
  const says = strings.value.held
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
      <p>{fill(says.from, { gene, from: timeIn(data, from), at: timeIn(data, at) })}</p>
      <table class="changes">
        <thead>
          <tr>
            <th>{strings.value.shared.gene}</th>
            <td />
            <th class="number">{says.byNetwork}</th>
            {modelBeside.value && <th class="number">{says.byModel}</th>}
            <th class="number">{says.coExpression}</th>
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
      <Awaited waits={modelWaits} />
      <p>{fill(says.others, { regulators: counted(others, 'otherRegulator'), count: asLarge })}</p>
      <p class="hint">{says.about}</p>
    </>
  )
}
