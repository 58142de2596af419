/** How good is it? A time is held out, predicted from the others, and compared with what was measured. */
import { Words } from '../parts/term.tsx'
import type { Score } from 'cellmnn'
import { showTime } from '../session/clock.ts'
import { timeIn, timeName, type Dataset } from '../cells/dataset.ts'
import { counted } from '../cells/text.ts'
import { fit } from '../session/fit.ts'
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

const NAMES: Record<(typeof METHODS)[number], [name: string, what: string]> = {
  previous: ['previous', 'cells before, not moved'],
  next: ['next', 'cells after, not moved'],
  'ot-interpolate': ['OT-Interpolate', 'half way between both neighbours'],
  'noise-floor': ['noise floor', 'chance: halves of the real cells against each other'],
}

export function EvaluatePanel() {
  const data = dataset.value!
  if (inner.value.length === 0)
    return (
      <div class="panel">
        <h2>How good is it?</h2>
        <p class="hint">To hold a time out, the data need at least three times.</p>
      </div>
    )
  const place = held.value
  const time = timeIn(data, data.snapshots[place]!.time)
  const own = run.value?.held === place && run.value.data === data
  return (
    <div class="panel">
      <h2>How good is it?</h2>
      <p>
        Leave one time out, train on the others, then move the cells of the time before to the time left out. How near
        do they come to the cells measured there?
      </p>
      <div class="row">
        <Select
          label="Leave out"
          value={String(place)}
          options={inner.value.map((k) => [String(k), `time ${timeName(data, k)}`] as const)}
          onChange={(value) => {
            state.held.value = Number(value)
            showTime(data.snapshots[Number(value)]!.time)
          }}
        />
        {own && running.value ? (
          <button onClick={() => void stop()}>Stop</button>
        ) : (
          <button
            class="main"
            onClick={() => {
              showTime(data.snapshots[place]!.time)
              void train(place)
            }}>
            Train without time {time}
          </button>
        )}
      </div>
      {own && running.value && (
        <progress aria-label="Training" max={run.value!.steps} value={progress.value?.step ?? 0} />
      )}
      <Scores own={own} time={time} />
      <p class="hint">
        <Words>{ABOUT_SCORES}</Words>
      </p>
    </div>
  )
}

const ABOUT_SCORES =
  'W1 is the exact Wasserstein distance: how far cells must travel on average to turn one cloud into the other, in ' +
  'whitened units. Lower is better. The noise floor is what chance alone makes of equal clouds; halves have fewer ' +
  'cells, which are further apart, so a good model may come below it. MMD² compares the clouds by pairs of cells.'

interface Row {
  name: string
  what: string
  score: Pick<Score, 'w1' | 'mmd'> | undefined
  kind: 'baseline' | 'model' | 'fit'
}

/** Of the same cells as `found`: of the model that is shown, or of the training while it runs. */
function ownScore(own: boolean, found: Baselines): Pick<Score, 'w1' | 'mmd'> | undefined {
  if (fit.value?.model === model.value && fit.value?.sample === found.sample && !running.value) return fit.value.score
  return own && isOf(found, usualSample.value!) ? scores.value.at(-1) : undefined
}

function Scores({ own, time }: { own: boolean; time: string }) {
  const known = baselines.value
  const found = known?.scores ?? []
  const rows: Row[] = METHODS.map((method) => {
    const [name, what] = NAMES[method]
    const score = found.find((one) => one.method === method)
    const [low, high] = score?.w1Range ?? [0, 0]
    const range = high > low ? `, from ${low.toFixed(3)} to ${high.toFixed(3)}` : ''
    return { name, what: what + range, score, kind: 'baseline' }
  })
  const last = own ? scores.value.at(-1) : undefined
  const score = known ? ownScore(own, known) : last
  if (last) {
    rows.unshift({
      name: 'Cell-MNN',
      what: running.value ? `after ${last.step.toLocaleString('en')} steps` : 'trained without this time',
      score,
      kind: 'model',
    })
  } else if (hasModel.value && model.value !== trained.value) {
    rows.unshift({ name: 'this model', what: 'a fit, no test: it has seen this time', score, kind: 'fit' })
  }
  const most = Math.max(...rows.map(({ score }) => score?.w1 ?? 0), 1e-9)
  const verdict = last && score && !running.value && found.length === METHODS.length && verdictOn(score.w1, found, time)
  return (
    <>
      {verdict && (
        <p class="verdict" role="status">
          {verdict}
        </p>
      )}
      <Extent />
      <table class="scores">
        <thead>
          <tr>
            <th>Prediction of time {time}</th>
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
              <td class="number">{score ? score.w1.toFixed(3) : '…'}</td>
              <td class="number">{score ? score.mmd.toFixed(4) : '…'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Of how many cells the scores are, and what is still computed. */
function Extent() {
  const [data, known, next] = [dataset.value!, baselines.value, refining.value]
  const cells = (sample: Dataset) => counted(sample.cells.shape[0], 'cell')
  const isAll = (known?.sample ?? next?.sample) === data
  return (
    <>
      {known && !isAll && (
        <div class="row">
          <p class="hint">Scores are of {cells(known.sample)}, evenly taken.</p>
          {amount.value !== 'all' && !next && <button onClick={scoreAll}>Take all, in minutes</button>}
          {amount.value === 'all' && next && <button onClick={scoreNoMore}>Stop</button>}
        </div>
      )}
      {next && (
        <p class="hint" role="status">
          scoring {NAMES[METHODS[next.done]!][0]}, {next.done + 1} of {METHODS.length}
          {next.sample !== known?.sample && known && `, of ${cells(next.sample)}`} …
        </p>
      )}
      {next && <progress aria-label="Scoring" max={METHODS.length} value={next.done} />}
    </>
  )
}
