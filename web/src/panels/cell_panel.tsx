/** What the model says about one cell. */
import {
  beside,
  chosen,
  fan,
  genesBeside,
  genesToCome,
  interactions,
  landing,
  landingBeside,
  local,
  localWaits,
  snapshotOfChosen,
} from '../selection/chosen.ts'
import { categoryColor } from '../cells/coloring.ts'
import { snapshotOf, timeIn, timeName } from '../cells/dataset.ts'
import {
  cellName,
  dataset,
  genes,
  groups,
  hasBoth,
  isExported,
  lastTime,
  model,
  others,
  showsKept,
} from '../session/session.ts'
import { canHaveFates } from '../session/fates.ts'
import type { Landing } from '../session/landing.ts'
import { state } from '../session/state.ts'
import { Awaited } from '../parts/awaited.tsx'
import { CloudWords } from '../parts/cloud.tsx'
import { ChooseGroup } from '../parts/choose_group.tsx'
import { Fates } from '../parts/fates.tsx'
import { FindCell } from '../parts/find_cell.tsx'
import { GeneChanges } from '../parts/gene_changes.tsx'
import { GroupPanel } from './group_panel.tsx'
import { Interactions } from '../parts/interactions.tsx'
import { KnockOutSection, ToKnockOut } from './knock_out.tsx'
import { Arrivals } from '../parts/landing.tsx'
import { Line } from '../parts/line.tsx'
import { Eigenvalues, OperatorMap } from '../parts/operator.tsx'
import { counted } from '../cells/text.ts'

export function CellPanel() {
  if (!model.value) return <NoModel />
  return (
    <>
      {hasBoth.value && <WhichModel />}
      {chosen.value !== null ? <Cell /> : state.group.value !== '' ? <GroupPanel /> : <Invitation />}
    </>
  )
}

/** A model that was trained here hides the opened one, and loses it not. */
function WhichModel() {
  const first = isExported.value ? 'the exported model' : 'the opened model'
  const here = 'the model trained here'
  return (
    <div class="which-model">
      <p>This is {showsKept.value ? here : first}.</p>
      <button onClick={() => (showsKept.value = !showsKept.value)}>
        {showsKept.value ? `Back to ${first}` : `To ${here}`}
      </button>
    </div>
  )
}

function NoModel() {
  return (
    <div class="panel">
      <h2>These cells have no model yet</h2>
      <p>Train one here, or open the model file that 'cellmnn train' made of these cells.</p>
      <button class="main" onClick={() => (state.tab.value = 'train')}>
        Train one here
      </button>
    </div>
  )
}

function Invitation() {
  const data = dataset.value!
  const middle = data.snapshots[Math.floor((data.snapshots.length - 1) / 2)]!
  return (
    <div class="panel">
      <h2>Click a cell to see its future</h2>
      <p>
        Each dot is a cell. It was measured once, and destroyed by that. From snapshots of other cells the model learnt
        where it would have gone.
      </p>
      <p>The full dots move along their predicted paths. The pale dots are the cells as they were measured.</p>
      <button class="main" onClick={() => (state.cell.value = Math.floor((middle.begin + middle.end) / 2))}>
        Show me one
      </button>
      <FindCell />
      <section>
        <h3>Or look at many cells at once</h3>
        <p>
          Drag around them with Shift held, or with <b>Lasso</b> above the plot. Or take:
        </p>
        <ChooseGroup />
      </section>
    </div>
  )
}

function Cell() {
  const data = dataset.value!
  const cell = chosen.value!
  const code = groups.value?.codes[cell] ?? -1
  const isLast = snapshotOfChosen.value === data.snapshots.at(-1)
  return (
    <div class="panel">
      <div class="title">
        <h2>Cell {cell}</h2>
        {data.names[cell] !== undefined && <p class="cell-name">{data.names[cell]}</p>}
        <p>
          measured at time {timeName(data, snapshotOf(data, cell))}
          {code >= 0 && (
            <>
              {' '}
              · <i class="dot" style={{ background: categoryColor(code) }} /> {groups.value!.labels[code]}
            </>
          )}
        </p>
        <button class="icon" aria-label="Close this cell" onClick={() => (state.cell.value = null)}>
          ×
        </button>
      </div>
      <section>
        <h3>Its future</h3>
        <p class="key">
          <Line kind="future">its path</Line>
          <Line kind="past">its past, less sure</Line>
          <Line kind="fan">its {fan.value.length} neighbours</Line>
          {others.value.length > 0 && <Line kind="by-other">by {counted(others.value.length, 'other model')}</Line>}
        </p>
        <CloudWords />
        {landing.value && <WhereItArrives landing={landing.value} />}
        {!groups.value && genesToCome.value.length > 0 && !isLast && (
          <>
            <p>Genes that change most on its way to time {timeIn(data, lastTime.value)}:</p>
            <GeneChanges changes={genesToCome.value} />
          </>
        )}
        {isLast && (
          <p class="hint">It was measured at the last time: nothing later is known, and the model does not go there.</p>
        )}
        <div class="row">
          {beside.value === null && (
            <button onClick={() => (state.beside.value = cell)} disabled={state.beside.value === cell}>
              {state.beside.value === cell ? 'Now click another cell' : 'Compare with another cell'}
            </button>
          )}
          <ToKnockOut />
        </div>
        {beside.value !== null && <Beside other={beside.value} />}
      </section>
      <Fates cells={[cell]} snapshot={snapshotOf(data, cell)} />
      {genes.value ? (
        <>
          {(interactions.value.length > 0 || localWaits.value) && (
            <section>
              <h3>Its strongest regulators</h3>
              <Awaited waits={localWaits}>
                {interactions.value.length > 0 && <Interactions found={interactions.value} of="In this cell" />}
              </Awaited>
            </section>
          )}
          <KnockOutSection />
        </>
      ) : (
        <section>
          <p class="hint">
            These data name no genes. With an h5ad file that holds varm/PCs, gene interactions and knock-outs appear
            here.
          </p>
        </section>
      )}
      {local.value && (
        <section>
          <h3>Its equation: dx/dt = A x + b</h3>
          <Awaited waits={localWaits}>
            <div class="pair">
              <OperatorMap a={local.value.a} />
              <Eigenvalues values={local.value.eigenvalues} />
            </div>
          </Awaited>
        </section>
      )}
      <FindCell />
    </div>
  )
}

/** Where there are probabilities of fates, these count more. */
function WhereItArrives({ landing }: { landing: Landing }) {
  const arrivals = (
    <Arrivals
      landing={landing}
      sentence={`At time ${timeIn(dataset.value!, lastTime.value)} it and its nearest cells arrive among:`}
    />
  )
  if (!canHaveFates.value) return arrivals
  return (
    <details class="known">
      <summary>Where its path and those of its nearest cells arrive</summary>
      {arrivals}
    </details>
  )
}

function Beside({ other }: { other: number }) {
  return (
    <div class="beside">
      <div class="row">
        <Line kind="other">
          beside {cellName(other)}, measured at time {timeIn(dataset.value!, dataset.value!.times[other]!)}
        </Line>
        <button onClick={() => (state.beside.value = null)}>Stop comparing</button>
      </div>
      {landingBeside.value && (
        <Arrivals landing={landingBeside.value} sentence="That one and its nearest cells arrive among:" />
      )}
      {genesBeside.value.length > 0 && (
        <>
          <p>
            Genes in which cell {chosen.value} ends above (right) or below (left) cell {other}:
          </p>
          <GeneChanges changes={genesBeside.value} />
        </>
      )}
    </div>
  )
}
