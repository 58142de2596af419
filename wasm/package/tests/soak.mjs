/**
 * Whether the package can be used for hours: node --expose-gc tests/soak.mjs [MINUTES], 60 if not given.
 *
 * Mixed commands on the main thread and in a worker of one process, and 10,000 loads of a model in all. Prints the
 * memory a minute. Fails if, after the first tenth, the WebAssembly memories or the handles grow, or the heap after a
 * collection of garbage grows by more than a tenth.
 */
import assert from 'node:assert/strict'
import { loadCellMnn } from '../dist/index.js'
import { loadGenes } from '../dist/genes.js'
import { startWorkers } from '../dist/worker.js'

const minutes = Number(process.argv[2] ?? 60)
const LOADS = 10_000
const memories = []
const { instantiate } = WebAssembly
WebAssembly.instantiate = async (module, imports) => {
  const instance = await instantiate(module, imports)
  memories.push(Object.values(instance.exports).find((item) => item instanceof WebAssembly.Memory))
  return instance
}
const [lib, genes, remote] = [await loadCellMnn(), await loadGenes(), await startWorkers()]

const { data } = lib.simulate({ cells: 100, genes: 12, seed: 1 })
const first = data.snapshots[0].cells
const names = data.genes.names
const expression = {
  genes: names,
  values: {
    data: Float32Array.from(data.snapshots.flatMap(({ expression }) => [...expression.data])),
    shape: [data.snapshots.length * 100, names.length],
  },
  t: Float64Array.from(data.snapshots.flatMap(({ time }) => new Array(100).fill(time))),
}
const options = { steps: 5, width: 16, depth: 2 }
const trainer = lib.createTrainer(data, options)
trainer.run()
const trained = trainer.model()
const bytes = trained.toBytes()
trained.dispose()
trainer.dispose()

let loads = 0
function load() {
  const model = lib.loadModel(bytes)
  ++loads
  return model
}

/** Each is a command on the main thread. */
const commands = [
  () => lib.simulate({ cells: 50, genes: 12, seed: loads }),
  () => {
    const trainer = lib.createTrainer(data, { ...options, seed: loads })
    trainer.run()
    trainer.model().dispose()
    trainer.dispose()
  },
  () => {
    const model = load()
    model.predict(first, 0, [1, 2.5])
    model.velocity(first, 0)
    model.eigenvalues(first, 0)
    model.interactions(first, 0, { top: 5 })
    model.perturb(first, 0, { gene: names[loads % names.length], times: [1] })
    lib.scoreModel(model, data, 2)
    model.dispose()
  },
  () => {
    const network = genes.network(expression)
    network.held({ gene: names[0], at: 1 })
    network.dispose()
  },
  () => {
    for (const wrong of [() => lib.loadModel(new Uint8Array(64)), () => lib.createTrainer(data, { lr: -1 })])
      assert.throws(wrong)
  },
]

async function inWorker() {
  const model = await remote.loadModel(bytes)
  ++loads
  await model.predict(first, 0, [1, 2])
  await model.interactions(first, 0, { top: 5 })
  await remote.scoreModel(model, data, 2)
  await model.dispose()
  await assert.rejects(remote.loadModel(new Uint8Array(64)))
}

async function measured() {
  globalThis.gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return {
    modules: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    heap: heapUsed + external,
    rss,
    handles: lib.liveHandles + genes.liveHandles + (await remote.liveHandles()),
  }
}

const mb = (bytes) => (bytes / 1e6).toFixed(1)
const begin = Date.now()
const passed = () => (Date.now() - begin) / 60_000
let rounds = 0
let before
console.log('| minute | rounds | loads | modules MB | heap MB | process MB | handles |\n|---|---|---|---|---|---|---|')
for (let minute = 0; passed() < minutes;) {
  for (const command of commands) command()
  await inWorker()
  // Loads alone make up what rounds have not.
  while (loads < (LOADS * passed()) / minutes) load().dispose()
  ++rounds
  await new Promise((resolve) => setTimeout(resolve, 50)) // a person's machine does other things, too
  if (passed() < minute && passed() < minutes) continue
  const now = await measured()
  const { modules, heap, rss, handles } = now
  console.log(`| ${[passed().toFixed(1), rounds, loads, mb(modules), mb(heap), mb(rss), handles].join(' | ')} |`)
  assert.equal(handles, 0)
  if (passed() >= minutes / 10) before ??= now
  if (before) {
    assert.equal(modules, before.modules)
    assert.ok(heap < 1.1 * before.heap, 'the heap grows')
  }
  minute += minutes / 60
}
while (loads < LOADS) load().dispose()
const { modules, handles } = await measured()
assert.equal(handles, 0)
assert.equal(modules, before.modules)
console.log(`${rounds} rounds and ${loads} loads: memory is flat, no handle is left`)
remote.terminate()
