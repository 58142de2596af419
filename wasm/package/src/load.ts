import { wasmBeside } from './wasm_beside.js'
import { compile, instantiate, type LoadOptions } from './core.js'
import { CellMnn } from './library.js'
import { checkNames, LOAD_OPTIONS } from './options.js'

/**
 * Loads the WebAssembly module. Do it once; the library can then be used without further waiting.
 *
 * @example
 * const lib = await loadCellMnn()
 * using model = lib.loadModel(await (await fetch('eb.safetensors')).arrayBuffer())
 * const future = model.predict([[0.1, -2, 0.3, 1, 0]], 2, [2.5, 3])
 */
export async function loadCellMnn(options: LoadOptions = {}): Promise<CellMnn> {
  checkNames(options, LOAD_OPTIONS, 'options of loadCellMnn()')
  return new CellMnn(await instantiate(await compile(options, wasmBeside)))
}
