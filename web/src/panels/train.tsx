/** Training before everybody's eyes, from random weights. */
import { dataset, keepTrained } from '../session/session.ts'
import { state } from '../session/state.ts'
import { baselines, inner, isOf, type METHODS, usualSample } from '../session/scoring.ts'
import { history, progress, reset, run, running, scores, speed, stop, train } from '../session/training.ts'
import { Curve } from '../parts/curve.tsx'
import { Words } from '../parts/term.tsx'
import { Select } from '../parts/select.tsx'
import { grouped, strings, timeName } from '../session/language.ts'
import { fill } from '../text/terms.ts'

export function TrainPanel() {
  const says = strings.value.training
  const data = dataset.value!
  const without = state.held.value >= 0 && inner.value.includes(state.held.value) ? state.held.value : null
  const step = progress.value?.step ?? 0
  const total = run.value?.steps ?? state.steps.value
  const done = progress.value?.done ?? false
  const pace = running.value
    ? fill(says.pace, { count: grouped(Math.round(speed.value)) })
    : done
      ? says.done
      : says.stopped
  return (
    <div class="panel">
      <h2>{says.title}</h2>
      <p>
        <Words>{says.about}</Words>
      </p>
      <div class="row">
        {running.value ? (
          <button class="main" onClick={() => void stop()}>
            {strings.value.evaluate.stop}
          </button>
        ) : (
          <button class="main" onClick={() => void train(without)}>
            {step > 0 ? says.again : says.train}
          </button>
        )}
        {step > 0 && <button onClick={() => void reset()}>{says.reset}</button>}
        {done && (
          <button
            onClick={() => {
              keepTrained()
              state.tab.value = 'explore'
            }}>
            {says.explore}
          </button>
        )}
      </div>
      <p class="status" role="status">
        {step > 0 ? fill(says.status, { step: grouped(step), all: grouped(total), pace }) : says.notStarted}
      </p>
      <section>
        <h3>{says.lossTitle}</h3>
        <Curve
          label={says.lossFigure}
          logarithmic
          steps={total}
          lines={[
            { name: says.loss, kind: 'total', points: history.value.map((one) => [one.step, one.total] as const) },
            { name: 'MMD²', kind: 'mmd', points: history.value.map((one) => [one.step, one.mmd] as const) },
            {
              name: says.kineticPart,
              kind: 'kinetic',
              points: history.value.map((one) => [one.step, (run.value?.kinetic ?? 0) * one.kinetic] as const),
            },
          ]}
        />
      </section>
      {run.value?.held != null && (
        <section>
          <h3>{fill(says.heldOut, { time: timeName(data, run.value.held) })}</h3>
          <Curve
            label={says.heldOutFigure}
            steps={total}
            lines={[
              { name: 'Cell-MNN', kind: 'total', points: scores.value.map((one) => [one.step, one.w1] as const) },
            ]}
            levels={
              baselines.value?.held === run.value.held && isOf(baselines.value, usualSample.value!)
                ? baselines.value.scores.map(({ method, w1 }) => ({
                    name: says.levels[method as (typeof METHODS)[number]],
                    y: w1,
                  }))
                : []
            }
          />
        </section>
      )}
      <section>
        <h3>{says.tryThis}</h3>
        <Select
          label={strings.value.evaluate.leaveOut}
          value={String(without ?? -1)}
          onChange={(value) => (state.held.value = Number(value))}
          options={[
            ['-1', says.noTime],
            ...inner.value.map(
              (k) => [String(k), fill(strings.value.shared.time, { time: timeName(data, k) })] as const,
            ),
          ]}
        />
        <Slider
          label={says.lr}
          value={state.lr}
          values={[1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 2e-2]}
          hint={says.lrHint}
        />
        <Slider
          label={says.kinetic}
          value={state.kinetic}
          values={[0, 0.01, 0.03, 0.1, 0.3, 1, 3]}
          hint={says.kineticHint}
        />
        <Slider label={says.sigma} value={state.sigma} values={[0.1, 0.25, 0.5, 1, 2, 4]} hint={says.sigmaHint} />
        <Slider label={says.stepCount} value={state.steps} values={[200, 500, 1000, 2000, 5000, 10000]} />
        <label class="find">
          <span>{says.seed}</span>
          <input
            type="number"
            min={0}
            step={1}
            value={state.seed.value}
            onChange={(event) => (state.seed.value = Math.max(0, Math.floor(Number(event.currentTarget.value) || 0)))}
          />
        </label>
        <p class="hint">{says.next}</p>
      </section>
    </div>
  )
}

function Slider({
  label,
  value,
  values,
  hint,
}: {
  label: string
  value: { value: number }
  values: readonly number[]
  hint?: string
}) {
  const place = values.reduce(
    (best, one, i) => (Math.abs(one - value.value) < Math.abs(values[best]! - value.value) ? i : best),
    0,
  )
  return (
    <label class="slider">
      <span>
        {label}: <b>{grouped(value.value)}</b>
        {hint && <small> {hint}</small>}
      </span>
      <input
        type="range"
        min={0}
        max={values.length - 1}
        step={1}
        value={place}
        aria-valuetext={grouped(value.value)}
        onInput={(event) => (value.value = values[Number(event.currentTarget.value)]!)}
      />
    </label>
  )
}
