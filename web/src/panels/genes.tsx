/** Which gene acts on which: the lagged network of all cells, and what follows in it when a gene is held. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { decimalsOf, moreText, percent, signed } from '../cells/text.ts'
import { Awaited } from '../parts/awaited.tsx'
import { GeneBox } from '../parts/gene_box.tsx'
import { Network } from '../parts/interactions.tsx'
import {
  edges,
  evidence,
  evidenceIsLong,
  evidenceTakes,
  evidenceWaits,
  fitted,
  insistOnEvidence,
  networkWaits,
  wantNetwork,
  type NetworkEdge,
} from '../session/network.ts'
import { dataset } from '../session/session.ts'
import { HeldGeneSection } from './held_gene.tsx'

const SHOWN = 12
const MORE = 100
const DRAWN = 8

export function GenesPanel() {
  useEffect(wantNetwork, [])
  const data = dataset.value!
  return (
    <div class="panel">
      <h2>Which gene acts on which?</h2>
      {!data.expression ? (
        <NoExpression />
      ) : (
        <>
          <p>
            Read from measured expression alone, without the model: the{' '}
            <b>effect of the regulator’s earlier level on the target, by regression</b>, given the earlier levels of all
            others. It is no proof that the regulator binds there.
          </p>
          <Awaited waits={networkWaits}>{fitted.value && <Edges />}</Awaited>
          {fitted.value && <HeldGeneSection />}
        </>
      )}
    </div>
  )
}

function NoExpression() {
  return (
    <p class="hint">
      These cells came without expression, which a network is read from. It comes along when they are exported from an
      h5ad file whose X is expression. With the program: <code>cellmnn network DATA.h5ad</code>.
    </p>
  )
}

function Edges() {
  const all = useSignal(false)
  const gene = useSignal('')
  const { info } = fitted.value!.network
  const of = gene.value
  const fitting = of === '' ? edges.value : edges.value.filter((one) => one.regulator === of || one.target === of)
  const shown = fitting.slice(0, all.value ? MORE : SHOWN)
  const explained = percent(info.explainedByTime)
  return (
    <>
      <p class={info.directionsKnown ? '' : 'warning'}>
        {info.directionsKnown ? (
          <>
            <b>Directions:</b> {explained} of what varies lies between the times
          </>
        ) : (
          <>
            <b>Association, direction unknown:</b> only {explained} of what varies lies between the times
          </>
        )}{' '}
        (in simulated networks that were found: 23 to 37 %).
      </p>
      {shown.length > 0 && <Network shown={shown.slice(0, DRAWN)} />}
      <div class="row">
        <GeneBox
          label="Edges of"
          value={of === '' ? 'all genes' : of}
          names={['all genes', ...info.genes]}
          onChoose={(name) => (gene.value = name === 'all genes' ? '' : name)}
        />
      </div>
      <EdgeTable shown={shown} />
      {fitting.length > SHOWN && (
        <button onClick={() => (all.value = !all.value)}>
          {all.value ? 'Show fewer' : moreText(fitting.length, MORE)}
        </button>
      )}
      <p class="hint">
        Confidence, 0 to 1: how sure the sign is when half of the cells are taken again and again, and how strong the
        edge. An effect agrees (✓) if cells of one time correlate alike. p: how often times in another order give such
        an edge.
      </p>
      {evidenceIsLong.value && (
        <button onClick={insistOnEvidence}>
          Compute confidence and p (about {Math.ceil(evidenceTakes.value / 60_000)} min)
        </button>
      )}
    </>
  )
}

function EdgeTable({ shown }: { shown: readonly NetworkEdge[] }) {
  return (
    <>
      <table class="edges">
        <thead>
          <tr>
            <th>Regulator</th>
            <th>Target</th>
            <th class="number">Effect</th>
            <th>Agrees</th>
            <th class="number">Confidence</th>
            <th class="number">p</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ regulator, target, effect, agrees, confidence, p }) => (
            <tr key={`${regulator} ${target}`}>
              <td>{regulator}</td>
              <td>
                {effect > 0 ? '→ ' : '⊣ '}
                {target}
              </td>
              <td class="number">{signed(effect, decimalsOf(Math.abs(effect)) > 2 ? 3 : 2)}</td>
              <td>{evidence.value && (agrees ? '✓' : 'no')}</td>
              <td class="number">{number(confidence)}</td>
              <td class="number">{number(p)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {evidenceWaits.value && (
        <p class="computing" role="status">
          computing agreement{!evidenceIsLong.value && ', confidence and p'} …
        </p>
      )}
    </>
  )
}

const number = (value: number): string => (Number.isNaN(value) ? '' : value.toFixed(2))
