/** Play: moves the time shown. */
import { effect, signal } from '@preact/signals'
import { firstTime, lastTime, now } from './session.ts'
import { state } from './state.ts'

export const playing = signal(false)

/** Whether the reader has not asked for less motion. */
export const mayMove = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches

const WHOLE_RANGE = 10 // seconds at speed 1
const REST = 0.8 // seconds at the end before it begins anew

let rest = 0
let last = 0
let request = 0

function tick(at: number): void {
  const seconds = Math.min(0.1, (at - last) / 1000)
  last = at
  const range = lastTime.value - firstTime.value
  if (now.peek() < lastTime.peek()) {
    state.t.value = Math.min(lastTime.peek(), now.peek() + (seconds * state.speed.peek() * range) / WHOLE_RANGE)
    rest = 0
  } else if ((rest += seconds) > REST) {
    state.t.value = firstTime.peek()
  }
  request = requestAnimationFrame(tick)
}

effect(() => {
  if (playing.value) {
    last = performance.now()
    rest = REST // play at the end begins anew at once
    request = requestAnimationFrame(tick)
  } else if (request !== 0) {
    cancelAnimationFrame(request)
  }
})

/** Scrubbing, or stepping to the snapshot before or after. */
export function showTime(t: number): void {
  playing.value = false
  state.t.value = t
}
