/** Cells inside a lasso, and what the model says about them together. */
import { computed, effect, signal } from '@preact/signals'
import type { Interaction } from 'cellmnn'
import { sharesAt } from './chosen.ts'
import { positionAt } from './paths.ts'
import { axes, seenAt, shownSpans, view } from './picture.ts'
import { contains } from './polygon.ts'
import { dataset, genes, lastTime, message, model, now, paths, problem } from './session.ts'
import { state } from './state.ts'
import { toPixels } from './views/frame.ts'

/** While it is being drawn, in components. */
export const drawn = signal<readonly (readonly [number, number])[] | null>(null)
/** Whether the next drag draws a lasso. */
export const lassoing = signal(false)

const CORNERS = 60
const STRONGEST = 12
const LANDED = 60

/** The state holds the time, the two components, and the corners: the same cells whatever is shown later. */
export function setLasso(line: readonly (readonly [number, number])[]): void {
  const step = Math.max(1, line.length / CORNERS)
  const corners = Array.from({ length: Math.min(CORNERS, line.length) }, (_, i) => line[Math.floor(i * step)]!)
  state.cell.value = null
  state.lasso.value = [now.peek(), ...axes.peek(), ...corners.flat()]
  state.tab.value = 'explore'
}

const lasso = computed(() => {
  const [t, x, y, ...flat] = state.lasso.value
  if (flat.length < 6) return null
  return { t: t!, x: x!, y: y!, corners: Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!] as const) }
})

export const lassoOnScreen = computed(() => {
  const given = drawn.value ?? (lasso.value && lasso.value.x === axes.value[0] && lasso.value.y === axes.value[1] && Math.abs(lasso.value.t - now.value) < 1e-6 ? lasso.value.corners : null)
  return given && given.map(([x, y]) => toPixels(view.value, x, y))
})

/** The cells that moved inside the lasso when it was drawn, or else those that were measured inside. */
export const group = computed<readonly number[]>(() => {
  const [data, all, given] = [dataset.value, paths.value, lasso.value]
  if (!data || !given) return []
  const [count, dims] = data.cells.shape
  if (Math.max(given.x, given.y) >= dims) return []
  const spans = shownSpans.value!
  const cells = Array.from({ length: count }, (_, i) => i)
  if (all) {
    const inside = cells.filter((i) => {
      if (given.t < spans[2 * i]! || given.t > spans[2 * i + 1]!) return false
      const at = positionAt(all, i, given.t)
      return contains(given.corners, at[given.x]!, at[given.y]!)
    })
    if (inside.length > 0) return inside
  }
  return cells.filter((i) => contains(given.corners, data.cells.data[i * dims + given.x]!, data.cells.data[i * dims + given.y]!))
})

/** Their mean effects, the strongest first. */
export const groupInteractions = signal<readonly Interaction[]>([])

effect(() => {
  const [data, current, cells] = [dataset.value, model.value, group.value]
  groupInteractions.value = []
  if (!data || !current || cells.length === 0 || !genes.value?.mean) return
  const dims = data.cells.shape[1]
  const x = new Float32Array(cells.length * dims)
  cells.forEach((cell, i) => x.set(data.cells.data.subarray(cell * dims, (cell + 1) * dims), i * dims))
  current.interactions({ data: x, shape: [cells.length, dims] }, cells.map((cell) => data.times[cell]!), { top: STRONGEST }).then(
    (found) => { if (group.peek() === cells && model.peek() === current) groupInteractions.value = found },
    (error: unknown) => { if (model.peek() === current) problem.value = message(error) },
  )
})

/** What they are, by group. */
export const groupShares = computed(() => {
  const groups = dataset.value?.groups
  if (!groups) return []
  const counts = new Float64Array(groups.labels.length)
  for (const cell of group.value) if (groups.codes[cell]! >= 0) counts[groups.codes[cell]!]! += 1
  return groups.labels.map((label, index) => ({ label, index, share: counts[index]! / Math.max(1, group.value.length) })).filter(({ share }) => share > 0).sort((p, q) => q.share - p.share)
})

/** Where some of them arrive. */
export const groupLanding = computed(() => {
  const [data, all, cells] = [dataset.value, paths.value, group.value]
  if (!data?.groups || !all || cells.length === 0) return []
  const step = Math.max(1, cells.length / LANDED)
  return sharesAt(data.groups.labels, (use) => {
    for (let i = 0; i < cells.length; i += step) use(positionAt(all, cells[Math.floor(i)]!, lastTime.value))
  })
})

/** Some of the group where they are seen, for marks. */
export const groupMarks = computed(() => {
  const step = Math.max(1, group.value.length / 400)
  const marks: [number, number][] = []
  for (let i = 0; i < group.value.length; i += step) marks.push(toPixels(view.value, ...seenAt(group.value[Math.floor(i)]!)))
  return marks
})
