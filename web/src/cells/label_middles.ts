import type { CellLabels } from 'cellmnn'

export interface Middle {
  label: string
  /** In the list of labels. */
  place: number
  x: number
  y: number
}

/** Of each label that has cells the middle of their places (N, 2), by medians; those of most cells first. */
export function middlesOf({ labels, codes }: CellLabels, places: ArrayLike<number>): Middle[] {
  const cells: number[][] = labels.map(() => [])
  codes.forEach((code, cell) => cells[code]?.push(cell))
  const median = (of: readonly number[], d: number): number =>
    of.map((cell) => places[2 * cell + d]!).sort((a, b) => a - b)[Math.floor(of.length / 2)]!
  return cells
    .map((of, place) => ({ of, place }))
    .filter(({ of }) => of.length > 0)
    .sort((a, b) => b.of.length - a.of.length)
    .map(({ of, place }) => ({ label: labels[place]!, place, x: median(of, 0), y: median(of, 1) }))
}
