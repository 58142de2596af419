import { afterAll, describe, expect, test } from 'vitest'
import { loadGenes } from 'cellmnn/genes'
import { startGenes } from 'cellmnn/genes/worker'
import { data, lib, refuses, rejects, sides } from '../support.js'

const genes = await loadGenes()
afterAll(() => expect(genes.liveHandles).toBe(0))

const names = data.genes!.names
const [N, G] = [data.snapshots.reduce((sum, { cells }) => sum + cells.shape[0], 0), names.length]
const expression = {
  genes: names,
  values: { data: Float32Array.from(data.snapshots.flatMap((one) => [...one.expression!.data])), shape: [N, G] },
  t: Float64Array.from(data.snapshots.flatMap(({ time, cells }) => new Array<number>(cells.shape[0]).fill(time))),
}
const last = data.snapshots.length - 1

describe('a network', () => {
  test('has effects, scores and what speaks for them', () => {
    using network = genes.network(expression)
    const { regulators, targets, effects, scores, times, lag } = network.info
    expect([regulators.length, targets.length]).toEqual([G, G])
    expect(effects.shape).toEqual([G, G])
    expect(times).toEqual(data.snapshots.map(({ time }) => time))
    expect(lag).toBe(1)
    for (let g = 0; g < G; ++g) expect(scores.data[g * G + g]).toBe(0)
    expect(network.info.explainedByTime >= 0.2).toBe(network.info.directionsKnown)
    const found = network.evidence({ draws: 2, permutations: 2 })
    for (let e = 0; e < G * G; ++e) {
      if (scores.data[e] === 0) continue
      expect([0.5, 1]).toContain(found.sameSign.data[e])
      expect(found.agreement.data[e]).toBe(found.within.data[e]! * effects.data[e]! > 0 ? 1 : 0)
    }
    expect(network.evidence({ draws: 2, permutations: 2 })).toEqual(found)
  })

  test('does not depend on the order of the cells, or on genes that do not vary', () => {
    using network = genes.network(expression)
    const { data: x } = expression.values
    const backwards = Array.from({ length: N }, (_, i) => N - 1 - i)
    const values = backwards.map((cell) => [...x.subarray(cell * G, (cell + 1) * G), 3])
    using other = genes.network({
      genes: [...names, 'Constant'],
      values,
      t: backwards.map((cell) => expression.t[cell]!),
    })
    expect(other.info.genes).toEqual(network.info.genes)
    other.info.effects.data.forEach((effect, e) => expect(effect).toBeCloseTo(network.info.effects.data[e]!, 2))
  })

  test('follows a held gene', () => {
    using network = genes.network(expression, { regulators: names.slice(0, 4) })
    expect(network.info.regulators).toEqual(names.slice(0, 4))
    const gene = names[0]!
    const held = network.held({ gene, at: 1 })
    expect(held).toMatchObject({ from: 0, at: 1, others: 3 })
    expect(held.levels[0]).toBeLessThan(0)
    expect(network.held({ gene, factor: 1 }).levels.every((change) => change === 0)).toBe(true)
    refuses(() => network.held({ gene: names[8]! }), 'bad-input', names[8]!, '4 regulators')
    refuses(() => network.held({ gene: 'Nanog' }), 'bad-input', 'Nanog')
    refuses(() => network.held({ gene, at: 1.5 }), 'usage', 'at is 1.5', '0, 1, 2')
    refuses(() => network.held({ gene, from: 2, at: 1 }), 'usage', 'later')
    network.dispose()
    refuses(() => network.held({ gene }), 'usage', 'disposed')
  })

  test('of what it cannot use is refused', () => {
    refuses(() => genes.network({ ...expression, genes: ['a'] }), 'usage', `${G} columns for 1 gene`)
    refuses(() => genes.network({ ...expression, t: 0 }), 'bad-input', 'two')
    refuses(() => genes.network({ ...expression, t: [1] }), 'usage', `for ${N} cells`)
    refuses(() => genes.network(expression, { regulators: ['Nanog'] }), 'bad-input', 'Nanog')
    refuses(() => genes.network(expression, { values: 'counts' }), 'bad-input')
    refuses(() => genes.network(expression, { ridge: 1 } as never), 'usage', "'ridge'")
    refuses(() => genes.network({ genes: ['a'], values: [[1], [1]], t: [0, 1] }), 'bad-input', 'more than one value')
  })
})

describe.runIf(typeof Worker === 'function')('in a worker', () => {
  const createWorker = () => new Worker(new URL('../../dist/genes_worker_main.js', import.meta.url), { type: 'module' })
  const wasmUrl = new URL('../../dist/wasm/cellmnn_genes.wasm', import.meta.url)

  test('all answers are as on the main thread', async () => {
    const remote = await startGenes({ wasmUrl, createWorker })
    using expected = genes.network(expression)
    const network = await remote.network(expression)
    expect(network.info).toEqual(expected.info)
    const few = { draws: 1, permutations: 1 }
    expect(await network.evidence(few)).toEqual(expected.evidence(few))
    expect(await network.held({ gene: names[1]! })).toEqual(expected.held({ gene: names[1]! }))
    expect(await remote.fates(data, sides)).toEqual(genes.fates(data, sides))
    expect(await remote.clouds(data, 0, { size: 3 })).toEqual(genes.clouds(data, 0, { size: 3 }))
    await rejects(remote.clouds(data, last), 'bad-input', 'later')
    const fates = genes.fates(data, sides)
    const ofLast = data.snapshots[last]!.expression!
    const asked = { expression: ofLast, atEnd: ofLast }
    expect(await remote.drivers(fates, last, asked)).toEqual(genes.drivers(fates, last, asked))
    const times = data.snapshots.map(({ time }) => time)
    const all = { times, expression: data.snapshots.map((one) => one.expression!) }
    expect(await remote.trends(fates, all)).toEqual(genes.trends(fates, all))
    const labels = { labels: sides.names, codes: new Int32Array(N) }
    expect(await remote.labelFlows(data, labels)).toEqual(genes.labelFlows(data, labels))
    const question = { snapshot: 0, gene: names[0]!, changed: [{ cells: data.snapshots[0]!.cells }] }
    expect(await remote.fateChange(data, sides, fates, question)).toEqual(
      genes.fateChange(data, sides, fates, question),
    )
    await network.dispose()
    await rejects(network.evidence(), 'usage', 'disposed')
    const lost = await remote.network(expression)
    remote.terminate()
    await rejects(lost.evidence(), 'worker', 'lost')
    remote.terminate()
  })

  test('needs a module and a way to start it', async () => {
    await rejects(startGenes({ createWorker }), 'usage', 'no module')
    await rejects(startGenes({ wasmUrl } as never), 'usage', 'createWorker')
    await rejects(startGenes({ wasmUrl, createWorker, workers: 2 } as never), 'usage', "'workers'")
  })
})

test('the first module has handles of its own', () => {
  using network = genes.network(expression)
  expect(genes.liveHandles).toBe(1)
  expect(lib.liveHandles).toBe(0)
  network.dispose()
})
