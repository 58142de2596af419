/** Answers that take time: only the one to the last question counts. */
import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { message, problem } from './problem.ts'

/**
 * A place for one answer at a time. Whoever asks again, or asks nothing (null), no longer waits for what was asked
 * before: that is not told, and an error of it is no problem.
 */
export function lastAnswer<T>(): (pending: Promise<T> | null, tell: (answer: T) => void, refused?: () => void) => void {
  let generation = 0
  return (pending, tell, refused) => {
    const own = ++generation
    pending?.then(
      (answer) => {
        if (own === generation) tell(answer)
      },
      (error: unknown) => {
        if (own !== generation) return
        refused?.()
        problem.value = message(error)
      },
    )
  }
}

const REST = 100 // ms without another question: the slider asks many, and some answers take time

/** Asks what is still the question after a while; null asks nothing. */
export function rested<T>() {
  let generation = 0
  return (ask: ((isCurrent: () => boolean) => Promise<T | null>) | null): Promise<T | null> | null => {
    const own = ++generation
    const isCurrent = () => own === generation
    return ask && new Promise((pause) => setTimeout(pause, REST)).then(() => (isCurrent() ? ask(isCurrent) : null))
  }
}

interface Choices {
  /** The answer before is shown until the next one comes; without it there is none in between. */
  keeps?: boolean
  /** Whether an answer is awaited. */
  waits?: Signal<boolean>
}

/** The answer to a question, asked anew whenever a signal changes that the question reads; `none` where it is null. */
export function asyncSignal<T>(none: T, ask: () => Promise<T> | null, choices: Choices = {}): ReadonlySignal<T> {
  const { keeps = false, waits = signal(false) } = choices
  const shown = signal(none)
  const answered = lastAnswer<T>()
  const show = (answer: T) => {
    waits.value = false
    shown.value = answer
  }
  effect(() => {
    const pending = ask()
    waits.value = pending !== null
    if (!pending || !keeps) shown.value = none
    answered(pending, show, () => show(none))
  })
  return shown
}
