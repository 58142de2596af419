/** The score of the model that is shown, of the same cells. Not trained without the time, it is no test. */
import { effect, signal } from '@preact/signals'
import type { Score } from 'cellmnn'
import type { RemoteModel } from 'cellmnn/worker'
import { timeCourseOf, type Dataset } from '../cells/dataset.ts'
import { lastAnswer } from './async_signal.ts'
import { amount, baselines, ownLibrary } from './scoring.ts'
import { model } from './session.ts'
import { state } from './state.ts'
import { running } from './training.ts'

export const fit = signal<{ model: RemoteModel; sample: Dataset; score: Score } | null>(null)

const answered = lastAnswer<NonNullable<typeof fit.value>>()

async function fitOf(current: RemoteModel, sample: Dataset, place: number) {
  const library = await ownLibrary()
  const there = await library.loadModel(current.toBytes())
  const score = await library.scoreModel(there, timeCourseOf(sample), sample.snapshots[place]!.time)
  await there.dispose()
  return { model: current, sample, score }
}

effect(() => {
  void amount.value // the worker ends when that changes
  const [found, current, tab] = [baselines.value, model.value, state.tab.value]
  if (!found || !current || tab !== 'evaluate' || running.value) return answered(null, () => {})
  const { sample, held } = found
  if (fit.peek()?.model === current && fit.peek()?.sample === sample) return
  answered(fitOf(current, sample, held), (score) => (fit.value = score))
})
