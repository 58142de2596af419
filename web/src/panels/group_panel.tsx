/** What the model says about a group of cells, alone or beside another one. */
import { extent } from 'd3-array'
import {
  awaitsOther,
  chooseGroup,
  compareGroup,
  differences,
  differencesWait,
  group,
  groupBeside,
  meansWait,
  type Group,
} from '../selection/group.ts'
import { groupName, labelledOf } from '../cells/group_choice.ts'
import { dataset, genes, lastTime } from '../session/session.ts'
import { state } from '../session/state.ts'
import { pathsWait } from '../session/training.ts'
import { snapshotOf } from '../cells/dataset.ts'
import { Awaited } from '../parts/awaited.tsx'
import { ChooseGroup } from '../parts/choose_group.tsx'
import { Fates } from '../parts/fates.tsx'
import { Interactions } from '../parts/interactions.tsx'
import { KnockOutSection, ToKnockOut } from './knock_out.tsx'
import { Arrivals } from '../parts/landing.tsx'
import { Line } from '../parts/line.tsx'
import { OperatorMap } from '../parts/operator.tsx'
import { Shares } from '../parts/shares.tsx'
import { counted, numbers, strings, timeIn } from '../session/language.ts'
import { fill } from '../text/terms.ts'

const titleOf = ({ text, cells }: Group): string =>
  fill(strings.value.group.title, {
    cells: counted(cells.value.length, 'cell'),
    which: groupName(dataset.value!, text.value, strings.value.shared, numbers.value),
  })

export function GroupPanel() {
  const says = strings.value.group
  const data = dataset.value!
  const cells = group.cells.value
  const [first, last] = extent(cells, (cell) => data.times[cell]!) as [number, number]
  return (
    <div class="panel">
      <div class="title">
        <h2>{titleOf(group)}</h2>
        {cells.length > 0 && labelledOf(state.group.value)?.snapshot == null && (
          <p>
            {last > first
              ? fill(says.measuredFrom, { first: timeIn(data, first), last: timeIn(data, last) })
              : fill(says.measuredAt, { time: timeIn(data, first) })}
          </p>
        )}
        <button class="icon" aria-label={says.clear} onClick={() => chooseGroup('')}>
          ×
        </button>
      </div>
      {cells.length === 0 ? (
        <p class="hint">{labelledOf(state.group.value) ? says.noneLabelled : says.noneInside}</p>
      ) : (
        <Known first={first} />
      )}
    </div>
  )
}

/** Null where they are of several. */
function commonSnapshot(): number | null {
  const [data, cells] = [dataset.value!, group.cells.value]
  const first = snapshotOf(data, cells[0]!)
  return cells.every((cell) => snapshotOf(data, cell) === first) ? first : null
}

function Known({ first }: { first: number }) {
  const says = strings.value.group
  return (
    <>
      {group.shares.value.length > 0 && (
        <section>
          <h3>{says.whatTheyAre}</h3>
          <Shares shares={group.shares.value} />
        </section>
      )}
      <section>
        <h3>{says.future}</h3>
        <p class="key">
          <Line kind="fan">{says.paths}</Line>
        </p>
        <Awaited waits={pathsWait}>
          {group.landing.value && (
            <Arrivals
              landing={group.landing.value}
              sentence={fill(says.arrive, { time: timeIn(dataset.value!, lastTime.value) })}
            />
          )}
        </Awaited>
        {first === lastTime.value && <p class="hint">{says.last}</p>}
        <Comparison />
      </section>
      <Fates cells={group.cells.value} snapshot={commonSnapshot()} />
      {group.interactions.value.length > 0 && (
        <section>
          <h3>{says.regulators}</h3>
          <Awaited waits={group.waits}>
            <Interactions found={group.interactions.value} of={says.onAverage} />
          </Awaited>
        </section>
      )}
      {genes.value && <KnockOutSection />}
      {group.operator.value && (
        <section>
          <h3>{says.equation}</h3>
          <Awaited waits={meansWait}>
            <div class="pair">
              <OperatorMap a={group.operator.value} caption={says.meanA} />
              {groupBeside.operator.value && (
                <OperatorMap
                  a={group.operator.value.map((value, i) => value - groupBeside.operator.value![i]!)}
                  caption={says.differenceA}
                />
              )}
            </div>
          </Awaited>
        </section>
      )}
    </>
  )
}

function Comparison() {
  const says = strings.value.group
  if (state.groupBeside.value === '')
    return (
      <div class="row">
        <button onClick={compareGroup}>{says.compare}</button>
        <ToKnockOut />
      </div>
    )
  return (
    <div class="beside">
      {awaitsOther.value ? (
        <>
          <p>{says.drawSecond}</p>
          <ChooseGroup />
        </>
      ) : (
        <>
          <Line kind="other">{fill(says.beside, { group: titleOf(groupBeside) })}</Line>
          <Beside />
        </>
      )}
      <button onClick={() => (state.groupBeside.value = '')}>{strings.value.cell.stopComparing}</button>
    </div>
  )
}

function Beside() {
  const says = strings.value.group
  if (groupBeside.cells.value.length === 0) return <p class="hint">{says.noneOther}</p>
  return (
    <>
      <Awaited waits={pathsWait}>
        {groupBeside.landing.value && <Arrivals landing={groupBeside.landing.value} sentence={says.othersArrive} />}
      </Awaited>
      <Awaited waits={differencesWait}>
        {differences.value.length > 0 && (
          <>
            <h3>{says.differ}</h3>
            <Interactions found={differences.value} as="difference" />
          </>
        )}
      </Awaited>
    </>
  )
}
