import type { Dataset, Group } from 'h5wasm'

/** @internal */
export const isGroup = (item: unknown): item is Group => typeof (item as Group | null)?.keys === 'function'
/** @internal */
export const isDataset = (item: unknown): item is Dataset =>
  (item as Dataset | null)?.shape !== undefined && !isGroup(item)
/** @internal */
export const itemAt = (parent: Group | undefined, name: string) =>
  parent?.keys().includes(name) ? parent.get(name) : null
/** @internal */
export const groupAt = (parent: Group, name: string): Group | undefined => {
  const item = itemAt(parent, name)
  return isGroup(item) ? item : undefined
}

/** @internal */
export const plainValues = (dataset: Dataset): (string | number)[] =>
  Array.from((dataset.value ?? []) as ArrayLike<string | number | bigint>, (value) =>
    typeof value === 'bigint' ? Number(value) : value,
  )

/** @internal The names of the rows of `obs` or `var`. */
export function indexOf(frame: Group | undefined): string[] | undefined {
  const name = frame?.attrs._index?.value
  const names = typeof name === 'string' ? itemAt(frame, name) : null
  return isDataset(names) ? plainValues(names).map(String) : undefined
}

/** @internal A column of `obs`: numbers, strings, or a categorical (codes into categories); undefined where a cell has
 * no value. Another type has no values at all. */
export function columnOf(obs: Group, name: string): (string | number | undefined)[] | undefined {
  const item = obs.get(name)
  if (isDataset(item)) return plainValues(item)
  const codes = isGroup(item) ? itemAt(item, 'codes') : null
  const categories = isGroup(item) ? itemAt(item, 'categories') : null
  if (!isDataset(codes) || !isDataset(categories)) return undefined
  const values = plainValues(categories)
  return plainValues(codes).map((code) => values[code as number])
}
