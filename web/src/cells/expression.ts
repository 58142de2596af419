/** Measured expression, where the cells came with it. */
import type { Matrix, TimeCourse } from 'cellmnn'

export interface Expression {
  genes: readonly string[]
  /** (N, G), in the order of the cells. */
  values: Matrix
}

/** Of a course whose snapshots all hold it. */
export function measuredExpression({ snapshots, genes }: TimeCourse): (() => Promise<Expression>) | null {
  const parts = snapshots.flatMap(({ expression }) => (expression ? [expression] : []))
  const names = genes?.names ?? []
  const fits = parts.length === snapshots.length && parts.every(({ shape }) => shape[1] === names.length)
  if (names.length === 0 || !fits) return null
  return () => {
    const rows = parts.reduce((sum, { shape }) => sum + shape[0], 0)
    const data = new Float32Array(rows * names.length)
    let at = 0
    for (const part of parts) {
      data.set(part.data, at)
      at += part.data.length
    }
    return Promise.resolve({ genes: names, values: { data, shape: [rows, names.length] } })
  }
}

/** (end - begin, G) of the cells of a snapshot. */
export function ofSnapshot({ values }: Expression, { begin, end }: { begin: number; end: number }): Matrix {
  const count = values.shape[1]
  return { data: values.data.slice(begin * count, end * count), shape: [end - begin, count] }
}

/** (end - begin, 1) the same of one gene. */
export function ofGene({ values }: Expression, gene: number, { begin, end }: { begin: number; end: number }): Matrix {
  const count = values.shape[1]
  const data = new Float32Array(end - begin).map((_, i) => values.data[(begin + i) * count + gene]!)
  return { data, shape: [end - begin, 1] }
}
