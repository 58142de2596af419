/** The velocity field: how the cells that are shown move now, averaged over the squares of a grid. */
import { computed } from '@preact/signals'
import type { Frame } from '../cells/frame.ts'
import { toPixels } from '../cells/frame.ts'
import { arrowsOf, type Arrow } from '../cells/arrows.ts'
import { frameAt } from '../cells/paths.ts'
import { moving } from '../session/places.ts'
import { now, paths } from '../session/session.ts'
import { state } from '../session/state.ts'
import { spans, textScale, view } from './picture.ts'

const SQUARE = 34 // pixels

/** Of places (T, count, 2) along paths: where each is now and how it moves there, in pixels and per unit of time. */
export function motionOf(
  places: Float32Array,
  all: { times: readonly number[]; count: number },
  frame: Frame,
  keep: (i: number) => boolean,
): { at: [number, number]; move: [number, number] }[] {
  const { frame: k, mix } = frameAt(all as Parameters<typeof frameAt>[0], now.value)
  const step = all.times[k + 1]! - all.times[k]!
  return Array.from({ length: all.count }, (_, i) => i)
    .filter(keep)
    .map((i) => {
      const [a, b] = [2 * (k * all.count + i), 2 * ((k + 1) * all.count + i)]
      const [x0, y0] = toPixels(frame, places[a]!, places[a + 1]!)
      const [x1, y1] = toPixels(frame, places[b]!, places[b + 1]!)
      return { at: [x0 + mix * (x1 - x0), y0 + mix * (y1 - y0)], move: [(x1 - x0) / step, (y1 - y0) / step] }
    })
}

/** None unless they are asked for. */
export const arrows = computed<readonly Arrow[]>(() => {
  const [places, all, seen] = [moving.value, paths.value, spans.value]
  if (!state.arrows.value || !places || !all || !seen) return []
  const t = now.value
  const moves = motionOf(places, all, view.value, (i) => t >= seen[2 * i]! && t <= seen[2 * i + 1]!)
  return arrowsOf(moves, SQUARE * textScale.value)
})
