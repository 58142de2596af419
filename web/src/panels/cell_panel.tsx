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
import { snapshotOf } from '../cells/dataset.ts'
import { weightAt } from '../cells/paths.ts'
import {
  cellName,
  dataset,
  genes,
  groups,
  hasBoth,
  isExported,
  lastTime,
  model,
  now,
  others,
  paths,
  showsKept,
} from '../session/session.ts'
import { canHaveFates } from '../session/fates.ts'
import type { Landing } from '../session/landing.ts'
import { state } from '../session/state.ts'
import { pathsWait } from '../session/training.ts'
import { cloudsWait } from '../selection/cloud.ts'
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
import { counted, fixed, strings, timeIn, timeName, timeText } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from '../parts/say.tsx'

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
  const says = strings.value.explore
  const first = isExported.value ? says.exported : says.opened
  return (
    <div class="which-model">
      <p>{fill(says.thisIs, { model: showsKept.value ? says.here : first })}</p>
      <button onClick={() => (showsKept.value = !showsKept.value)}>
        {showsKept.value ? fill(says.backTo, { model: first }) : fill(says.to, { model: says.here })}
      </button>
    </div>
  )
}

function NoModel() {
  const says = strings.value.explore
  return (
    <div class="panel">
      <h2>{says.noModel}</h2>
      <p>{says.trainOrOpen}</p>
      <button class="main" onClick={() => (state.tab.value = 'train')}>
        {says.train}
      </button>
    </div>
  )
}

function Invitation() {
  const says = strings.value.explore
  const data = dataset.value!
  const middle = data.snapshots[Math.floor((data.snapshots.length - 1) / 2)]!
  return (
    <div class="panel">
      <h2>{says.click}</h2>
      <p>{says.dots}</p>
      <p>{says.full}</p>
      <button class="main" onClick={() => (state.cell.value = Math.floor((middle.begin + middle.end) / 2))}>
        {says.showOne}
      </button>
      <FindCell />
      <section>
        <h3>{says.orMany}</h3>
        <p>
          <Say text={says.lasso} />
        </p>
        <ChooseGroup />
      </section>
    </div>
  )
}

function Cell() {
  const data = dataset.value!
  const says = strings.value.cell
  const cell = chosen.value!
  const code = groups.value?.codes[cell] ?? -1
  const isLast = snapshotOfChosen.value === data.snapshots.at(-1)
  return (
    <div class="panel">
      <div class="title">
        <h2>{fill(says.title, { cell })}</h2>
        {data.names[cell] !== undefined && <p class="cell-name">{data.names[cell]}</p>}
        <p>
          {fill(says.measuredAt, { time: timeName(data, snapshotOf(data, cell)) })}
          {code >= 0 && (
            <>
              {' '}
              · <i class="dot" style={{ background: categoryColor(code) }} /> {groups.value!.labels[code]}
            </>
          )}
        </p>
        <button class="icon" aria-label={says.close} onClick={() => (state.cell.value = null)}>
          ×
        </button>
      </div>
      <section>
        <h3>{says.future}</h3>
        <p class="key">
          <Line kind="future">{says.path}</Line>
          <Line kind="past">{says.past}</Line>
          <Line kind="fan">{fill(says.neighbours, { count: fan.value.length })}</Line>
          {others.value.length > 0 && (
            <Line kind="by-other">{fill(says.byModels, { models: counted(others.value.length, 'otherModel') })}</Line>
          )}
        </p>
        <Awaited waits={cloudsWait}>
          <CloudWords />
        </Awaited>
        <Awaited waits={pathsWait}>
          {paths.value?.weights && (
            <p>
              {fill(says.weight, {
                time: timeText(now.value),
                weight: fixed(weightAt(paths.value, cell, now.value), 2),
              })}
            </p>
          )}
          {landing.value && <WhereItArrives landing={landing.value} />}
          {!groups.value && genesToCome.value.length > 0 && !isLast && (
            <>
              <p>{fill(says.changing, { time: timeIn(data, lastTime.value) })}</p>
              <GeneChanges changes={genesToCome.value} />
            </>
          )}
        </Awaited>
        {isLast && <p class="hint">{says.last}</p>}
        <div class="row">
          {beside.value === null && (
            <button onClick={() => (state.beside.value = cell)} disabled={state.beside.value === cell}>
              {state.beside.value === cell ? says.clickAnother : says.compare}
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
              <h3>{says.regulators}</h3>
              <Awaited waits={localWaits}>
                {interactions.value.length > 0 && <Interactions found={interactions.value} of={says.inThisCell} />}
              </Awaited>
            </section>
          )}
          <KnockOutSection />
        </>
      ) : (
        <section>
          <p class="hint">{says.noGenes}</p>
        </section>
      )}
      {local.value && (
        <section>
          <h3>{says.equation}</h3>
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
  const says = strings.value.cell
  const arrivals = (
    <Arrivals landing={landing} sentence={fill(says.arrives, { time: timeIn(dataset.value!, lastTime.value) })} />
  )
  if (!canHaveFates.value) return arrivals
  return (
    <details class="known">
      <summary>{says.whereArrives}</summary>
      {arrivals}
    </details>
  )
}

function Beside({ other }: { other: number }) {
  const says = strings.value.cell
  const time = timeIn(dataset.value!, dataset.value!.times[other]!)
  return (
    <div class="beside">
      <div class="row">
        <Line kind="other">{fill(says.beside, { cell: cellName(other), time })}</Line>
        <button onClick={() => (state.beside.value = null)}>{says.stopComparing}</button>
      </div>
      <Awaited waits={pathsWait}>
        {landingBeside.value && <Arrivals landing={landingBeside.value} sentence={says.otherArrives} />}
        {genesBeside.value.length > 0 && (
          <>
            <p>{fill(says.genesBeside, { cell: chosen.value!, other })}</p>
            <GeneChanges changes={genesBeside.value} />
          </>
        )}
      </Awaited>
    </div>
  )
}
