/**
 * As `cellmnn/worker`, for a page that carries the module and the script of the worker itself, such as a page that is
 * one file. Nothing is looked for beside the package: a bundler adds only what the page gives.
 *
 * @packageDocumentation
 */
import { compile } from './core.js'
import { endpointsOf } from './endpoint.js'
import { usage } from './errors.js'
import { connect, type RemoteCellMnn } from './remote.js'
import type { WorkerOptions } from './worker.js'

export { CellMnnError, type ErrorCode } from './errors.js'
export { RemoteCellMnn, RemoteModel } from './remote.js'
export { RemoteTrainer } from './remote_trainer.js'

export interface GivenOptions extends WorkerOptions {
  /** Starts a worker that runs `cellmnn/worker/script`. */
  createWorker: () => Worker
}

/**
 * Starts workers.
 *
 * @example
 * import wasmUrl from 'cellmnn/cellmnn.wasm?url&inline'
 * import Script from 'cellmnn/worker/script?worker&inline'
 * const lib = await startGivenWorkers({ wasmUrl, createWorker: () => new Script() })
 */
export async function startGivenWorkers({ workers = 1, createWorker, ...load }: GivenOptions): Promise<RemoteCellMnn> {
  if (typeof createWorker !== 'function') throw usage('createWorker is not a function that starts a worker')
  const nothing = (): URL => {
    throw usage('startGivenWorkers() was given no module: expected wasmUrl, wasmBinary or wasmModule')
  }
  return connect('startGivenWorkers()', workers, load, () => compile(load, nothing), endpointsOf(createWorker))
}
