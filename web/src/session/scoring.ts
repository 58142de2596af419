/**
 * Scores of the held-out time: of some cells at once, then of more. A worker of their own computes them, which ends
 * when nobody waits for it.
 */
import { computed, effect, signal } from '@preact/signals'
import type { Score } from 'cellmnn'
import type { RemoteCellMnn } from 'cellmnn/worker'
import { timeCourseOf, type Dataset } from '../cells/dataset.ts'
import { sampleOf } from '../cells/sample.ts'
import { message, problem } from './problem.ts'
import { dataset, startLibrary } from './session.ts'
import { state } from './state.ts'

export const METHODS = ['previous', 'next', 'ot-interpolate', 'noise-floor'] as const

/** Places of the snapshots that can be held out: all but the first and the last. */
export const inner = computed(() => (dataset.value ? dataset.value.snapshots.map((_, k) => k).slice(1, -1) : []))
/** The one that is held out. */
export const held = computed(() => {
  const places = inner.value
  return places.includes(state.held.value) ? state.held.value : (places[Math.floor((places.length - 1) / 2)] ?? 0)
})

/** What a model has to beat, and what none can. */
export interface Baselines {
  data: Dataset
  held: number
  /** The cells that they are of. */
  sample: Dataset
  /** In the order of METHODS, as far as they are known. */
  scores: readonly Score[]
}

const known = signal<Baselines | null>(null)
/** Of the time that is held out; those of few cells stay until all of more cells are known. */
export const baselines = computed(() =>
  known.value?.data === dataset.value && known.value?.held === held.value ? known.value : null,
)
/** What is computed now: of these cells so many methods are known. */
export const refining = signal<{ sample: Dataset; done: number } | null>(null)

const [FEW, USUAL] = [500, 2500] // cells of each snapshot: exact W1 of more takes minutes
/** The cells that a training is scored by. */
export const usualSample = computed(() => (dataset.value ? sampleOf(dataset.value, USUAL) : null))
/** Whether scores of a time are of the same cells. */
export const isOf = (found: Baselines | null, sample: Dataset): boolean =>
  found?.sample.cells.shape[0] === sample.cells.shape[0]

type Amount = 'usual' | 'all' | 'none'
const asked = signal<{ data: Dataset | null; held: number; amount: Amount } | null>(null)
const ask = (amount: Amount): void => void (asked.value = { data: dataset.peek(), held: held.peek(), amount })
export const scoreAll = (): void => ask('all')
export const scoreNoMore = (): void => ask('none')
/** How many cells are to be scored. */
export const amount = computed<Amount>(() =>
  asked.value?.data === dataset.value && asked.value?.held === held.value ? asked.value.amount : 'usual',
)

let library: Promise<RemoteCellMnn> | null = null
export const ownLibrary = (): Promise<RemoteCellMnn> => (library ??= startLibrary(1))

/** Whoever still waits is refused. */
function endLibrary(): void {
  library?.then(
    (lib) => lib.terminate(),
    () => {}, // whoever asked for it knows
  )
  library = null
}

async function refine(
  data: Dataset,
  place: number,
  stages: readonly number[],
  isCurrent: () => boolean,
): Promise<void> {
  for (const most of stages) {
    const sample = sampleOf(data, most)
    const before = baselines.peek()
    const isFirst = !before || before.scores.length < METHODS.length
    if (!isFirst && before.sample.cells.shape[0] >= sample.cells.shape[0]) continue
    const course = timeCourseOf(sample)
    const scores: Score[] = []
    for (const method of METHODS) {
      refining.value = { sample, done: scores.length }
      scores.push(await (await ownLibrary()).scoreMethod(method, course, sample.snapshots[place]!.time))
      if (!isCurrent()) return
      if (isFirst || scores.length === METHODS.length) known.value = { data, held: place, sample, scores: [...scores] }
    }
  }
}

let generation = 0

effect(() => {
  const [data, place, wanted, tab] = [dataset.value, held.value, amount.value, state.tab.value]
  const own = ++generation
  const isCurrent = () => own === generation
  refining.value = null
  endLibrary()
  if (!data || inner.value.length === 0 || wanted === 'none' || (tab !== 'evaluate' && tab !== 'train')) return
  refine(data, place, wanted === 'all' ? [FEW, USUAL, Infinity] : [FEW, USUAL], isCurrent)
    .catch((error: unknown) => {
      if (isCurrent()) problem.value = message(error)
    })
    .finally(() => {
      if (isCurrent()) refining.value = null
    })
})
