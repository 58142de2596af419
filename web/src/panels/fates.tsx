/** Fates of all cells: what can be known of them, which labels become which, and the genes along the way. */
import { useEffect } from 'preact/hooks'
import { timeIn } from '../cells/dataset.ts'
import { percent } from '../cells/text.ts'
import { Awaited } from '../parts/awaited.tsx'
import { KnownByTime } from '../parts/known_by_time.tsx'
import { canHaveFates, fates, fatesWait, wantFates, type CellFates } from '../session/fates.ts'
import { dataset, groups, lastTime, model } from '../session/session.ts'
import { LabelFlows } from './alluvial.tsx'
import { Drivers } from './fate_drivers.tsx'
import { Trends } from './fate_trends.tsx'

export function FatesPanel() {
  useEffect(wantFates, [])
  return (
    <div class="panel">
      <h2>Where do cells end?</h2>
      {!canHaveFates.value ? (
        <p class="hint">Fates are the labels of the cells of the last time. These cells have no two of them.</p>
      ) : !model.value ? (
        <p class="hint">
          These cells have no model yet: train one here, or open one. Without a model the program can tell fates:{' '}
          <code>cellmnn fates DATA.h5ad</code>.
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
  const shares = found.names
    .map((name, f) => ({ name, rate: found.baseRates[f]! }))
    .sort((a, b) => b.rate - a.rate)
    .map(({ name, rate }) => `${name} ${rate < 0.005 ? 'less than 1 %' : percent(rate)}`)
  return (
    <>
      <p>
        The fates are the labels of the cells of time {timeIn(dataset.value!, lastTime.value)}, from{' '}
        {groups.value!.name}: {shares.join(', ')}. How much the cells of each time tell of their fate:
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
  return (
    <p class="hint">
      These cells came without expression, which genes along the way are read from. It comes along when they are
      exported from an h5ad file whose X is expression.
    </p>
  )
}
