import type { Request, Response } from './protocol.js'

/** A worker of the browser, or a thread of node, behind one face. */
export interface Endpoint {
  post(request: Request): void
  /** Whether an answer is awaited: only then a thread keeps node alive. */
  await(pending: boolean): void
  end(): void
}

/** Starts a worker, and tells what comes from it: an answer, or its end. */
export type OpenEndpoint = (received: (response: Response) => void, ended: (why: string) => void) => Endpoint

/** @internal */
export const endpointsOf =
  (createWorker: () => Worker): OpenEndpoint =>
  (received, ended) => {
    const worker = createWorker()
    worker.addEventListener('message', (event: MessageEvent<Response>) => received(event.data))
    worker.addEventListener('messageerror', () => ended('an answer could not be read'))
    worker.addEventListener('error', (event) => ended(event.message || 'its script could not be loaded'))
    return { post: (request) => worker.postMessage(request), await() {}, end: () => worker.terminate() }
  }
