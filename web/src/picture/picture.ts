/** What the plot shows, as computed values: colours, projected cells, the chosen cell. */
import { computed, effect, signal } from '@preact/signals'
import { coloringOfModel } from './cell_values.ts'
import { byFate, byGene, byGroup, byRole, byTime, byWeight, type Coloring } from '../cells/coloring.ts'
import { intervalAt, snapshotOf } from '../cells/dataset.ts'
import { frameAt } from '../cells/paths.ts'
import { isShown, litLabel } from './label_choice.ts'
import { fates, wantFates } from '../session/fates.ts'
import { onAxes } from '../cells/true_paths.ts'
import { shownTruth } from '../session/truth.ts'
import { axes, measured, moving, projection } from '../session/places.ts'
import { population } from '../session/population.ts'
import { dataset, genes, groups, now, paths } from '../session/session.ts'
import { state } from '../session/state.ts'
import { held, inner } from '../session/scoring.ts'
import { extentOf, frameOf } from '../cells/frame.ts'
import { strings, timeName } from '../session/language.ts'

const systemDark = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = signal(systemDark.matches)
systemDark.addEventListener('change', () => (systemIsDark.value = systemDark.matches))
export const dark = computed(() => (state.theme.value === 'auto' ? systemIsDark.value : state.theme.value === 'dark'))

/** In the evaluation the plot shows two things: the cells that are predicted, and those that were measured. */
export const compared = computed(() => {
  const data = dataset.value
  if (!data || state.tab.value !== 'evaluate' || inner.value.length === 0) return null
  return { from: held.value - 1, to: held.value }
})

export const coloring = computed<Coloring | null>(() => {
  const data = dataset.value
  if (!data) return null
  const says = strings.value.legend
  if (compared.value) return byRole(data, compared.value, says, (k) => timeName(data, k))
  const color = state.color.value
  if (color === 'group' && groups.value) return byGroup(groups.value, litLabel.value, dark.value, says)
  const ofModel = coloringOfModel(dark.value)
  if (ofModel) return ofModel
  const weights = paths.value?.weights
  if (color === 'weight' && weights) return byWeight(data, weights, dark.value, says)
  const fate = color.startsWith('fate:') ? (fates.value?.names.indexOf(color.slice(5)) ?? -1) : -1
  if (fate >= 0) return byFate(fates.value!, fate, dark.value, says)
  const gene = color.startsWith('gene:') ? (genes.value?.names.indexOf(color.slice(5)) ?? -1) : -1
  if (genes.value && gene >= 0) return byGene(data, genes.value, gene, paths.value, dark.value, says)
  return byTime(data, dark.value, says)
})

effect(() => {
  if (state.color.value.startsWith('fate:')) wantFates()
})

/** The times between which a moving cell is seen: (N, 2). */
export const spans = computed(() => (compared.value ? spansOf(String(compared.value.from)) : shownSpans.value))
/** As the user chose them. Until a population from both sides is known, the latest snapshot moves in its place. */
export const shownSpans = computed(() =>
  spansOf(state.shown.value === 'both' && !population.value ? 'relay' : state.shown.value),
)

function spansOf(shown: string): Float32Array | null {
  const data = dataset.value
  if (!data) return null
  const result = new Float32Array(2 * data.cells.shape[0])
  const seen = isShown.value
  data.snapshots.forEach(({ time, begin, end }, k) => {
    const next = data.snapshots[k + 1]
    // Two snapshots are never seen at once: a cell disappears just before the next ones appear.
    const last = next ? time + (next.time - time) * (1 - 1e-6) : Infinity
    const [from, to] =
      shown === 'relay'
        ? [time, last]
        : shown === 'all' || shown === String(k)
          ? [data.snapshots[k - 1]?.time ?? time, Infinity]
          : [1, 0]
    for (let i = begin; i < end; ++i) [result[2 * i], result[2 * i + 1]] = seen(i) ? [from, to] : [1, 0]
  })
  return result
}

/** Which of the points are seen: (count, 2), as spans of time that hold any time or none. */
export function spansWhere(count: number, isSeen: (i: number) => boolean): Float32Array {
  const result = new Float32Array(2 * count)
  for (let i = 0; i < count; ++i) [result[2 * i], result[2 * i + 1]] = isSeen(i) ? [-1e30, 1e30] : [1, 0]
  return result
}

/** Of measured cells. */
export const ghostSpans = computed(() => {
  const data = dataset.value
  if (!data) return null
  const only = compared.value && data.snapshots[compared.value.to]!
  const seen = isShown.value
  return spansWhere(data.cells.shape[0], (i) => (!only || (i >= only.begin && i < only.end)) && seen(i))
})

export const size = signal({ width: 0, height: 0 })
/** How much larger than on a desk all text is: it follows the width of the page. */
export const textScale = computed(
  () => (void size.value, parseFloat(getComputedStyle(document.documentElement).fontSize) / 14),
)
function both(a: Float32Array, b: Float32Array): Float32Array {
  const all = new Float32Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

/** Of the measured cells, and of true paths where these are shown. */
const extent = computed(() => {
  if (!measured.value) return [0, 1, 0, 1] as const
  const known = !projection.value && shownTruth.value && onAxes(shownTruth.value.paths, axes.value)
  return extentOf(known ? both(measured.value, known) : measured.value)
})
export const view = computed(() => frameOf(size.value.width, size.value.height, extent.value, state.zoom.value))

/** Diameter of a cell in pixels. */
export const pointSize = computed(() => {
  const count = dataset.value?.cells.shape[0] ?? 1
  return (
    textScale.value *
    Math.max(2.2, Math.min(6.5, 12 - 2 * Math.log10(count))) *
    Math.min(2.5, Math.max(1, state.zoom.value[2]!) ** 0.5)
  )
})

/** How points are drawn: their size relative to the usual one, and their opacity. */
export interface Look {
  size: number
  opacity: number
}

/** How measured and moving cells are drawn. In the evaluation both count the same. */
export const looks = computed<{ ghosts: Look; movers: Look }>(() => {
  if (compared.value) return { ghosts: { size: 1.1, opacity: 0.85 }, movers: { size: 1.1, opacity: 0.6 } }
  const ghosts = !moving.value ? { size: 1, opacity: 0.8 } : { size: 0.8, opacity: state.ghosts.value ? 0.45 : 0 }
  return { ghosts, movers: { size: 1.15, opacity: 0.9 } }
})

/** The frame of the paths that is shown. */
export const shownFrame = computed(() => (paths.value ? frameAt(paths.value, now.value) : { frame: 0, mix: 0 }))

/** Where a cell is seen now, on the axes: on its path, or as it was measured where that is not known or does not reach
 * so far back. */
export function seenAt(cell: number): [number, number] {
  const [all, still, { snapshots }] = [moving.value, measured.value!, dataset.value!]
  const begin = snapshots[Math.max(0, snapshotOf(dataset.value!, cell) - 1)]!.time
  if (!all || now.value < begin) return [still[2 * cell]!, still[2 * cell + 1]!]
  const { frame, mix } = shownFrame.value
  const count = paths.value!.count
  const [a, b] = [2 * (frame * count + cell), 2 * ((frame + 1) * count + cell)]
  return [all[a]! * (1 - mix) + all[b]! * mix, all[a + 1]! * (1 - mix) + all[b + 1]! * mix]
}

/** The cell nearest to a place on the screen, within some pixels: moving ones first. */
export function cellNear(px: number, py: number, reach = 14): number | null {
  const frame = view.peek()
  const still = measured.peek()
  if (!still) return null
  const at = (x: number, y: number) =>
    Math.hypot(
      frame.width / 2 + (x - frame.center[0]) * frame.scale - px,
      frame.height / 2 - (y - frame.center[1]) * frame.scale - py,
    )
  let [best, found] = [reach, null as number | null]
  const t = now.peek()
  const seen = spans.peek()!
  if (moving.peek()) {
    for (let i = 0; i < still.length / 2; ++i) {
      if (t < seen[2 * i]! || t > seen[2 * i + 1]!) continue
      const distance = at(...seenAt(i))
      if (distance < best) [best, found] = [distance, i]
    }
  }
  if (found !== null || !(state.ghosts.peek() || !moving.peek())) return found
  for (let i = 0; i < still.length / 2; ++i) {
    const distance = at(still[2 * i]!, still[2 * i + 1]!)
    if (distance < best) [best, found] = [distance, i]
  }
  return found
}

/** The interval of snapshots shown. */
export const interval = computed(() => (dataset.value ? intervalAt(dataset.value, now.value) : 0))
