/** The scores of the model that is shown, of the same cells. Not trained without the time, they are no test. */
import { computed, effect, signal, untracked } from '@preact/signals'
import type { Score } from 'cellmnn'
import type { RemoteCellMnn, RemoteModel } from 'cellmnn/worker'
import { timeCourseOf, type Dataset } from '../cells/dataset.ts'
import { lastAnswer } from './async_signal.ts'
import { amount, type Baselines, baselines, held, ownLibrary } from './scoring.ts'
import { dataset, model } from './session.ts'
import { state } from './state.ts'
import { running } from './training.ts'

interface Fit {
  model: RemoteModel
  sample: Dataset
  /** The place of the snapshot. */
  held: number
  score: Score
  /** Of the population by both networks, where there is one: the model has two, and has not seen the time. */
  byBoth: Score | undefined
  /** Whether `byBoth` is no longer awaited. */
  isWhole: boolean
}

const fit = signal<Fit | null>(null)

const isFitTo = (found: Baselines, current: RemoteModel | null) =>
  fit.value?.model === current && fit.value?.sample === found.sample && fit.value?.held === found.held

/** Of the cells and the time of the simple methods. */
export const fitTo = (found: Baselines): Fit | undefined =>
  isFitTo(found, model.value) && !running.value ? fit.value! : undefined

/** Whether the cells of the time that is held out took part in the training of the model that is shown. */
export const hasSeen = computed(() => {
  const time = dataset.value?.snapshots[held.value]?.time
  return time !== undefined && model.value?.info.trainingTimes.includes(time) === true
})

const answered = { score: lastAnswer<Score>(), byBoth: lastAnswer<Score | undefined>() }

async function scored<T>(current: RemoteModel, score: (library: RemoteCellMnn, model: RemoteModel) => Promise<T>) {
  const library = await ownLibrary()
  const there = await library.loadModel(current.toBytes())
  const answer = await score(library, there)
  await there.dispose()
  return answer
}

effect(() => {
  void amount.value // the worker ends when that changes
  const [found, current, tab] = [baselines.value, model.value, state.tab.value]
  const isAsked = found && current && tab === 'evaluate' && !running.value
  if (isAsked && untracked(() => isFitTo(found, current) && fit.value!.isWhole)) return
  for (const each of Object.values(answered)) each(null, () => {})
  if (!isAsked) return
  const { sample, held } = found
  const [course, { time }] = [timeCourseOf(sample), sample.snapshots[held]!]
  const whole = scored(current, (library, there) => library.scoreModel(there, course, time))
  answered.score(whole, (score) => {
    const { twoSided } = current.info
    fit.value = { model: current, sample, held, score, byBoth: undefined, isWhole: !twoSided }
    if (!twoSided) return
    const population = scored(current, (library, there) => library.scorePopulation(there, course, time))
    answered.byBoth(population, (byBoth) => (fit.value = { ...fit.value!, byBoth, isWhole: true }))
  })
})
