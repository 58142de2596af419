/** How good is it? A time is held out, predicted from the others, and compared with what was measured. */
import { Words } from '../parts/term.tsx'
import type { Score } from 'cellmnn'
import { showTime } from '../session/clock.ts'
import { dataset, hasModel, model, trained } from '../session/session.ts'
import { state } from '../session/state.ts'
import {
  baselines,
  fit,
  held,
  inner,
  METHODS,
  progress,
  run,
  running,
  scored,
  scoreInFull,
  scores,
  stop,
  train,
} from '../session/training.ts'
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

function Scores({ own, time }: { own: boolean; time: string }) {
  const says = strings.value.evaluate
  const place = held.value
  const found = baselines.value?.of === scored.value && baselines.value?.held === place ? baselines.value.scores : []
  const rows: Row[] = METHODS.map((method) => {
    const [name, what] = says.methods[method]
    const score = found.find((one) => one.method === method)
    const [low, high] = score?.w1Range ?? [0, 0]
    const withRange = high > low ? fill(says.ofHalves, { what, low: fixed(low, 3), high: fixed(high, 3) }) : what
    return { name, what: withRange, score, kind: 'baseline' }
  })
  const last = scores.value.at(-1)
  if (own && last) {
    rows.unshift({
      name: 'Cell-MNN',
      what: running.value ? fill(says.afterSteps, { steps: grouped(last.step) }) : says.trainedWithout,
      score: last,
      kind: 'model',
    })
  } else if (
    hasModel.value &&
    model.value !== trained.value &&
    fit.value?.of === model.value &&
    fit.value?.on === scored.value &&
    fit.value?.held === place
  ) {
    rows.unshift({ name: says.thisModel, what: says.fit, score: fit.value.score, kind: 'fit' })
  }
  const most = Math.max(...rows.map(({ score }) => score?.w1 ?? 0), 1e-9)
  const verdict = own && last && !running.value && found.length === METHODS.length && verdictOn(last.w1, found)
  return (
    <>
      {verdict && (
        <p class="verdict" role="status">
          {fill(says.verdicts[verdict], { time })}
        </p>
      )}
      <Extent found={found.length} />
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

/** Of how many cells the scores are, and how many are known. */
function Extent({ found }: { found: number }) {
  const says = strings.value.evaluate
  const isSample = scored.value !== dataset.value
  return (
    <>
      {isSample && (
        <div class="row">
          <p class="hint">{fill(says.sample, { cells: counted(scored.value!.cells.shape[0], 'cell') })}</p>
          <button onClick={scoreInFull}>{says.takeAll}</button>
        </div>
      )}
      {found < METHODS.length && (
        <p class="hint" role="status">
          {fill(says.scoring, { name: says.methods[METHODS[found]!][0], place: found + 1, all: METHODS.length })}
        </p>
      )}
    </>
  )
}
