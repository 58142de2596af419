import { afterAll, describe, expect, test } from 'vitest'
import { loadGenes, type Fates, type KnownFates } from 'cellmnn/genes'
import { startGenes } from 'cellmnn/genes/worker'
import { data, lib, refuses, rejects, trained } from '../support.js'

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
/** Which of the last cells have a second coordinate above 0. */
const sides: KnownFates = {
  names: ['left', 'right'],
  ofCells: data.snapshots.map(({ cells: { data: x, shape } }, s) =>
    Array.from({ length: shape[0] }, (_, i) => (s < last ? -1 : x[i * shape[1] + 1]! > 0 ? 1 : 0)),
  ),
}

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

describe('fates', () => {
  test('begin as base rates, and end at what is known', () => {
    const { baseRates, probabilities, known, words, reached } = genes.fates(data, sides)
    expect(known[last]).toBeGreaterThan(0.99)
    expect(words.every((word) => typeof word === 'string')).toBe(true)
    expect(reached[last]!.data[0]).toBe(sides.ofCells[last]![0] === 0 ? 1 : 0)
    for (const { data: p, shape } of probabilities) {
      expect(shape[1]).toBe(2)
      for (let i = 0; i < p.length; i += 2) expect(p[i]! + p[i + 1]!).toBeCloseTo(1, 12)
    }
    expect(baseRates[0]! + baseRates[1]!).toBeCloseTo(1, 12)
  })

  test('differ with where a model moves the cells', () => {
    using model = trained()
    const moved = movedBy(model)
    const stay = genes.fates(data, sides)
    const both = genes.fates(data, sides, { moved })
    expect(both.probabilities[0]!.data).not.toEqual(stay.probabilities[0]!.data)
    const inPlace = data.snapshots.slice(0, -1).map(({ cells }) => cells)
    expectClose(genes.fates(data, sides, { moved: inPlace }), stay)
    refuses(() => genes.fates(data, sides, { moved: moved.slice(1) }), 'usage', `list of ${last} matrices`)
    const other = [[[1]], ...moved.slice(1)]
    refuses(() => genes.fates(data, sides, { moved: other }), 'bad-input', 'moved[0]', '150 x 5')
  })

  test('are those that labels of the last cells name', () => {
    const codes = sides.ofCells.flatMap((fates, s) => (s < last ? fates.map(() => 2) : (fates as number[])))
    const labels = ['left', 'right', 'early', 'never']
    expect(genes.knownFates(data, { labels, codes: Int32Array.from(codes) })).toEqual(sides)
    const open = genes.knownFates(data, { labels, codes: Int32Array.from(codes) }, ['left'])
    expect(open.names).toEqual(['right'])
    expect(open.ofCells[last]).toEqual((sides.ofCells[last] as number[]).map((fate) => fate - 1))
    refuses(() => genes.knownFates(data, { labels, codes: Int32Array.of(1) }), 'usage', `1 labels for ${N} cells`)
    refuses(() => genes.knownFates(data, { labels: [], codes: Int32Array.from(codes) }), 'usage', '0 labels')
    refuses(() => genes.knownFates(data, { labels, codes: Int32Array.from(codes) }, ['up']), 'bad-input', "'up'")
  })

  test('of what cannot be known are refused', () => {
    refuses(() => genes.fates(data, { names: ['a', 'b'], ofCells: [] }), 'usage', 'snapshots')
    const none = { ...sides, names: ['left', 'right', 'up'] }
    refuses(() => genes.fates(data, none), 'bad-input', "'up' has no cells")
    const wrong = { ...sides, ofCells: sides.ofCells.map((one) => Array.from(one, () => 7)) }
    refuses(() => genes.fates(data, wrong), 'bad-input', 'holds 7')
    refuses(() => genes.fates(data, sides, { width: 1 } as never), 'usage', "'width'")
  })
})

test('clouds are measured later cells', () => {
  const clouds = genes.clouds(data, 1, { size: 10 })
  expect(clouds.map(({ time }) => time)).toEqual(data.snapshots.slice(2).map(({ time }) => time))
  for (const { cells, known } of clouds) {
    expect(cells.shape).toEqual([150, 10])
    expect(cells.data.every((cell) => cell >= 0 && cell < 150)).toBe(true)
    expect(known.length).toBe(150)
  }
  expect(genes.clouds(data, 1, { size: 10 })).toEqual(clouds)
  refuses(() => genes.clouds(data, last), 'bad-input', 'later')
  refuses(() => genes.clouds(data, -1), 'usage', 'from is -1')
  refuses(() => genes.clouds(data, 0, { size: 0 }), 'bad-input', '0 cells')
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

function movedBy(model: ReturnType<typeof trained>) {
  return data.snapshots.slice(0, -1).map(({ time, cells }, s) => {
    const { data: x, shape } = model.predict(cells, time, [data.snapshots[s + 1]!.time])
    return { data: x, shape: [shape[1], shape[2]] }
  })
}

function expectClose(a: Fates, b: Fates): void {
  a.probabilities.forEach(({ data: p }, s) =>
    p.forEach((value, i) => expect(value).toBeCloseTo(b.probabilities[s]!.data[i]!, 6)),
  )
}

test('the first module has handles of its own', () => {
  using network = genes.network(expression)
  expect(genes.liveHandles).toBe(1)
  expect(lib.liveHandles).toBe(0)
  network.dispose()
})
