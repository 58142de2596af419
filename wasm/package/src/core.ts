import { badInput, CellMnnError, errorOfCore, usage } from './errors.js'
import { missingFeature } from './features.js'
import createModule, { type Core } from './wasm/cellmnn.js'

/** Where the WebAssembly module comes from. Without any of these it is found beside the package's own files. */
export interface LoadOptions {
  /** The address of `cellmnn.wasm`, e.g. from `import url from 'cellmnn/cellmnn.wasm?url'`. */
  wasmUrl?: string | URL
  /** Its bytes. */
  wasmBinary?: ArrayBuffer | Uint8Array
  /** It, compiled. */
  wasmModule?: WebAssembly.Module
}

function requireSupport(): void {
  const missing = missingFeature()
  if (missing === undefined) return
  throw new CellMnnError(
    'unsupported',
    `this browser cannot run cellmnn, because it lacks ${missing}: Chrome 95, Firefox 100, Safari 16.4, node 20.16 ` +
      'and all later ones have what is needed',
  )
}

async function bytesAt(url: URL): Promise<ArrayBuffer | Uint8Array> {
  if (url.protocol === 'file:' && globalThis.process?.getBuiltinModule) {
    return globalThis.process.getBuiltinModule('node:fs/promises').readFile(url)
  }
  const response = await fetch(url)
  if (!response.ok) throw new Error(`the server answers ${response.status}`)
  return response.arrayBuffer()
}

/** @internal Compiles the module `file`, so that workers can share it. Without an address it is at `usual()`. */
export async function compile(
  { wasmUrl, wasmBinary, wasmModule }: LoadOptions,
  usual: () => URL,
  file = 'cellmnn.wasm',
): Promise<WebAssembly.Module> {
  requireSupport()
  if (wasmModule !== undefined) {
    if (!(wasmModule instanceof WebAssembly.Module)) throw usage('wasmModule is not a WebAssembly.Module')
    return wasmModule
  }
  const address = wasmBinary === undefined ? (wasmUrl ?? usual()) : undefined
  try {
    const bytes = wasmBinary ?? (await bytesAt(new URL(address!, globalThis.location?.href)))
    return await WebAssembly.compile(bytes as BufferSource)
  } catch (error) {
    const from = address === undefined ? 'wasmBinary' : String(address)
    const hint = `give the address of ${file} as wasmUrl, which bundlers know as cellmnn/${file}?url`
    throw badInput(`cannot load the WebAssembly module from ${from}: ${(error as Error).message}; ${hint}`)
  }
}

/** The glue that Emscripten makes for a module. */
type CreateModule<C> = (options: {
  error: typeof errorOfCore
  instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => object
}) => Promise<C>

/** @internal */
export const instantiate = (module: WebAssembly.Module): Promise<Core> => instantiateBy(createModule, module)

/** @internal */
export function instantiateBy<C>(create: CreateModule<C>, module: WebAssembly.Module): Promise<C> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(badInput(`cannot start the WebAssembly module: ${error.message}`))
    create({
      error: errorOfCore,
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(module, imports).then(receive).catch(failed)
        return {} // Emscripten's sign that the instance comes later
      },
    }).then(resolve, failed)
  })
}
