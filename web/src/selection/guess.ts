/** Predict, then reveal: a place is pinned where a cell is thought to go, and compared with the end of its path. */
import { computed, effect, signal } from '@preact/signals'
import { positionAt } from '../cells/paths.ts'
import { mayMove, playing, showTime } from '../session/clock.ts'
import { axes } from '../session/places.ts'
import { dataset, lastTime, paths, spread } from '../session/session.ts'
import { state } from '../session/state.ts'
import { STEPS } from '../text/table.ts'
import { chosen } from './chosen.ts'

export type Place = readonly [x: number, y: number]

/** Whether the next click pins the guess. */
export const guessing = signal(false)
/** On the axes of the plot, in units of the components. */
export const pin = signal<Place | null>(null)
export const revealed = signal(false)
export const tally = signal({ won: 0, all: 0 })

export const asksGuess = computed(
  () => state.tab.value === 'tour' && state.lesson.value === '' && STEPS[state.step.value] === 'guess',
)
/** Until it is revealed what becomes of the chosen cell is not shown. */
export const hidesFuture = computed(() => asksGuess.value && !revealed.value)

/** A guess is of one cell, on two axes. */
effect(() => {
  void [chosen.value, axes.value.join(), asksGuess.value, dataset.value]
  guessing.value = false
  pin.value = null
  revealed.value = false
})

export function pinAt(place: Place): void {
  guessing.value = false
  pin.value = place
}

export interface GuessScore {
  /** Distances from the end of the path, in standard deviations of all cells. */
  yours: number
  stays: number
  middle: number
}

export const score = computed<GuessScore | null>(() => {
  const [data, all, cell, guess] = [dataset.value, paths.value, chosen.value, pin.value]
  if (!data || !all || cell === null || !guess) return null
  const [a, b] = axes.value
  const end = positionAt(all, cell, lastTime.value)
  const from = (x: number, y: number) => Math.hypot((x - end[a]!) / spread.value[a]!, (y - end[b]!) / spread.value[b]!)
  const dims = data.cells.shape[1]
  const { begin, end: last } = data.snapshots.at(-1)!
  const mean = (d: number) => {
    let sum = 0
    for (let i = begin; i < last; ++i) sum += data.cells.data[i * dims + d]!
    return sum / (last - begin)
  }
  const own = (d: number) => data.cells.data[cell * dims + d]!
  return { yours: from(...guess), stays: from(own(a), own(b)), middle: from(mean(a), mean(b)) }
})

export const hasWon = ({ yours, stays, middle }: GuessScore): boolean => yours < Math.min(stays, middle)

export function reveal(): void {
  if (!score.peek() || revealed.peek()) return
  revealed.value = true
  tally.value = { won: tally.peek().won + Number(hasWon(score.peek()!)), all: tally.peek().all + 1 }
  if (!mayMove()) return showTime(lastTime.peek())
  showTime(dataset.peek()!.times[chosen.peek()!]!)
  playing.value = true
}
