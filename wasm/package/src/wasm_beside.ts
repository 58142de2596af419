/** @internal The module beside the package's own files. Bundlers follow this address. */
export const wasmBeside = (): URL => new URL('./wasm/cellmnn.wasm', import.meta.url)
