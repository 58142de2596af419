import { afterAll, describe, expect, test } from 'vitest'
import { startWorkers, type RemoteCellMnn } from 'cellmnn/worker'
import { startGivenWorkers } from 'cellmnn/worker/given'
import { cloud, data, lib, refuses, rejects, trained, twoSidedBytes } from '../support.js'

const first = data.snapshots[0]!
const model = trained()
const bytes = model.toBytes()

const one = await startWorkers()
const three = await startWorkers({ workers: 3 })
afterAll(() => {
  one.terminate()
  three.terminate()
})

const withModel = async (
  remote: RemoteCellMnn,
  use: (model: Awaited<ReturnType<RemoteCellMnn['loadModel']>>) => Promise<void>,
) => {
  const loaded = await remote.loadModel(bytes)
  await use(loaded)
  await loaded.dispose()
  expect(await remote.liveHandles()).toBe(0)
}

test('a model answers as on the main thread', () =>
  withModel(one, async (remote) => {
    expect(remote.info).toEqual(model.info)
    expect(await remote.predict(first.cells, 0, [1, 2])).toEqual(model.predict(first.cells, 0, [1, 2]))
    expect(await remote.velocity(first.cells, 0)).toEqual(model.velocity(first.cells, 0))
    expect(await remote.operatorAt(first.cells, 0)).toEqual(model.operatorAt(first.cells, 0))
    expect(await remote.eigenvalues(first.cells, 0)).toEqual(model.eigenvalues(first.cells, 0))
    expect(await remote.interactions(first.cells, 0, { top: 5 })).toEqual(
      model.interactions(first.cells, 0, { top: 5 }),
    )
    const knockOut = { gene: data.genes!.names[0]!, times: [1] }
    expect(await remote.perturb(first.cells, 0, knockOut)).toEqual(model.perturb(first.cells, 0, knockOut))
    const { gene } = knockOut
    expect(await remote.changedCells(first.cells, { gene })).toEqual(model.changedCells(first.cells, { gene }))
    expect(await remote.similarGenes(first.cells, gene, 3)).toEqual(model.similarGenes(first.cells, gene, 3))
    const question = { gene, time: 1, controls: 3 }
    expect(await remote.perturbationReport(first.cells, 0, question)).toEqual(
      model.perturbationReport(first.cells, 0, question),
    )
    expect(remote.toBytes()).toEqual(bytes)
    expect(await one.scoreModel(remote, data, 2)).toEqual(lib.scoreModel(model, data, 2))
  }))

test('a model with two sides answers as on the main thread', async () => {
  const both = twoSidedBytes(bytes, bytes)
  using expected = lib.loadModel(both)
  const remote = await three.loadModel(both)
  expect(await remote.population(data, 0.5, { pool: 0.2 })).toEqual(expected.population(data, 0.5, { pool: 0.2 }))
  const [first, second, ...later] = data.snapshots
  const unseen = { snapshots: [first!, second!, { ...second!, time: 1.5 }, ...later] }
  expect(await three.scorePopulation(remote, unseen, 1.5)).toEqual(lib.scorePopulation(expected, unseen, 1.5))
  await remote.dispose()
})

test('several workers share the cells of a large prediction', () =>
  withModel(three, async (remote) => {
    const cells = cloud(5003, 5, 1)
    const t = Float64Array.from({ length: 5003 }, (_, i) => i % 3)
    expect(await remote.predict(cells, 0, [0, 1, 2.5])).toEqual(model.predict(cells, 0, [0, 1, 2.5]))
    const mixed = await remote.predict(cells, t, [1])
    const expected = model.predict(cells, t, [1])
    expect(mixed.shape).toEqual(expected.shape)
    for (let i = 0; i < mixed.data.length; i += 97) expect(mixed.data[i]).toBeCloseTo(expected.data[i]!, 5)
  }))

test('the other functions answer as on the main thread', async () => {
  const a = cloud(40, 2, 1)
  const b = cloud(30, 2, 2)
  expect(await one.wasserstein(a, b, { order: 2 })).toBe(lib.wasserstein(a, b, { order: 2 }))
  expect(await one.mmd(a, b)).toBe(lib.mmd(a, b))
  expect(await one.principalComponents(a, 2)).toEqual(lib.principalComponents(a, 2))
  expect(await one.simulate({ cells: 5, paths: 1 })).toEqual(lib.simulate({ cells: 5, paths: 1 }))
  expect(await one.scoreMethod('previous', data, 2)).toEqual(lib.scoreMethod('previous', data, 2))
})

test('arrays that were given stay usable', () =>
  withModel(one, async (remote) => {
    const cells = cloud(10, 5, 1)
    await remote.predict(cells, 0, 1)
    expect(cells.data.length).toBe(50)
    expect(bytes.length).toBeGreaterThan(0)
  }))

test('a training goes on while other calls are answered', async () => {
  const options = { steps: 12, width: 16, depth: 1 }
  const trainer = await one.createTrainer(data, options)
  const [progress, distance] = await Promise.all([trainer.run({ steps: 5 }), one.wasserstein([[0]], [[2]])])
  expect(progress).toMatchObject({ step: 5, done: false })
  expect(distance).toBe(2)
  await trainer.run()
  expect(trainer.done).toBe(true)
  const remote = await trainer.model()
  using local = lib.createTrainer(data, options)
  local.run()
  using expected = local.model()
  expect(await remote.velocity(first.cells, 0)).toEqual(expected.velocity(first.cells, 0))
  await trainer.dispose()
  await trainer.dispose()
  await rejects(trainer.run(), 'usage', 'disposed')
  await remote.dispose()
  await rejects(remote.velocity(first.cells, 0), 'usage', 'disposed')
  refuses(() => remote.toBytes(), 'usage', 'disposed')
  expect(await one.liveHandles()).toBe(0)
})

describe('errors', () => {
  test('come over with their code and sentence', async () => {
    await rejects(one.loadModel(new Uint8Array(20)), 'bad-input', 'safetensors')
    await rejects(one.createTrainer(data, { lr: -1 }), 'usage', 'lr is -1')
    await rejects(one.createTrainer(data, { learning: 1 } as never), 'usage', "'learning'")
    await rejects(one.mmd([[1]], [[1, 2]]), 'bad-input')
    await withModel(one, async (remote) => {
      await rejects(remote.predict([[1, 2]], 0, 1), 'bad-input', '5 dimensions')
      await rejects(remote.predict(first.cells, 0, 1e12), 'numerical')
    })
  })

  test('of use do not reach a worker', async () => {
    await rejects(one.wasserstein((() => 1) as never, [[1]]), 'usage', 'cannot be sent')
    await rejects(startWorkers({ workers: 0 }), 'usage', 'workers is 0')
    await rejects(startWorkers({ threads: 2 } as never), 'usage', "'threads'")
  })
})

describe.runIf(typeof Worker === 'function')('workers that are given', () => {
  const createWorker = () => new Worker(new URL('../../dist/worker_main.js', import.meta.url), { type: 'module' })
  const wasmUrl = new URL('../../dist/wasm/cellmnn.wasm', import.meta.url)

  test('answer as those that the package finds', async () => {
    const given = await startGivenWorkers({ workers: 2, wasmUrl, createWorker })
    await withModel(given, async (remote) => {
      expect(await remote.velocity(first.cells, 0)).toEqual(model.velocity(first.cells, 0))
    })
    given.terminate()
  })

  test('need a module and a way to start them', async () => {
    await rejects(startGivenWorkers({ createWorker }), 'usage', 'no module')
    await rejects(startGivenWorkers({ wasmUrl } as never), 'usage', 'createWorker')
    await rejects(startGivenWorkers({ wasmUrl, createWorker, threads: 2 } as never), 'usage', "'threads'")
  })
})

describe('a worker that ends', () => {
  test('refuses what it was asked, and another takes over', async () => {
    const remote = await one.loadModel(bytes)
    const trainer = await one.createTrainer(data, { steps: 1_000_000 })
    const endless = trainer.run()
    const waiting = remote.velocity(first.cells, 0)
    setTimeout(() => one.terminate(), 100)
    await rejects(endless, 'worker', 'ended')
    await rejects(waiting, 'worker', 'ended')
    expect(await remote.velocity(first.cells, 0)).toEqual(model.velocity(first.cells, 0))
    await rejects(trainer.run(), 'worker', 'training is lost')
    await trainer.dispose()
    await remote.dispose()
    expect(await one.liveHandles()).toBe(0)
  })

  test('by itself, too', async () => {
    const kill = captureWorker()
    const remote = await startWorkers()
    const trainer = await remote.createTrainer(data, { steps: 1_000_000 })
    const endless = trainer.run()
    kill()
    await rejects(endless, 'worker', 'ended')
    expect(await remote.wasserstein([[0]], [[3]])).toBe(3)
    remote.terminate()
  })
})

/** A call to end the next worker from outside, as a crash of the browser or of node does. */
function captureWorker(): () => void {
  const owner = (typeof Worker === 'function' ? globalThis : process.getBuiltinModule('node:worker_threads')) as {
    Worker: new (...given: never[]) => object
  }
  const { Worker: Usual } = owner
  let captured: { dispatchEvent?: (event: Event) => void; terminate: () => void }
  owner.Worker = class extends Usual {
    constructor(...given: never[]) {
      super(...given)
      captured = this as unknown as typeof captured
      owner.Worker = Usual
    }
  }
  return () => {
    captured.terminate() // node tells of it, a browser does not
    captured.dispatchEvent?.(new Event('error'))
  }
}
