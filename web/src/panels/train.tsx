/** Training before everybody's eyes, from random weights. */
import { timeName } from '../cells/dataset.ts'
import { dataset, keepTrained } from '../session/session.ts'
import { state } from '../session/state.ts'
import { baselines, inner, isOf, usualSample } from '../session/scoring.ts'
import { history, progress, reset, run, running, scores, speed, stop, train } from '../session/training.ts'
import { Curve } from '../parts/curve.tsx'
import { Words } from '../parts/term.tsx'
import { Select } from '../parts/select.tsx'

export function TrainPanel() {
  const data = dataset.value!
  const without = state.held.value >= 0 && inner.value.includes(state.held.value) ? state.held.value : null
  const step = progress.value?.step ?? 0
  const total = run.value?.steps ?? state.steps.value
  const done = progress.value?.done ?? false
  const pace = running.value ? `${Math.round(speed.value)} steps/s` : done ? 'done' : 'stopped'
  return (
    <div class="panel">
      <h2>Train it here</h2>
      <p>
        <Words>
          A small network starts with random weights. For each cell x at time t it gives A and b of dx/dt = A x + b.
          Watch the paths bend as the loss falls: MMD² with a bit of kinetic energy.
        </Words>
      </p>
      <div class="row">
        {running.value ? (
          <button class="main" onClick={() => void stop()}>
            Stop
          </button>
        ) : (
          <button class="main" onClick={() => void train(without)}>
            {step > 0 ? 'Train again' : 'Train'}
          </button>
        )}
        {step > 0 && <button onClick={() => void reset()}>Reset</button>}
        {done && (
          <button
            onClick={() => {
              keepTrained()
              state.tab.value = 'explore'
            }}>
            Explore this model
          </button>
        )}
      </div>
      <p class="status" role="status">
        {step > 0 ? `Step ${step.toLocaleString('en')} of ${total.toLocaleString('en')}, ${pace}` : 'Not started'}
      </p>
      <section>
        <h3>Loss = MMD² + λ · kinetic</h3>
        <Curve
          label="The loss and its parts over the steps"
          logarithmic
          steps={total}
          lines={[
            { name: 'loss', kind: 'total', points: history.value.map((one) => [one.step, one.total] as const) },
            { name: 'MMD²', kind: 'mmd', points: history.value.map((one) => [one.step, one.mmd] as const) },
            {
              name: 'λ · kinetic',
              kind: 'kinetic',
              points: history.value.map((one) => [one.step, (run.value?.kinetic ?? 0) * one.kinetic] as const),
            },
          ]}
        />
      </section>
      {run.value?.held != null && (
        <section>
          <h3>Held-out score at time {timeName(data, run.value.held)}: W1</h3>
          <Curve
            label="Distance to the held-out cells over the steps"
            steps={total}
            lines={[
              { name: 'Cell-MNN', kind: 'total', points: scores.value.map((one) => [one.step, one.w1] as const) },
            ]}
            levels={
              baselines.value?.held === run.value.held && isOf(baselines.value, usualSample.value!)
                ? baselines.value.scores.map(({ method, w1 }) => ({
                    name: method === 'ot-interpolate' ? 'OT-Interp.' : method.replace('-', ' '),
                    y: w1,
                  }))
                : []
            }
          />
        </section>
      )}
      <section>
        <h3>Worth a try</h3>
        <Select
          label="Leave out"
          value={String(without ?? -1)}
          onChange={(value) => (state.held.value = Number(value))}
          options={[['-1', 'no time'], ...inner.value.map((k) => [String(k), `time ${timeName(data, k)}`] as const)]}
        />
        <Slider
          label="Learning rate"
          value={state.lr}
          values={[1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 2e-2]}
          hint="too large and the loss jumps"
        />
        <Slider
          label="Kinetic weight λ"
          value={state.kinetic}
          values={[0, 0.01, 0.03, 0.1, 0.3, 1, 3]}
          hint="more makes slow, straight paths"
        />
        <Slider
          label="MMD width σ"
          value={state.sigma}
          values={[0.1, 0.25, 0.5, 1, 2, 4]}
          hint="how far cells see each other"
        />
        <Slider label="Steps" value={state.steps} values={[200, 500, 1000, 2000, 5000, 10000]} />
        <label class="find">
          <span>Seed</span>
          <input
            type="number"
            min={0}
            step={1}
            value={state.seed.value}
            onChange={(event) => (state.seed.value = Math.max(0, Math.floor(Number(event.currentTarget.value) || 0)))}
          />
        </label>
        <p class="hint">They count from the next training on. The same seed gives the same training.</p>
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
        {label}: <b>{value.value.toLocaleString('en', { maximumSignificantDigits: 3 })}</b>
        {hint && <small> {hint}</small>}
      </span>
      <input
        type="range"
        min={0}
        max={values.length - 1}
        step={1}
        value={place}
        aria-valuetext={String(value.value)}
        onInput={(event) => (value.value = values[Number(event.currentTarget.value)]!)}
      />
    </label>
  )
}
