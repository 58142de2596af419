import type { Endpoint, OpenEndpoint } from './endpoint.js'
import { CellMnnError, usage } from './errors.js'
import type { Answer, Calls, Given, Response, Startable } from './protocol.js'

/** One worker. If it ends, what was asked of it is refused, and the next call starts another. */
export class Connection<C extends Startable = Calls> {
  readonly #module: WebAssembly.Module
  readonly #open: OpenEndpoint
  readonly #pending = new Map<number, { resolve: (value: never) => void; reject: (error: CellMnnError) => void }>()
  #endpoint: Endpoint | undefined
  #lastId = 0
  #generation = 0

  constructor(module: WebAssembly.Module, open: OpenEndpoint) {
    this.#module = module
    this.#open = open
  }

  /** Counts the workers: what one of them held is not known to the next. */
  get generation(): number {
    return this.#generation
  }

  /** Calls that have no answer yet. */
  get load(): number {
    return this.#pending.size
  }

  async call<Name extends keyof C & string>(name: Name, ...given: Given<C, Name>): Promise<Answer<C, Name>> {
    if (!this.#endpoint) {
      const generation = ++this.#generation
      const of = (use: (value: never) => void) => (value: unknown) => {
        if (generation === this.#generation) use(value as never)
      }
      this.#endpoint = this.#open(
        of((response: Response) => this.#receive(response)),
        of((why: string) => this.#end(why)),
      )
      this.#post('start', [this.#module]).catch((error: unknown) => this.#end((error as Error).message))
    }
    return this.#post(name, given) as Promise<Answer<C, Name>>
  }

  /** Ends the worker and refuses what was asked of it. */
  end(): void {
    this.#end('it was ended')
  }

  #post(name: string, given: unknown[]): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      try {
        this.#endpoint!.post({ id, name, arguments: given })
      } catch (error) {
        reject(usage(`${name}() was given something that cannot be sent to a worker: ${(error as Error).message}`))
        return
      }
      this.#pending.set(id, { resolve, reject })
      this.#endpoint!.await(true)
    })
  }

  #receive(response: Response): void {
    const call = this.#pending.get(response.id)
    this.#pending.delete(response.id)
    if (this.#pending.size === 0) this.#endpoint?.await(false)
    if ('value' in response) {
      call?.resolve(response.value as never)
    } else if ('error' in response) {
      call?.reject(new CellMnnError(response.error.code, response.error.message))
    } else {
      call?.reject(ofWorker(response.fatal))
      this.#end(response.fatal)
    }
  }

  #end(why: string): void {
    ++this.#generation
    this.#endpoint?.end()
    this.#endpoint = undefined
    const calls = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of calls) reject(ofWorker(why))
  }
}

export const ofWorker = (why: string): CellMnnError =>
  new CellMnnError('worker', `the worker ended before it could answer: ${why}; the next call starts another`)
