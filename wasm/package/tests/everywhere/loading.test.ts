import { afterEach, describe, expect, test } from 'vitest'
import { loadCellMnn, type LoadOptions } from 'cellmnn'
import { data, lib, rejects, relativeDifference, trained } from '../support.js'

afterEach(() => expect(lib.liveHandles, 'objects that were not disposed of').toBe(0))

const first = data.snapshots[0]!

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

  test('the scalar build agrees', async () => {
    const scalar = await loadCellMnn({ wasmUrl: addressOf('cellmnn-scalar.wasm') })
    expect(scalar.instructionSet).toBe('portable')
    expect(lib.instructionSet).toBe('wasm-simd128')
    using model = trained()
    using same = scalar.loadModel(model.toBytes())
    const expected = model.predict(first.cells, 0, [1, 4]).data
    expect(relativeDifference(same.predict(first.cells, 0, [1, 4]).data, expected)).toBeLessThan(2e-5)
  })

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

  test('takes the scalar build where only SIMD is missing', async () => {
    const { validate } = WebAssembly
    WebAssembly.validate = (bytes) => !new Uint8Array(bytes as ArrayBuffer).includes(253) && validate(bytes)
    try {
      expect((await loadCellMnn()).instructionSet).toBe('portable')
    } finally {
      WebAssembly.validate = validate
    }
  })
})
