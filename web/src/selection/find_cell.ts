import type { Dataset } from '../cells/dataset.ts'

/** The cell of this number (from 0, in the order of time), or else of this name; or else the only one whose name holds
 * the text. Undefined if there is none. */
export function findCell(
  {
    names,
    cells: {
      shape: [count],
    },
  }: Dataset,
  text: string,
): number | undefined {
  const given = text.trim()
  if (/^\d+$/.test(given) && Number(given) < count) return Number(given)
  const exact = names.indexOf(given)
  if (exact >= 0) return exact
  const lower = given.toLowerCase()
  const holding = names.flatMap((name, i) => (lower !== '' && name.toLowerCase().includes(lower) ? [i] : []))
  return holding.length === 1 ? holding[0] : undefined
}
