/** How good is it? A time is held out, predicted from the others, and compared with what was measured. */
import { Words } from '../parts/term.tsx'
import type { Score } from 'cellmnn'
import { showTime } from '../session/clock.ts'
import type { Dataset } from '../cells/dataset.ts'
import { fitTo, hasSeen } from '../session/fit.ts'
import {
  amount,
  baselines,
  type Baselines,
  held,
  inner,
  isOf,
  METHODS,
  refining,
  scoreAll,
  scoreNoMore,
  usualSample,
} from '../session/scoring.ts'
import { dataset, hasModel, model, trained } from '../session/session.ts'
import { state } from '../session/state.ts'
import { progress, run, running, scores, stop, train } from '../session/training.ts'
import { verdictOn } from '../cells/verdict.ts'
import { Select } from '../parts/select.tsx'
import { counted, fixed, grouped, strings, timeIn, timeName } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export function EvaluatePanel() {
  const data = dataset.value!
  const says = strings.value.evaluate
  if (inner.value.length === 0)
    return (
      <div class="panel">
        <h2>{says.title}</h2>
        <p class="hint">{says.tooFewTimes}</p>
      </div>
    )
  const place = held.value
  const time = timeIn(data, data.snapshots[place]!.time)
  const own = run.value?.held === place && run.value.data === data
  return (
    <div class="panel">
      <h2>{says.title}</h2>
      <p>{says.about}</p>
      <div class="row">
        <Select
          label={says.leaveOut}
          value={String(place)}
          options={inner.value.map(
            (k) => [String(k), fill(strings.value.shared.time, { time: timeName(data, k) })] as const,
          )}
          onChange={(value) => {
            state.held.value = Number(value)
            showTime(data.snapshots[Number(value)]!.time)
          }}
        />
        {own && running.value ? (
          <button onClick={() => void stop()}>{says.stop}</button>
        ) : (
          <button
            class="main"
            onClick={() => {
              showTime(data.snapshots[place]!.time)
              void train(place)
            }}>
            {fill(says.trainWithout, { time })}
          </button>
        )}
      </div>
      {own && running.value && (
        <progress aria-label={says.training} max={run.value!.steps} value={progress.value?.step ?? 0} />
      )}
      <Scores own={own} time={time} />
      <p class="hint">
        <Words>{says.aboutScores}</Words>
      </p>
    </div>
  )
}

interface Row {
  name: string
  what: string
  score: Pick<Score, 'w1' | 'mmd'> | undefined
  kind: 'baseline' | 'model' | 'fit'
}

/** Of the same cells as `found`: of the model that is shown, or of the training while it runs. */
function ownScore(own: boolean, found: Baselines): Pick<Score, 'w1' | 'mmd'> | undefined {
  const current = fitTo(found)
  if (current) return current.score
  return own && isOf(found, usualSample.value!) ? scores.value.at(-1) : undefined
}

function Scores({ own, time }: { own: boolean; time: string }) {
  const says = strings.value.evaluate
  const known = baselines.value
  const found = known?.scores ?? []
  const rows: Row[] = METHODS.map((method) => {
    const [name, what] = says.methods[method]
    const score = found.find((one) => one.method === method)
    const [low, high] = score?.w1Range ?? [0, 0]
    const withRange = high > low ? fill(says.ofHalves, { what, low: fixed(low, 3), high: fixed(high, 3) }) : what
    return { name, what: withRange, score, kind: 'baseline' }
  })
  const last = own ? scores.value.at(-1) : undefined
  const isOpened = !last && hasModel.value && model.value !== trained.value
  const isTest = last !== undefined || (isOpened && !hasSeen.value)
  const score = known ? ownScore(own, known) : last
  if (last) {
    rows.unshift({
      name: 'Cell-MNN',
      what: running.value ? fill(says.afterSteps, { steps: grouped(last.step) }) : says.trainedWithout,
      score,
      kind: 'model',
    })
  } else if (isOpened) {
    const byBoth = known && fitTo(known)?.byBoth
    if (byBoth) rows.unshift({ name: says.byBoth, what: says.trainedWithout, score: byBoth, kind: 'model' })
    const [what, kind] = hasSeen.value ? ([says.fit, 'fit'] as const) : ([says.trainedWithout, 'model'] as const)
    rows.unshift({ name: says.thisModel, what, score, kind })
  }
  const most = Math.max(...rows.map(({ score }) => score?.w1 ?? 0), 1e-9)
  const verdict = isTest && score && !running.value && found.length === METHODS.length && verdictOn(score.w1, found)
  return (
    <>
      {verdict && (
        <p class="verdict" role="status">
          {fill(says.verdicts[verdict], { time })}
        </p>
      )}
      <Extent />
      <table class="scores">
        <thead>
          <tr>
            <th>{fill(says.prediction, { time })}</th>
            <th colSpan={2}>W1</th>
            <th class="number">MMD²</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, what, score, kind }) => (
            <tr key={name} class={kind}>
              <td>
                {name}
                <small>{what}</small>
              </td>
              <td class="bars">
                <i style={{ width: `${(100 * (score?.w1 ?? 0)) / most}%` }} />
              </td>
              <td class="number">{score ? fixed(score.w1, 3) : '…'}</td>
              <td class="number">{score ? fixed(score.mmd, 4) : '…'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Of how many cells the scores are, and what is still computed. */
function Extent() {
  const says = strings.value.evaluate
  const [data, known, next] = [dataset.value!, baselines.value, refining.value]
  const cells = (sample: Dataset) => counted(sample.cells.shape[0], 'cell')
  const isAll = (known?.sample ?? next?.sample) === data
  const scoring = ({ sample, done }: { sample: Dataset; done: number }): string => {
    const values = { name: says.methods[METHODS[done]!][0], place: done + 1, all: METHODS.length }
    return known && sample !== known.sample
      ? fill(says.scoringMore, { ...values, cells: cells(sample) })
      : fill(says.scoring, values)
  }
  return (
    <>
      {known && !isAll && (
        <div class="row">
          <p class="hint">{fill(says.sample, { cells: cells(known.sample) })}</p>
          {amount.value !== 'all' && !next && <button onClick={scoreAll}>{says.takeAll}</button>}
          {amount.value === 'all' && next && <button onClick={scoreNoMore}>{says.stop}</button>}
        </div>
      )}
      {next && (
        <p class="hint" role="status">
          {scoring(next)}
        </p>
      )}
      {next && <progress aria-label={says.scores} max={METHODS.length} value={next.done} />}
    </>
  )
}
