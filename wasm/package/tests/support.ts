import { expect } from 'vitest'
import { CellMnnError, loadCellMnn, type ErrorCode, type Model, type TimeCourse } from 'cellmnn'

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

/** The call ends with this code and a sentence that has all these words. */
export function refuses(call: () => unknown, code: ErrorCode, ...words: string[]): void {
  let error: unknown
  try {
    call()
  } catch (thrown) {
    error = thrown
  }
  checkError(error, code, words)
}

/** The same for a promise. */
export async function rejects(promise: Promise<unknown>, code: ErrorCode, ...words: string[]): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  checkError(error, code, words)
}

function checkError(error: unknown, code: ErrorCode, words: string[]): void {
  expect(error).toBeInstanceOf(CellMnnError)
  const { code: got, message } = error as CellMnnError
  expect(got, message).toBe(code)
  for (const word of words) expect(message).toContain(word)
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
