import { hasSimd } from './features.js'

/** @internal The module beside the package's own files. Bundlers follow these addresses. */
export const wasmBeside = (): URL =>
  hasSimd() ? new URL('./wasm/cellmnn.wasm', import.meta.url) : new URL('./wasm/cellmnn-scalar.wasm', import.meta.url)
