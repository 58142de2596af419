import { afterEach, describe, expect, test } from 'vitest'
import { loadCellMnn, type LoadOptions } from 'cellmnn'
import { lib, rejects } from '../support.js'

afterEach(() => expect(lib.liveHandles, 'objects that were not disposed of').toBe(0))

describe('loading', () => {
  const addressOf = (file: string) => new URL(`../../dist/wasm/${file}`, import.meta.url)
  const bytesOf = async (url: URL) =>
    url.protocol === 'file:'
      ? process.getBuiltinModule('node:fs/promises').readFile(url)
      : (await fetch(url)).arrayBuffer()

  test('from given bytes, a given address, or a compiled module', async () => {
    const url = addressOf('cellmnn.wasm')
    const bytes = await bytesOf(url)
    const works = async (options: LoadOptions) => expect((await loadCellMnn(options)).wasserstein([[0]], [[1]])).toBe(1)
    await works({ wasmBinary: bytes })
    await works({ wasmModule: await WebAssembly.compile(bytes as BufferSource) })
    await works({ wasmUrl: url })
    await works({ wasmUrl: url.href })
  })

  test('uses SIMD', () => expect(lib.instructionSet).toBe('wasm-simd128'))

  test('fails with a sentence where the module is not, or is something else', async () => {
    await rejects(loadCellMnn({ wasmUrl: new URL('no.wasm', import.meta.url) }), 'bad-input', 'no.wasm', 'wasmUrl')
    await rejects(loadCellMnn({ wasmBinary: new TextEncoder().encode('<!doctype html>') }), 'bad-input', 'wasmBinary')
    await rejects(loadCellMnn({ wasmModule: 1 as never }), 'usage', 'WebAssembly.Module')
    await rejects(loadCellMnn({ url: 'x' } as never), 'usage', "'url'")
  })

  test('says so where WebAssembly exceptions are missing', async () => {
    const { validate } = WebAssembly
    WebAssembly.validate = () => false
    try {
      await rejects(loadCellMnn(), 'unsupported', 'WebAssembly exceptions', 'Chrome 95')
    } finally {
      WebAssembly.validate = validate
    }
  })

  test('says so where only SIMD is missing', async () => {
    const { validate } = WebAssembly
    WebAssembly.validate = (bytes) => !new Uint8Array(bytes as ArrayBuffer).includes(253) && validate(bytes)
    try {
      await rejects(loadCellMnn(), 'unsupported', 'lacks WebAssembly SIMD', 'Safari 16.4')
    } finally {
      WebAssembly.validate = validate
    }
  })
})
