/** The scores of the model that is shown, of the same cells. Not trained without the time, they are no test. */
import { computed, effect, signal } from '@preact/signals'
import type { Score } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'
import { timeCourseOf, type Dataset } from '../cells/dataset.ts'
import { lastAnswer } from './async_signal.ts'
import { amount, baselines, held, ownLibrary } from './scoring.ts'
import { dataset, model } from './session.ts'
import { state } from './state.ts'
import { running } from './training.ts'

interface Fit {
  model: RemoteModel
  sample: Dataset
  score: Score
  /** Of the population by both networks, where there is one: the model has two, and has not seen the time. */
  byBoth: Score | undefined
}

export const fit = signal<Fit | null>(null)

/** Whether the cells of the time that is held out took part in the training of the model that is shown. */
export const hasSeen = computed(() => {
  const time = dataset.value?.snapshots[held.value]?.time
  return time !== undefined && model.value?.info.trainingTimes.includes(time) === true
})

const answered = lastAnswer<Fit>()

async function fitOf(current: RemoteModel, sample: Dataset, place: number): Promise<Fit> {
  const library = await ownLibrary()
  const there = await library.loadModel(current.toBytes())
  const [course, { time }] = [timeCourseOf(sample), sample.snapshots[place]!]
  const score = await library.scoreModel(there, course, time)
  const byBoth = current.info.twoSided ? await library.scorePopulation(there, course, time) : undefined
  await there.dispose()
  return { model: current, sample, score, byBoth }
}

effect(() => {
  void amount.value // the worker ends when that changes
  const [found, current, tab] = [baselines.value, model.value, state.tab.value]
  if (!found || !current || tab !== 'evaluate' || running.value) return answered(null, () => {})
  const { sample, held } = found
  if (fit.peek()?.model === current && fit.peek()?.sample === sample) return
  answered(fitOf(current, sample, held), (score) => (fit.value = score))
})
