/** Cells that are looked at together, and what the model says about them; beside them others they are compared with. */
import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Interaction } from 'cellmnn'
import { cellsAt, type Dataset } from '../cells/dataset.ts'
import { someOf } from '../cells/sample.ts'
import { differencesOf, meanOf, type Difference } from '../cells/group_means.ts'
import { cellsLabelled, labelledOf, lassoOf, lassoText, type Lasso } from '../cells/group_choice.ts'
import { asyncSignal } from '../session/async_signal.ts'
import { landingAt } from '../session/landing.ts'
import { endsOf, positionAt } from '../cells/paths.ts'
import { shownSpans, view } from '../picture/picture.ts'
import { axes, projection } from '../session/places.ts'
import { contains } from '../cells/polygon.ts'
import { dataset, genes, groups, model, now, paths } from '../session/session.ts'
import { shared } from '../cells/shares.ts'
import { state } from '../session/state.ts'
import { toPixels } from '../cells/frame.ts'

/** While it is being drawn, in units of the axes. */
export const drawn = signal<readonly (readonly [number, number])[] | null>(null)
/** Whether the next drag draws a lasso. */
export const lassoing = signal(false)

const CORNERS = 60
const STRONGEST = 12
const LANDED = 500
const MOST_EFFECTS = 20_000 // of a group: those that are left out are weaker

/** The first group becomes the one beside. */
export function compareGroup(): void {
  state.groupBeside.value = state.group.value
}
/** Whether the other group is still to be chosen. */
export const awaitsOther = computed(() => state.group.value !== '' && state.groupBeside.value === state.group.value)

export function chooseGroup(text: string): void {
  state.cell.value = null
  state.group.value = text
  if (text === '') state.groupBeside.value = ''
  state.tab.value = 'explore'
}

/** The address holds time, axes and corners: the same cells whatever is shown later. */
export function setLasso(line: readonly (readonly [number, number])[]): void {
  const place = projection.peek() ? dataset.peek()!.projections.indexOf(projection.peek()!) : -1
  const [x, y] = place >= 0 ? [-1, place] : axes.peek()
  chooseGroup(lassoText({ t: now.peek(), x, y, corners: someOf(line, CORNERS) }))
}

/** Whether a lasso was drawn on what the plot shows. */
function isOnScreen({ t, x, y }: Lasso): boolean {
  if (projection.value) return x === -1 && dataset.value!.projections[y] === projection.value
  return x === axes.value[0] && y === axes.value[1] && Math.abs(t - now.value) < 1e-3 * Math.max(1, Math.abs(t))
}

const lasso = computed(() => lassoOf(state.group.value))
export const lassoOnScreen = computed(() => {
  const line = drawn.value ?? (lasso.value && isOnScreen(lasso.value) ? lasso.value.corners : null)
  return line?.map(([x, y]) => toPixels(view.value, x, y)) ?? null
})

/** On a projection the cells measured inside; on components those that moved inside when it was drawn, or else those
 * measured inside. */
function cellsInside(data: Dataset, { t, x, y, corners }: Lasso): number[] {
  const [count, dims] = data.cells.shape
  const cells = Array.from({ length: count }, (_, i) => i)
  if (x === -1) {
    const places = data.projections[y]?.places.data
    return places ? cells.filter((i) => contains(corners, places[2 * i]!, places[2 * i + 1]!)) : []
  }
  if (Math.max(x, y) >= dims) return []
  const [all, spans] = [paths.value, shownSpans.value!]
  const inside = all
    ? cells.filter((i) => {
        if (t < spans[2 * i]! || t > spans[2 * i + 1]!) return false
        const at = positionAt(all, i, t)
        return contains(corners, at[x]!, at[y]!)
      })
    : []
  return inside.length > 0
    ? inside
    : cells.filter((i) => contains(corners, data.cells.data[i * dims + x]!, data.cells.data[i * dims + y]!))
}

/** What is known of the cells that a text of the address stands for. */
function follow(text: ReadonlySignal<string>) {
  const cells = computed<readonly number[]>(() => {
    const data = dataset.value
    if (!data || text.value === '') return []
    const labelled = labelledOf(text.value)
    if (labelled) return cellsLabelled(data, labelled)
    const inside = lassoOf(text.value)
    return inside ? cellsInside(data, inside) : []
  })
  const waits = signal(false)
  const means = asyncSignal<{ operator: Float32Array; interactions: readonly Interaction[] } | null>(
    null,
    () => {
      const [data, current, own, known] = [dataset.value, model.value, cells.value, genes.value]
      if (!data || !current || own.length === 0) return null
      const { x, t } = cellsAt(data, own)
      const effects = known?.mean ? current.interactions(x, t, { top: STRONGEST }) : []
      return Promise.all([current.operatorAt(x, t), effects]).then(([a, interactions]) => ({
        operator: meanOf(a),
        interactions,
      }))
    },
    { keeps: true, waits },
  )
  return {
    text,
    cells,
    /** Whether operator and interactions are awaited. */
    waits,
    /** Mean A (D, D), whitened. */
    operator: computed(() => means.value?.operator ?? null),
    /** Mean effects, the strongest first. */
    interactions: computed(() => means.value?.interactions ?? []),
    /** What they are. */
    shares: computed(() => (groups.value ? shared(groups.value, cells.value) : [])),
    /** Where some of them arrive. */
    landing: computed(() =>
      paths.value && cells.value.length > 0 ? landingAt(endsOf(paths.value, someOf(cells.value, LANDED))) : null,
    ),
  }
}

export type Group = ReturnType<typeof follow>
export const group = follow(state.group)
export const groupBeside = follow(computed(() => (awaitsOther.value ? '' : state.groupBeside.value)))

/** Whether means of one of them are awaited. */
export const meansWait = computed(() => group.waits.value || groupBeside.waits.value)

/** Of the strongest regulators of either group the effects that differ most: those of the group minus those of the one
 * beside. */
const awaitsDifferences = signal(false)
export const differencesWait = computed(() => meansWait.value || awaitsDifferences.value)
export const differences = asyncSignal<readonly Difference[]>(
  [],
  () => {
    const [data, current, known] = [dataset.value, model.value, genes.value]
    const both = [group.interactions.value, groupBeside.interactions.value]
    if (!data || !current || !known || both.some((found) => found.length === 0)) return null
    const regulators = [...new Set(both.flat().map(({ regulator }) => regulator))]
    const top = Math.min(MOST_EFFECTS, regulators.length * known.names.length)
    const effectsIn = ({ cells }: Group) => {
      const { x, t } = cellsAt(data, cells.peek())
      return current.interactions(x, t, { top, regulators })
    }
    return Promise.all([effectsIn(group), effectsIn(groupBeside)]).then(([own, other]) =>
      differencesOf(own, other).slice(0, STRONGEST),
    )
  },
  { keeps: true, waits: awaitsDifferences },
)
