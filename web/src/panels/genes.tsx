/** Which gene acts on which: the lagged network of all cells, and what follows in it when a gene is held. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { decimalsOf } from '../cells/text.ts'
import { Awaited } from '../parts/awaited.tsx'
import { Check } from '../parts/check.tsx'
import { GeneBox } from '../parts/gene_box.tsx'
import { Network } from '../parts/interactions.tsx'
import { TrueNetwork } from '../parts/true_network.tsx'
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
import { state } from '../session/state.ts'
import { truth } from '../session/truth.ts'
import { HeldGeneSection } from './held_gene.tsx'
import { fixed, moreText, percent, signed, strings } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from '../parts/say.tsx'

const SHOWN = 12
const MORE = 100
const DRAWN = 8

export function GenesPanel() {
  useEffect(wantNetwork, [])
  const data = dataset.value!
  const says = strings.value.network
  return (
    <div class="panel">
      <h2>{says.title}</h2>
      {!data.expression ? (
        <p class="hint">
          <Say text={says.noExpression} />
        </p>
      ) : (
        <>
          <p>
            <Say text={says.about} />
          </p>
          <Awaited waits={networkWaits}>{fitted.value && <Edges />}</Awaited>
          {fitted.value && <HeldGeneSection />}
          {truth.value && (
            <>
              <Check of={state.truth}>{strings.value.words.showTruth}</Check>
              {state.truth.value && <TrueNetwork known={truth.value} />}
            </>
          )}
        </>
      )}
    </div>
  )
}

function Edges() {
  const says = strings.value.network
  const all = useSignal(false)
  const gene = useSignal('')
  const { info } = fitted.value!.network
  const of = gene.value
  const fitting = of === '' ? edges.value : edges.value.filter((one) => one.regulator === of || one.target === of)
  const shown = fitting.slice(0, all.value ? MORE : SHOWN)
  const share = percent(info.explainedByTime)
  return (
    <>
      <p class={info.directionsKnown ? '' : 'warning'}>
        <Say text={info.directionsKnown ? says.directions : says.noDirections} values={{ share }} />
      </p>
      {shown.length > 0 && <Network shown={shown.slice(0, DRAWN)} />}
      <div class="row">
        <GeneBox
          label={says.edgesOf}
          value={of === '' ? says.allGenes : of}
          names={[says.allGenes, ...info.genes]}
          onChoose={(name) => (gene.value = name === says.allGenes ? '' : name)}
        />
      </div>
      <EdgeTable shown={shown} />
      {fitting.length > SHOWN && (
        <button onClick={() => (all.value = !all.value)}>
          {all.value ? strings.value.shared.showFewer : moreText(fitting.length, MORE)}
        </button>
      )}
      <p class="hint">{says.aboutEvidence}</p>
      {evidenceIsLong.value && (
        <button onClick={insistOnEvidence}>
          {fill(says.compute, { minutes: Math.ceil(evidenceTakes.value / 60_000) })}
        </button>
      )}
    </>
  )
}

function EdgeTable({ shown }: { shown: readonly NetworkEdge[] }) {
  const says = strings.value.network
  const { regulator, target } = strings.value.interactions
  return (
    <>
      <table class="edges">
        <thead>
          <tr>
            <th>{regulator}</th>
            <th>{target}</th>
            <th class="number">{says.effect}</th>
            <th>{says.agrees}</th>
            <th class="number">{says.confidence}</th>
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
              <td>{evidence.value && (agrees ? '✓' : says.no)}</td>
              <td class="number">{number(confidence)}</td>
              <td class="number">{number(p)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {evidenceWaits.value && (
        <p class="computing" role="status">
          {evidenceIsLong.value ? says.computingAgreement : says.computingAll}
        </p>
      )}
    </>
  )
}

const number = (value: number): string => (Number.isNaN(value) ? '' : fixed(value, 2))
