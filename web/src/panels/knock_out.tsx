/** Change one gene of the chosen cell, or of a group, and see another future. */
import type { PerturbationReport } from 'cellmnn'
import {
  changed,
  changedGene,
  changedGenes,
  changedLanding,
  changeWaits,
  expressed,
  MOST_CELLS,
  report,
  subject,
} from '../selection/change.ts'
import { chosen } from '../selection/chosen.ts'
import { expressionText, genesByStrength } from '../selection/gene_choice.ts'
import { group } from '../selection/group.ts'
import { dataset, genes, lastTime } from '../session/session.ts'
import { state } from '../session/state.ts'
import { Awaited } from '../parts/awaited.tsx'
import { GeneBox } from '../parts/gene_box.tsx'
import { GeneLevel, UndoChange } from '../parts/gene_level.tsx'
import { GeneChanges } from '../parts/gene_changes.tsx'
import { Arrivals } from '../parts/landing.tsx'
import { Line } from '../parts/line.tsx'
import { FateChangeSection } from './fate_change.tsx'
import { timeIn } from '../cells/dataset.ts'
import { counted, decimalsOf } from '../cells/text.ts'

const PLACE = 'change-a-gene'

/** The section lies far below. */
export function ToKnockOut() {
  if (!genes.value?.mean || changedGene.value === null) return null
  return (
    <button
      onClick={() => {
        const section = document.getElementById(PLACE)!
        section.scrollIntoView()
        section.querySelector('input')!.focus({ preventScroll: true })
      }}>
      Change a gene ↓
    </button>
  )
}

export function KnockOutSection() {
  const known = genes.value!
  const gene = changedGene.value
  if (!known.mean)
    return (
      <section>
        <h3>Change a gene</h3>
        <p class="hint">
          The model does not know the mean expression of its genes, so that a knock-out cannot be told.
        </p>
      </section>
    )
  if (gene === null) return null
  const name = known.names[gene]!
  const active = state.gene.value !== ''
  const one = chosen.value !== null
  return (
    <>
      <section id={PLACE}>
        <h3>Change a gene</h3>
        <div class="row">
          <GeneBox
            label="Gene"
            value={name}
            names={genesByStrength.value}
            note={expressionText}
            onChoose={(value) => (state.gene.value = value)}
          />
          {!active && (
            <button
              class="main"
              onClick={() => {
                state.gene.value = name
                state.level.value = 0
              }}>
              Knock out {name}
            </button>
          )}
          {active && <UndoChange />}
        </div>
        <p class="hint">
          Its {one ? '' : 'mean '}expression here is {expressed.value.toFixed(2)}, as the components tell it.
          {expressed.value <= 0 && ' There is nothing to knock out.'}
        </p>
        {active && (
          <>
            <GeneLevel gene={name} />
            {changed.value && (
              <p class="key">
                <Line kind="changed">{one ? 'its path' : 'paths'} after the change</Line>
              </p>
            )}
            <Awaited waits={changeWaits}>
              {report.value && <Effect {...report.value} />}
              {changedLanding.value && (
                <Arrivals
                  landing={changedLanding.value}
                  sentence={one ? 'It then arrives among:' : 'They then arrive among:'}
                />
              )}
              {report.value && (
                <>
                  <p>
                    Genes that end most changed{!one && ' on average'}, at time {timeIn(dataset.value!, lastTime.value)}
                    :
                  </p>
                  <GeneChanges changes={changedGenes.value} />
                </>
              )}
            </Awaited>
            <p class="hint">
              The gene is changed once, at the time when a cell was measured. Only what the components carry of it is
              seen.
              {subject.value.length < group.cells.value.length &&
                !one &&
                ` Of the group ${counted(MOST_CELLS, 'cell')} are changed.`}
            </p>
          </>
        )}
      </section>
      {active && <FateChangeSection />}
    </>
  )
}

/** How far the end moves, beside the same change of similar genes: as `cellmnn perturb` prints it. */
function Effect({ gene, ofMean: own, controlShifts, controlShift, p }: PerturbationReport & { gene: string }) {
  const controls = [...controlShifts]
  const most = Math.max(own, ...controls, 1e-9) * 1.05
  const whose = chosen.value !== null ? 'its end' : 'their mean end'
  const decimals = decimalsOf(own)
  const moves = `${gene} moves ${whose} by ${own.toFixed(decimals)}`
  const others = `the same change of ${counted(controls.length, 'similar gene')}`
  const median = controls.length > 0 ? `: median ${controlShift.toFixed(decimals)}, p = ${p.toFixed(3)}` : ''
  return (
    <figure class="effect">
      <svg viewBox="0 0 360 30" role="img" aria-label={`${moves}; ${others}${median}`}>
        <path class="axes" d="M4 15H356" />
        {controls.map((one, i) => (
          <circle key={i} class="control" cx={4 + (352 * one) / most} cy="15" r="4" />
        ))}
        <circle class="changed-mark" cx={4 + (352 * own) / most} cy="15" r="6" />
      </svg>
      <figcaption>
        {moves} (pink), in the unit of the components; {others} (grey){median}.
      </figcaption>
    </figure>
  )
}
