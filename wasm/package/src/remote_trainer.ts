import { ofWorker, type Connection } from './connection.js'
import { usage } from './errors.js'
import type { Id } from './protocol.js'
import type { RemoteCellMnn, RemoteModel } from './remote.js'
import type { Progress, RunOptions } from './trainer.js'

/** As `Trainer` of the package `cellmnn`, with promises. */
export class RemoteTrainer {
  readonly #library: RemoteCellMnn
  readonly #connection: Connection
  readonly #generation: number
  #id: Id | undefined
  #progress: Progress | undefined

  /** @internal */
  constructor(library: RemoteCellMnn, connection: Connection, id: Id) {
    this.#library = library
    this.#connection = connection
    this.#generation = connection.generation
    this.#id = id
  }

  /** Steps done, as far as answers have come. */
  get step(): number {
    return this.#progress?.step ?? 0
  }

  /** Whether all steps are done. */
  get done(): boolean {
    return this.#progress?.done ?? false
  }

  /** Trains on. With `budgetMs` or `steps` the worker is free for other calls in between. */
  async run(options?: RunOptions): Promise<Progress> {
    this.#progress = await this.#connection.call('run', this.#held(), options)
    return this.#progress
  }

  /** The model as it is now; training can go on. */
  async model(): Promise<RemoteModel> {
    return this.#library.loadModel(await this.#connection.call('trainedModel', this.#held()))
  }

  /** Frees the memory. Any later use is refused; disposing again does nothing. */
  async dispose(): Promise<void> {
    const id = this.#id
    this.#id = undefined
    if (id !== undefined && this.#generation === this.#connection.generation) await this.#connection.call('dispose', id)
  }

  #held(): Id {
    if (this.#id === undefined) throw usage('this trainer has been disposed of')
    if (this.#generation !== this.#connection.generation) throw ofWorker('its training is lost')
    return this.#id
  }
}
