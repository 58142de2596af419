/**
 * Why a call failed.
 *
 * - `usage`: an option or argument is wrong; the code that calls has to change
 * - `bad-input`: a file or an array cannot be used
 * - `numerical`: the computation left the finite numbers, or a prediction is absurdly far away
 * - `memory`: the memory a page may use is not enough
 * - `unsupported`: this browser or node lacks something that is needed
 * - `worker`: a worker ended before it could answer
 */
export type ErrorCode = 'usage' | 'bad-input' | 'numerical' | 'memory' | 'unsupported' | 'worker'

/** The only error this package throws. The message is a sentence that can be shown to people. */
export class CellMnnError extends Error {
  override readonly name = 'CellMnnError'

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message)
  }
}

/** @internal */
export const usage = (message: string): CellMnnError => new CellMnnError('usage', message)
/** @internal */
export const badInput = (message: string): CellMnnError => new CellMnnError('bad-input', message)

/** @internal `weight_decay` to `weightDecay`. */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** @internal A message about an option begins with its name in the core, such as `weight_decay`. */
export const errorOfCore = (code: ErrorCode, option: string, message: string): CellMnnError =>
  new CellMnnError(code, camelCase(option) + message.slice(option.length))
