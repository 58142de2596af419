import { badInput, CellMnnError, errorOfCore, usage } from './errors.js'
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

// The smallest modules that use the feature.
const EXCEPTIONS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11]
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]

const supports = (feature: readonly number[]): boolean => WebAssembly.validate(new Uint8Array(feature))

function requireSupport(): void {
  const feature =
    typeof WebAssembly !== 'object' ? '' : !supports(EXCEPTIONS) ? ' exceptions' : !supports(SIMD) ? ' SIMD' : undefined
  if (feature === undefined) return
  throw new CellMnnError(
    'unsupported',
    `this browser cannot run cellmnn, because it lacks WebAssembly${feature}: Chrome 95, Firefox 100, Safari 16.4, node 20.16 and all later ones have what is needed`,
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

/** @internal Compiles the module, so that several workers can share it. */
export async function compile(options: LoadOptions = {}): Promise<WebAssembly.Module> {
  requireSupport()
  const { wasmUrl, wasmBinary, wasmModule } = options
  if (wasmModule !== undefined) {
    if (!(wasmModule instanceof WebAssembly.Module)) throw usage('wasmModule is not a WebAssembly.Module')
    return wasmModule
  }
  const found = new URL('./wasm/cellmnn.wasm', import.meta.url)
  const from = wasmBinary !== undefined ? 'wasmBinary' : String(wasmUrl ?? found)
  try {
    const base = globalThis.location?.href
    const bytes = wasmBinary ?? (await bytesAt(wasmUrl === undefined ? found : new URL(wasmUrl, base)))
    return await WebAssembly.compile(bytes as BufferSource)
  } catch (error) {
    const hint = 'give the address of cellmnn.wasm as wasmUrl, which bundlers know as cellmnn/cellmnn.wasm?url'
    throw badInput(`cannot load the WebAssembly module from ${from}: ${(error as Error).message}; ${hint}`)
  }
}

/** @internal */
export async function instantiate(options?: LoadOptions): Promise<Core> {
  const module = await compile(options)
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(badInput(`cannot start the WebAssembly module: ${error.message}`))
    createModule({
      error: errorOfCore,
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(module, imports).then(receive).catch(failed)
        return {} // Emscripten's sign that the instance comes later
      },
    }).then(resolve, failed)
  })
}
