/**
 * The library in one or more workers, as promises: a page stays alive while it computes.
 *
 * @packageDocumentation
 */
import { compile, type LoadOptions } from './core.js'
import { connect, type RemoteCellMnn } from './remote.js'
import { wasmBeside } from './wasm_beside.js'
import { endpointBeside } from './worker_beside.js'

export { CellMnnError, type ErrorCode } from './errors.js'
export { RemoteCellMnn, RemoteModel } from './remote.js'
export { RemoteTrainer } from './remote_trainer.js'

export interface WorkerOptions extends LoadOptions {
  /** How many workers share large predictions; 1 if not given. */
  workers?: number
}

/** Starts workers; the module is compiled once for all of them. */
export function startWorkers({ workers = 1, ...load }: WorkerOptions = {}): Promise<RemoteCellMnn> {
  return connect('startWorkers()', workers, load, () => compile(load, wasmBeside), endpointBeside)
}
