import type { CellLabels } from 'cellmnn'

/** How much of some cells a label has. */
export interface Share {
  label: string
  /** Place of the label, which has a colour. */
  index: number
  share: number
}

/** Of the cells that have a label, largest first; negative places are no cells. */
export function shared({ labels, codes }: CellLabels, cells: Iterable<number>): Share[] {
  const counts = new Float64Array(labels.length)
  let sum = 0
  for (const cell of cells) {
    const code = cell < 0 ? -1 : codes[cell]!
    if (code < 0) continue
    counts[code]! += 1
    sum += 1
  }
  return labels
    .map((label, index) => ({ label, index, share: counts[index]! / Math.max(1, sum) }))
    .filter(({ share }) => share > 0)
    .sort((p, q) => q.share - p.share)
}
