/** Fates of all cells: what can be known of them, which labels become which, and the genes along the way. */
import { useEffect } from 'preact/hooks'
import { Awaited } from '../parts/awaited.tsx'
import { KnownByTime } from '../parts/known_by_time.tsx'
import { canHaveFates, fates, fatesWait, wantFates, type CellFates } from '../session/fates.ts'
import { dataset, groups, lastTime, model } from '../session/session.ts'
import { LabelFlows } from './alluvial.tsx'
import { Drivers } from './fate_drivers.tsx'
import { Trends } from './fate_trends.tsx'
import { percent, strings, timeIn } from '../session/language.ts'
import { fill } from '../text/terms.ts'
import { Say } from '../parts/say.tsx'

export function FatesPanel() {
  useEffect(wantFates, [])
  const says = strings.value.fates
  return (
    <div class="panel">
      <h2>{says.title}</h2>
      {!canHaveFates.value ? (
        <p class="hint">{says.noLabels}</p>
      ) : !model.value ? (
        <p class="hint">
          <Say text={says.noModel} />
        </p>
      ) : (
        <>
          <Awaited waits={fatesWait}>{fates.value && <Known found={fates.value} />}</Awaited>
          {fates.value && <LabelFlows />}
          {fates.value && <Genes />}
        </>
      )}
    </div>
  )
}

function Known({ found }: { found: CellFates }) {
  const says = strings.value.fates
  const shares = found.names
    .map((name, f) => ({ name, rate: found.baseRates[f]! }))
    .sort((a, b) => b.rate - a.rate)
    .map(({ name, rate }) => (rate < 0.005 ? fill(says.lessThan, { name }) : `${name} ${percent(rate)}`))
  return (
    <>
      <p>
        {fill(says.are, {
          time: timeIn(dataset.value!, lastTime.value),
          column: groups.value!.name,
          shares: shares.join(', '),
        })}{' '}
        {says.howMuch}
      </p>
      <KnownByTime found={found} />
    </>
  )
}

function Genes() {
  if (dataset.value!.expression)
    return (
      <>
        <Drivers />
        <Trends />
      </>
    )
  return <p class="hint">{strings.value.fates.noExpression}</p>
}
