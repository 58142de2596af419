import { CellMnnError, usage } from './errors.js'
import type { Calls, Request, Response } from './protocol.js'

/** A worker of the browser, or a thread of node, behind one face. */
interface Endpoint {
  post(request: Request): void
  /** Whether an answer is awaited: only then a thread keeps node alive. */
  await(pending: boolean): void
  end(): void
}

type Received = (response: Response) => void
type Ended = (why: string) => void

function openEndpoint(received: Received, ended: Ended): Endpoint {
  if (typeof Worker === 'function') {
    const worker = new Worker(new URL('./worker_main.js', import.meta.url), { type: 'module' })
    worker.addEventListener('message', (event: MessageEvent<Response>) => received(event.data))
    worker.addEventListener('messageerror', () => ended('an answer could not be read'))
    worker.addEventListener('error', (event) => ended(event.message || 'its script could not be loaded'))
    return { post: (request) => worker.postMessage(request), await() {}, end: () => worker.terminate() }
  }
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads')
  if (!threads) throw new CellMnnError('unsupported', 'there are no workers here: expected a browser, or node 20.16 or later')
  const script = './worker_main.js' // no literal, so that bundlers for browsers pass over it
  const thread = new threads.Worker(new URL(script, import.meta.url))
  thread.on('message', received)
  thread.on('error', (error) => ended(error.message))
  thread.on('exit', () => ended('it exited'))
  thread.unref()
  return {
    post: (request) => thread.postMessage(request),
    await: (pending) => (pending ? thread.ref() : thread.unref()),
    end: () => void thread.terminate(),
  }
}

/** One worker. If it ends, what was asked of it is refused, and the next call starts another. */
export class Connection {
  readonly #module: WebAssembly.Module
  readonly #pending = new Map<number, { resolve: (value: never) => void; reject: (error: CellMnnError) => void }>()
  #endpoint: Endpoint | undefined
  #lastId = 0
  #generation = 0

  constructor(module: WebAssembly.Module) {
    this.#module = module
  }

  /** Counts the workers: what one of them held is not known to the next. */
  get generation(): number {
    return this.#generation
  }

  /** Calls that have no answer yet. */
  get load(): number {
    return this.#pending.size
  }

  async call<Name extends keyof Calls>(name: Name, ...given: Parameters<Calls[Name]>): Promise<Awaited<ReturnType<Calls[Name]>>> {
    if (!this.#endpoint) {
      const generation = ++this.#generation
      const of = (use: (value: never) => void) => (value: unknown) => { if (generation === this.#generation) use(value as never) }
      this.#endpoint = openEndpoint(of((response: Response) => this.#receive(response)), of((why: string) => this.#end(why)))
      this.#post('start', [this.#module]).catch((error: CellMnnError) => this.#end(error.message))
    }
    return this.#post(name, given)
  }

  /** Ends the worker and refuses what was asked of it. */
  end(): void {
    this.#end('it was ended')
  }

  #post<Name extends keyof Calls>(name: Name, given: Parameters<Calls[Name]>): Promise<Awaited<ReturnType<Calls[Name]>>> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      try {
        this.#endpoint!.post({ id, name, arguments: given } as Request)
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
