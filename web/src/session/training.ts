/** A training in the tab. */
import { batch, computed, effect, signal } from '@preact/signals'
import type { Progress } from 'cellmnn'
import type { RemoteTrainer } from 'cellmnn/worker'
import { timeCourseOf } from '../cells/dataset.ts'
import { message, problem } from './problem.ts'
import { usualSample } from './scoring.ts'
import { busy, dataset, library, model, paths, replace, trained } from './session.ts'
import { state } from './state.ts'

/** What was trained: it belongs to these data and this held-out snapshot, or none. */
export interface Run {
  data: unknown
  held: number | null
  steps: number
  /** Weight of the kinetic term. */
  kinetic: number
}

export interface Point {
  step: number
  total: number
  mmd: number
  kinetic: number
}

export const run = signal<Run | null>(null)
export const running = signal(false)
export const progress = signal<Progress | null>(null)
export const history = signal<readonly Point[]>([])
/** Of the held-out time, while the training goes on. */
export const scores = signal<readonly { step: number; w1: number; mmd: number }[]>([])
export const speed = signal(0)

const SLICE = 60 // ms of training between two looks at it, at most
const POINTS = 100 // of the curves
const REFRESH = 400 // ms between two pictures of the model, at least
const SCORED = 1500 // ms between two scores

let trainer: RemoteTrainer | null = null

/** Trains from random weights, without snapshot `without` if it is not null. */
export async function train(without: number | null): Promise<void> {
  await stop()
  const data = dataset.value!
  const steps = state.steps.value
  batch(() => {
    run.value = { data, held: without, steps, kinetic: state.kinetic.value }
    progress.value = null
    history.value = []
    scores.value = []
    running.value = true
    problem.value = null
  })
  const own = run.value
  const isCurrent = () => run.peek() === own
  try {
    const lib = await library()
    const options = {
      steps,
      seed: state.seed.value,
      lr: state.lr.value,
      lambdaKinetic: state.kinetic.value,
      sigma: state.sigma.value,
    }
    const made = await lib.createTrainer(timeCourseOf(data, without ?? undefined), options)
    if (!isCurrent()) return void made.dispose()
    trainer = made
    await follow(made, isCurrent, without)
  } catch (error) {
    if (isCurrent()) problem.value = message(error)
  } finally {
    if (isCurrent()) running.value = false
  }
}

async function follow(own: RemoteTrainer, isCurrent: () => boolean, without: number | null): Promise<void> {
  const data = dataset.value!
  let [shown, lastScore] = [0, 0]
  let scoring = Promise.resolve()
  const average: Point = { step: 0, total: 0, mmd: 0, kinetic: 0 }
  const total = run.value!.steps
  const gap = Math.ceil(total / POINTS)
  while (isCurrent() && running.peek()) {
    const [begin, before] = [performance.now(), own.step]
    // The curves have their points at the same steps on every machine.
    const point = before === 0 ? 1 : Math.min(total, (Math.floor(before / gap) + 1) * gap)
    const found = await own.run({ budgetMs: SLICE, steps: point - before })
    if (!isCurrent()) return
    const { step, loss, done } = found
    const rate = ((step - before) * 1000) / (performance.now() - begin)
    batch(() => {
      progress.value = found
      speed.value = before === 0 ? rate : 0.8 * speed.peek() + 0.2 * rate
      if (step !== point) return
      const old = step === 1 ? 0 : 0.7 // the loss of one step jumps with its cells
      for (const key of ['total', 'mmd', 'kinetic'] as const) average[key] = old * average[key] + (1 - old) * loss[key]
      history.value = [...history.peek(), { ...average, step }]
    })
    const now = performance.now()
    // The picture follows as fast as it can be drawn.
    if (done || (now - shown > REFRESH && !busy.peek())) {
      shown = now
      const next = await own.model()
      if (!isCurrent()) return void next.dispose()
      replace(trained, next)
      if (without !== null && (done || now - lastScore > SCORED)) {
        lastScore = now
        const time = data.snapshots[without]!.time
        const lib = await library()
        const score = () =>
          lib.scoreModel(next, timeCourseOf(usualSample.peek()!), time).then(
            ({ w1, mmd }) => {
              if (isCurrent()) scores.value = [...scores.peek(), { step, w1, mmd }]
            },
            () => {}, // the picture went on and this model is gone
          )
        if (done) await scoring.then(score)
        else scoring = score()
      }
    }
    if (done) running.value = false
  }
}

export async function stop(): Promise<void> {
  const old = trainer
  trainer = null
  run.value = null
  running.value = false
  await old?.dispose().catch(() => {})
}

/** Forgets the training. */
export async function reset(): Promise<void> {
  await stop()
  batch(() => {
    replace(trained, null)
    progress.value = null
    history.value = []
    scores.value = []
  })
}

/** Whether the paths shown are those of another model. Those of a model that is trained follow it, as its steps do. */
export const pathsWait = computed(
  () => busy.value && paths.value !== null && !(running.value && model.value === trained.value),
)

/** A training belongs to its cells. */
effect(() => {
  const data = dataset.value
  if (run.peek() && run.peek()!.data !== data) void reset()
})
