/** What runs in any worker: answers requests, one after the other. */
import { CellMnnError } from './errors.js'
import { buffersIn, type Request, type Response, type Startable } from './protocol.js'

async function answer(calls: Startable, { id, name, arguments: given }: Request): Promise<Response> {
  try {
    const call = calls[name as keyof Startable] as (...all: unknown[]) => unknown
    return { id, value: await call(...given) }
  } catch (error) {
    if (error instanceof CellMnnError) return { id, error: { code: error.code, message: error.message } }
    return { id, fatal: error instanceof Error ? error.message : String(error) }
  }
}

interface Port {
  postMessage(message: Response, transfer: ArrayBuffer[]): void
}

/** @internal */
export function serve(calls: Startable): void {
  let last = Promise.resolve()
  const respond = (request: Request, port: Port): void => {
    last = last.then(async () => {
      const response = await answer(calls, request)
      port.postMessage(response, 'value' in response ? buffersIn(response.value) : [])
    })
  }
  const parent = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort
  if (parent) {
    parent.on('message', (request: Request) => respond(request, parent as unknown as Port))
  } else {
    globalThis.addEventListener('message', (event: MessageEvent<Request>) =>
      respond(event.data, globalThis as unknown as Port),
    )
  }
}
