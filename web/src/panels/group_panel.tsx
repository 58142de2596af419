/** What the model says about a group of cells, alone or beside another one. */
import { extent } from 'd3-array'
import {
  awaitsOther,
  chooseGroup,
  compareGroup,
  differences,
  group,
  groupBeside,
  type Group,
} from '../selection/group.ts'
import { groupName, labelledOf } from '../cells/group_choice.ts'
import { dataset, genes, lastTime } from '../session/session.ts'
import { state } from '../session/state.ts'
import { snapshotOf, timeIn } from '../cells/dataset.ts'
import { counted } from '../cells/text.ts'
import { ChooseGroup } from '../parts/choose_group.tsx'
import { Fates } from '../parts/fates.tsx'
import { Interactions } from '../parts/interactions.tsx'
import { KnockOutSection, ToKnockOut } from './knock_out.tsx'
import { Arrivals } from '../parts/landing.tsx'
import { Line } from '../parts/line.tsx'
import { OperatorMap } from '../parts/operator.tsx'
import { Shares } from '../parts/shares.tsx'

const titleOf = ({ text, cells }: Group): string =>
  `${counted(cells.value.length, 'cell')} ${groupName(dataset.value!, text.value)}`

export function GroupPanel() {
  const cells = group.cells.value
  const [first, last] = extent(cells, (cell) => dataset.value!.times[cell]!) as [number, number]
  return (
    <div class="panel">
      <div class="title">
        <h2>{titleOf(group)}</h2>
        {cells.length > 0 && labelledOf(state.group.value)?.snapshot == null && (
          <p>
            measured at time {timeIn(dataset.value!, first)}
            {last > first && ` to ${timeIn(dataset.value!, last)}`}
          </p>
        )}
        <button class="icon" aria-label="Clear the group" onClick={() => chooseGroup('')}>
          ×
        </button>
      </div>
      {cells.length === 0 ? (
        <p class="hint">
          {labelledOf(state.group.value)
            ? 'No cell has this label at this time.'
            : 'No cell is inside. Draw the lasso around full dots.'}
        </p>
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
  return (
    <>
      {group.shares.value.length > 0 && (
        <section>
          <h3>What they are</h3>
          <Shares shares={group.shares.value} />
        </section>
      )}
      <section>
        <h3>Their future</h3>
        <p class="key">
          <Line kind="fan">paths of some of them</Line>
        </p>
        {group.landing.value && (
          <Arrivals
            landing={group.landing.value}
            sentence={`At time ${timeIn(dataset.value!, lastTime.value)} they arrive among:`}
          />
        )}
        {first === lastTime.value && (
          <p class="hint">
            They were measured at the last time: nothing later is known, and the model does not go there.
          </p>
        )}
        <Comparison />
      </section>
      <Fates cells={group.cells.value} snapshot={commonSnapshot()} />
      {group.interactions.value.length > 0 && (
        <section>
          <h3>Their strongest regulators</h3>
          <Interactions found={group.interactions.value} of="On average over these cells" />
        </section>
      )}
      {genes.value && <KnockOutSection />}
      {group.operator.value && (
        <section>
          <h3>Their mean equation: dx/dt = A x + b</h3>
          <div class="pair">
            <OperatorMap
              a={group.operator.value}
              caption="mean A: how component (column) drives component (row), whitened"
            />
            {groupBeside.operator.value && (
              <OperatorMap
                a={group.operator.value.map((value, i) => value - groupBeside.operator.value![i]!)}
                caption="mean A of these minus that of the other group"
              />
            )}
          </div>
        </section>
      )}
    </>
  )
}

function Comparison() {
  if (state.groupBeside.value === '')
    return (
      <div class="row">
        <button onClick={compareGroup}>Compare with another group</button>
        <ToKnockOut />
      </div>
    )
  return (
    <div class="beside">
      {awaitsOther.value ? (
        <>
          <p>Now draw a second lasso in the plot, or take:</p>
          <ChooseGroup />
        </>
      ) : (
        <>
          <Line kind="other">beside {titleOf(groupBeside)}</Line>
          <Beside />
        </>
      )}
      <button onClick={() => (state.groupBeside.value = '')}>Stop comparing</button>
    </div>
  )
}

function Beside() {
  if (groupBeside.cells.value.length === 0) return <p class="hint">No cell is in the other group.</p>
  return (
    <>
      {groupBeside.landing.value && <Arrivals landing={groupBeside.landing.value} sentence="Those arrive among:" />}
      {differences.value.length === 0 && groupBeside.interactions.value.length > 0 && (
        <p class="hint" role="status">
          comparing their interactions …
        </p>
      )}
      {differences.value.length > 0 && (
        <>
          <h3>Interactions that differ most</h3>
          <Interactions found={differences.value} as="difference" />
        </>
      )}
    </>
  )
}
