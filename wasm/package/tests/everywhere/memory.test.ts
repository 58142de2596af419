import { expect, test } from 'vitest'
import { loadCellMnn } from 'cellmnn'
import { cloud, data, lib, refuses, trained } from '../support.js'

/** A library and the memory of its module, which the public API does not show. */
async function libraryAndMemory() {
  const { instantiate } = WebAssembly
  let memory: WebAssembly.Memory | undefined
  WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
    const instance = await instantiate(module, imports)
    memory = Object.values(instance.exports).find((item) => item instanceof WebAssembly.Memory)
    return instance
  }) as typeof instantiate
  try {
    return { library: await loadCellMnn(), memory: memory! }
  } finally {
    WebAssembly.instantiate = instantiate
  }
}

test('a thousand models come and go without growth', async () => {
  const { library, memory } = await libraryAndMemory()
  using model = trained()
  const bytes = model.toBytes()
  const cells = cloud(2000, 5, 3)
  const cycle = (count: number) => {
    for (let i = 0; i < count; ++i) {
      const again = library.loadModel(bytes)
      again.velocity(cells, 0)
      again.dispose()
    }
  }
  cycle(50)
  const grown = memory.buffer.byteLength
  expect(grown).toBeGreaterThan(0)
  cycle(950)
  expect(memory.buffer.byteLength).toBe(grown)
  expect(library.liveHandles).toBe(0)
})

test('refused calls leave nothing behind', () => {
  const before = lib.liveHandles
  for (let i = 0; i < 200; ++i) {
    refuses(() => lib.loadModel(new Uint8Array(100)), 'bad-input')
    refuses(() => lib.createTrainer(data, { lr: -1 }), 'usage')
    refuses(() => lib.wasserstein([[0, 1]], [[1]]), 'bad-input')
  }
  expect(lib.liveHandles).toBe(before)
})

test('a hundred thousand cells', () => {
  using model = trained()
  const cells = cloud(100_000, 5, 7)
  const { data: positions, shape } = model.predict(cells, 0, [0, 1])
  expect(shape).toEqual([2, 100_000, 5])
  expect(positions.every(Number.isFinite)).toBe(true)
  const last = model.predict({ data: cells.data.slice(-5), shape: [1, 5] }, 0, [1])
  for (let d = 0; d < 5; ++d) expect(positions.at(d - 5)).toBeCloseTo(last.data[d]!, 4)
})

test('too much memory is refused with a sentence, and work goes on', () => {
  using model = trained()
  const cells = cloud(100_000, 5, 7)
  refuses(() => model.predict(cells, 0, new Float64Array(5000).fill(1)), 'memory', 'not enough')
  expect(model.predict(cells, 0, [1]).shape).toEqual([1, 100_000, 5])
})

test('two libraries do not share their handles', async () => {
  const other = await loadCellMnn()
  using model = trained()
  expect(other.liveHandles).toBe(0)
  expect(model.info.dims).toBe(5)
})
