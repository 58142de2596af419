import { endpointsOf, type OpenEndpoint } from './endpoint.js'
import { CellMnnError } from './errors.js'

/** @internal The script of the worker beside the package's own files. Bundlers follow its address. */
export const endpointBeside: OpenEndpoint = (received, ended) => {
  if (typeof Worker === 'function') {
    const create = () => new Worker(new URL('./worker_main.js', import.meta.url), { type: 'module' })
    return endpointsOf(create)(received, ended)
  }
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads')
  if (!threads) {
    throw new CellMnnError('unsupported', 'there are no workers here: expected a browser, or node 20.16 or later')
  }
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
