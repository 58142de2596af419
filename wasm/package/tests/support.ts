import { expect } from 'vitest'
import { loadCellMnn, type Model, type TimeCourse } from 'cellmnn'

export { refuses, rejects } from './refusals.js'

export const lib = await loadCellMnn()

export const { data } = lib.simulate({ cells: 150, genes: 12 })

/** A model that has seen a few steps. */
export function trained(course: TimeCourse = data, steps = 20): Model {
  const trainer = lib.createTrainer(course, { steps, width: 24, depth: 2 })
  trainer.run()
  const model = trainer.model()
  trainer.dispose()
  return model
}

/** The largest difference of two lists, in proportion to the largest value. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  let difference = 0
  let size = 0
  for (let i = 0; i < a.length; ++i) {
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!))
    size = Math.max(size, Math.abs(b[i]!))
  }
  return Number.isNaN(difference) ? Infinity : difference / size
}

/** n x D numbers that depend on the seed only. */
export function cloud(n: number, dims: number, seed: number): { data: Float32Array; shape: [number, number] } {
  let state = seed
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
  return { data: Float32Array.from({ length: n * dims }, () => next() * 2 - 1), shape: [n, dims] }
}
