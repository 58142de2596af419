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
import { decimalsOf } from '../cells/text.ts'
import { counted, fixed, strings, timeIn } from '../session/language.ts'
import { fill } from '../text/terms.ts'

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
      {strings.value.change.toSection}
    </button>
  )
}

export function KnockOutSection() {
  const says = strings.value.change
  const known = genes.value!
  const gene = changedGene.value
  if (!known.mean)
    return (
      <section>
        <h3>{says.title}</h3>
        <p class="hint">{says.noMeans}</p>
      </section>
    )
  if (gene === null) return null
  const name = known.names[gene]!
  const active = state.gene.value !== ''
  const one = chosen.value !== null
  return (
    <>
      <section id={PLACE}>
        <h3>{says.title}</h3>
        <div class="row">
          <GeneBox
            label={strings.value.shared.gene}
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
              {fill(strings.value.shared.knockOut, { gene: name })}
            </button>
          )}
          {active && <UndoChange />}
        </div>
        <p class="hint">
          {fill(one ? says.expressed : says.meanExpressed, { value: fixed(expressed.value, 2) })}
          {expressed.value <= 0 && ` ${says.nothing}`}
        </p>
        {active && (
          <>
            <GeneLevel gene={name} />
            {changed.value && (
              <p class="key">
                <Line kind="changed">{one ? says.path : says.paths}</Line>
              </p>
            )}
            <Awaited waits={changeWaits}>
              {report.value && <Effect {...report.value} />}
              {changedLanding.value && (
                <Arrivals landing={changedLanding.value} sentence={one ? says.arrives : says.arrive} />
              )}
              {report.value && (
                <>
                  <p>
                    {fill(one ? says.genes : says.genesOnAverage, { time: timeIn(dataset.value!, lastTime.value) })}
                  </p>
                  <GeneChanges changes={changedGenes.value} />
                </>
              )}
            </Awaited>
            <p class="hint">
              {says.once}
              {subject.value.length < group.cells.value.length &&
                !one &&
                ` ${fill(says.some, { cells: counted(MOST_CELLS, 'cell') })}`}
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
  const says = strings.value.change
  const controls = [...controlShifts]
  const most = Math.max(own, ...controls, 1e-9) * 1.05
  const decimals = decimalsOf(own)
  const moves = fill(chosen.value !== null ? says.moves : says.movesMean, { gene, value: fixed(own, decimals) })
  const values = {
    moves,
    genes: counted(controls.length, 'similarGene'),
    median: fixed(controlShift, decimals),
    p: fixed(p, 3),
  }
  const isCompared = controls.length > 0
  const others = fill(isCompared ? says.controlsMedian : says.controls, values)
  return (
    <figure class="effect">
      <svg viewBox="0 0 360 30" role="img" aria-label={`${moves}; ${others}`}>
        <path class="axes" d="M4 15H356" />
        {controls.map((one, i) => (
          <circle key={i} class="control" cx={4 + (352 * one) / most} cy="15" r="4" />
        ))}
        <circle class="changed-mark" cx={4 + (352 * own) / most} cy="15" r="6" />
      </svg>
      <figcaption>{fill(isCompared ? says.effectMedian : says.effect, values)}</figcaption>
    </figure>
  )
}
