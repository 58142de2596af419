import { expect } from 'vitest'
import { CellMnnError, type ErrorCode } from 'cellmnn'

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
