/** Which label is highlighted, and which are hidden: places in the list of the labels shown, in the address. */
import { computed } from '@preact/signals'
import { groups } from '../session/session.ts'
import { state } from '../session/state.ts'

const isPlace = (place: number): boolean =>
  Number.isInteger(place) && place >= 0 && place < (groups.value?.labels.length ?? 0)

export const litLabel = computed<number | null>(() =>
  state.lit.value !== null && isPlace(state.lit.value) ? state.lit.value : null,
)

export const hiddenLabels = computed<ReadonlySet<number>>(
  () =>
    new Set(
      state.off.value
        .split('.')
        .filter((text) => text !== '')
        .map(Number)
        .filter(isPlace),
    ),
)

export const toggleLit = (place: number): void => {
  state.lit.value = litLabel.peek() === place ? null : place
}

export function toggleHidden(place: number): void {
  const hidden = new Set(hiddenLabels.peek())
  if (!hidden.delete(place)) hidden.add(place)
  state.off.value = [...hidden].sort((a, b) => a - b).join('.')
}

/** Another column has other labels. */
export function chooseLabels(column: string): void {
  state.labels.value = column
  state.lit.value = null
  state.off.value = ''
}

/** Whether a cell is seen. */
export const isShown = computed<(cell: number) => boolean>(() => {
  const [column, hidden] = [groups.value, hiddenLabels.value]
  if (!column || hidden.size === 0 || state.color.value !== 'group') return () => true
  return (cell) => !hidden.has(column.codes[cell]!)
})
