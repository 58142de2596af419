/** Which cells are looked at together, as it stands in the address. */
import type { Dataset } from './dataset.ts'
import { timeName } from './dataset.ts'
import type { Numbers } from '../text/numbers.ts'
import type { Table } from '../text/table.ts'
import { fill } from '../text/terms.ts'

/** On two components at a time; or on a projection, by its place y in the list: then x is -1 and t does not count. */
export interface Lasso {
  t: number
  x: number
  y: number
  corners: readonly (readonly [number, number])[]
}

/** The cells with a label, of one snapshot or of all. Without a label all cells of the snapshot. */
export interface Labelled {
  column: string
  label: string
  snapshot: number | null
}

const short = (value: number): string => String(Number(value.toPrecision(4)))

export const lassoText = ({ t, x, y, corners }: Lasso): string =>
  `lasso,${[t, x, y, ...corners.flat()].map(short).join(',')}`

export function lassoOf(text: string): Lasso | null {
  const [kind, ...rest] = text.split(',')
  const [t, x, y, ...flat] = rest.map(Number)
  if (kind !== 'lasso' || flat.length < 6 || ![t, x, y, ...flat].every(Number.isFinite)) return null
  return {
    t: t!,
    x: x!,
    y: y!,
    corners: Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!] as const),
  }
}

export const labelledText = ({ column, label, snapshot }: Labelled): string =>
  ['cells', snapshot ?? '', column, label].map((part) => encodeURIComponent(part)).join(',')

/** None of a damaged link. */
function partsOf(text: string): string[] {
  try {
    return text.split(',').map(decodeURIComponent)
  } catch {
    return []
  }
}

export function labelledOf(text: string): Labelled | null {
  const [kind, snapshot, column, label, ...more] = partsOf(text)
  if (kind !== 'cells' || column === undefined || label === undefined || more.length > 0) return null
  return { column, label, snapshot: snapshot === '' ? null : Number(snapshot) }
}

export function cellsLabelled(data: Dataset, { column, label, snapshot }: Labelled): number[] {
  const { begin, end } =
    snapshot === null ? { begin: 0, end: data.cells.shape[0] } : (data.snapshots[snapshot] ?? { begin: 0, end: 0 })
  const cells = Array.from({ length: end - begin }, (_, i) => begin + i)
  if (column === '') return snapshot === null ? [] : cells
  const labels = data.labels.find(({ name }) => name === column)
  const code = labels?.labels.indexOf(label) ?? -1
  return code < 0 ? [] : cells.filter((i) => labels!.codes[i] === code)
}

/** For people, after '12 cells'. */
export function groupName(data: Dataset, text: string, says: Table['shared'], numbers: Numbers): string {
  const labelled = labelledOf(text)
  if (!labelled) return says.inLasso
  const { column, label, snapshot } = labelled
  const time = snapshot !== null && data.snapshots[snapshot] ? timeName(data, snapshot, numbers) : ''
  if (column === '') return fill(says.ofTime, { time })
  return time === '' ? fill(says.ofLabel, { label }) : fill(says.ofLabelAndTime, { label, time })
}
