/** The native program and the module agree on the same model file and cells. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readNpz, type TimeCourse } from 'cellmnn'
import { readH5ad } from 'cellmnn/h5ad'
import { denseOperators } from '../dense_operators.js'
import { lib, relativeDifference } from '../support.js'

const PROGRAM = process.env.CELLMNN_PROGRAM ?? join(import.meta.dirname, '../../../../build/native/bin/cellmnn')
const WASM_BIN = process.env.CELLMNN_WASM_BIN ?? join(import.meta.dirname, '../../../../build/wasm/bin')
const DATA = process.env.CELLMNN_DATA

if (!existsSync(PROGRAM))
  throw new Error(`${PROGRAM} is missing: build the preset native before the tests of the preset wasm`)

const folder = mkdtempSync(join(tmpdir(), 'cellmnn-parity-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string) => join(folder, name)
const cellmnn = (...given: string[]) => execFileSync(PROGRAM, [...given, '--quiet'], { maxBuffer: 1e8 })

const SIMULATED = file('simulated.npz')
cellmnn('simulate', '--cells', '300', '-o', SIMULATED)

/** Everything that is compared, for one kind of operator on one data set. */
function agrees(data: () => string, operator: 'dense' | 'eigen', name: string) {
  const model = file(`${name}-${operator}.safetensors`)
  const log = file(`${name}-${operator}.json`)
  const steps = 200
  const read = async () => readNpz(readFileSync(data()))

  test('the model file is read, and written again byte by byte', () => {
    cellmnn(
      'train',
      data(),
      '-o',
      model,
      '--steps',
      String(steps),
      '--operator',
      operator,
      '--seed',
      '3',
      '--json-log',
      log,
    )
    using loaded = lib.loadModel(readFileSync(model))
    expect(Buffer.compare(loaded.toBytes(), readFileSync(model))).toBe(0)
  })

  test('predictions and velocities, float within 2e-5', async () => {
    using loaded = lib.loadModel(readFileSync(model))
    const predicted = file(`${name}-predicted.npz`)
    cellmnn('predict', model, data(), '--times', '0,1.5,4', '-o', predicted)
    const { snapshots } = await read()
    for (const [key, time] of [
      ['X_cellmnn_t0', 0],
      ['X_cellmnn_t1.5', 1.5],
      ['X_cellmnn_t4', 4],
      ['velocity_cellmnn', NaN],
    ] as const) {
      const expected = await readNpz(readFileSync(predicted), { embeddingKey: key, timeKey: 'time' })
      expected.snapshots.forEach(({ cells }, k) => {
        const { cells: own, time: t } = snapshots[k]!
        const got = Number.isNaN(time) ? loaded.velocity(own, t) : loaded.predict(own, t, time)
        expect(relativeDifference(got.data, cells.data), `${key} of time ${t}`).toBeLessThan(2e-5)
      })
    }
  })

  test('operators are what docs/model-format.md says, float within 2e-5', async () => {
    const bytes = new Uint8Array(readFileSync(model)) // a Buffer would slice without copying
    using loaded = lib.loadModel(bytes)
    const { snapshots } = await read()
    const { cells, time } = snapshots[1]!
    const rows = Math.min(cells.shape[0], 200)
    const some = { data: cells.data.slice(0, rows * 5), shape: [rows, 5] }
    const { data: operators } = loaded.operatorAt(some, time)
    if (operator === 'dense')
      expect(relativeDifference(operators, denseOperators(bytes, some, time))).toBeLessThan(2e-5)
    const { data: eigenvalues } = loaded.eigenvalues(some, time)
    for (let i = 0; i < rows; ++i) {
      let trace = 0
      for (let d = 0; d < 5; ++d) trace += operators[i * 25 + d * 6]!
      let sum = 0
      for (let d = 0; d < 5; ++d) sum += eigenvalues[i * 10 + d * 2]!
      expect(Math.abs(sum - trace)).toBeLessThan(1e-4 * (1 + Math.abs(trace)))
    }
  })

  test('scores, within 2e-5', async () => {
    using loaded = lib.loadModel(readFileSync(model))
    const json = file(`${name}-scores.json`)
    cellmnn('evaluate', data(), '--model', model, '--json', json)
    const { results } = JSON.parse(readFileSync(json, 'utf8')) as {
      results: { hold_out: number; w1: number; mmd: number }[]
    }
    const course = await read()
    expect(results.length).toBe(course.snapshots.length - 1)
    for (const { hold_out: time, w1, mmd } of results) {
      const score = lib.scoreModel(loaded, course, time)
      expect(Math.abs(score.w1 / w1 - 1)).toBeLessThan(2e-5)
      expect(Math.abs(score.mmd - mmd)).toBeLessThan(2e-5 * Math.max(mmd, 0.1))
    }
  })

  test(`the loss of ${steps} steps from the same seed, within 1e-3`, async () => {
    const lines = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; step: number; loss: number })
    const native = lines.filter(({ event }) => event === 'step')
    expect(native.length).toBeGreaterThan(90)
    using trainer = lib.createTrainer(await read(), { steps, operator, seed: 3 })
    for (const { step, loss } of native) {
      const { step: at, loss: got } = trainer.run({ steps: step - trainer.step })
      expect(at).toBe(step)
      expect(Math.abs(got.total - loss) / loss, `step ${step}`).toBeLessThan(1e-3)
    }
    using trained = trainer.model()
    using expected = lib.loadModel(readFileSync(model))
    const course = await read()
    const w1 = lib.scoreModel(trained, course, course.snapshots[2]!.time).w1
    expect(Math.abs(w1 / lib.scoreModel(expected, course, course.snapshots[2]!.time).w1 - 1)).toBeLessThan(0.01)
  })

  test('weights of cells of a model with mass, float within 2e-5', async () => {
    const heavy = file(`${name}-${operator}-mass.safetensors`)
    const predicted = file(`${name}-${operator}-weights.csv`)
    cellmnn('train', data(), '-o', heavy, '--mass', 'yes', '--steps', '100', '--operator', operator)
    cellmnn('predict', heavy, data(), '--times', '1.5', '-o', predicted)
    const [header, ...rows] = readFileSync(predicted, 'utf8').trim().split('\n')
    const column = (name: string) => rows.map((row) => Number(row.split(',')[header!.split(',').indexOf(name)]))
    const [times, expected] = [column('time'), column('weight')]
    using loaded = lib.loadModel(readFileSync(heavy))
    expect(loaded.info.mass).toBe(true)
    expect(Buffer.compare(loaded.toBytes(), readFileSync(heavy))).toBe(0)
    for (const { cells, time } of (await read()).snapshots) {
      const own = expected.filter((_, i) => times[i] === time)
      const { data: weights, shape } = loaded.weights(cells, time, 1.5)
      expect(shape).toEqual([1, own.length])
      expect(relativeDifference(weights, Float32Array.from(own)), `time ${time}`).toBeLessThan(2e-5)
    }
  })

  test('populations between snapshots by two networks, within 2e-5', async () => {
    const both = file(`${name}-${operator}-both.safetensors`)
    const out = file(`${name}-${operator}-population.npz`)
    cellmnn('train', data(), '-o', both, '--two-sided', '--steps', '50', '--operator', operator)
    using loaded = lib.loadModel(readFileSync(both))
    expect(loaded.info.twoSided).toBe(true)
    expect(Buffer.compare(loaded.toBytes(), readFileSync(both))).toBe(0)
    const course = await read()
    const [a, b] = course.snapshots
    const time = a!.time + 0.3 * (b!.time - a!.time)
    cellmnn('predict', both, data(), '--between', 'both', '--times', String(time), '--seed', '4', '-o', out)
    const { snapshots } = await readNpz(readFileSync(out), { embeddingKey: 'X_predicted', timeKey: 'predicted_time' })
    const population = loaded.population(course, time, { seed: 4 })
    expect(relativeDifference(population.points.data, snapshots[0]!.cells.data)).toBeLessThan(2e-5)
    expect(population.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10)
    expect(population.points.shape).toEqual([population.weights.length, a!.cells.shape[1]])
  })

  test('the score of such a population, within 2e-5', async () => {
    const unseen = file(`${name}-${operator}-unseen.safetensors`)
    const json = file(`${name}-${operator}-unseen.json`)
    const course = await read()
    const time = course.snapshots[1]!.time
    cellmnn('train', data(), '-o', unseen, '--two-sided', '--hold-out', String(time), '--steps', '50')
    cellmnn('evaluate', data(), '--model', unseen, '--json', json)
    const { results } = JSON.parse(readFileSync(json, 'utf8')) as {
      results: { method: string; hold_out: number; w1: number; mmd: number }[]
    }
    const native = results.filter(({ method }) => method === 'cellmnn-two-sided')
    expect(native.map(({ hold_out: at }) => at)).toEqual([time])
    using loaded = lib.loadModel(readFileSync(unseen))
    const { w1, mmd } = lib.scorePopulation(loaded, course, time)!
    expect(Math.abs(w1 / native[0]!.w1 - 1)).toBeLessThan(2e-5)
    expect(Math.abs(mmd - native[0]!.mmd)).toBeLessThan(2e-5 * Math.max(mmd, 0.1))
  })

  test('a model trained here is taken by the program', async () => {
    using trainer = lib.createTrainer(await read(), { steps: 3, operator })
    trainer.run()
    using trained = trainer.model()
    const own = file(`${name}-own.safetensors`)
    const { writeFileSync } = await import('node:fs')
    writeFileSync(own, trained.toBytes())
    cellmnn('predict', own, data(), '--times', '1', '-o', file(`${name}-own.npz`))
    const { snapshots } = await readNpz(readFileSync(file(`${name}-own.npz`)), {
      embeddingKey: 'X_predicted',
      timeKey: 'time',
    })
    const { cells, time } = (await read()).snapshots[0]!
    expect(relativeDifference(trained.predict(cells, time, 1).data, snapshots[0]!.cells.data)).toBeLessThan(2e-5)
  })
}

describe('simulated data', () => {
  describe('dense', () => agrees(() => SIMULATED, 'dense', 'simulated'))
  describe('eigen', () => agrees(() => SIMULATED, 'eigen', 'simulated'))
})

// Real data are no part of the project: ctest has a test of its own for them where CELLMNN_DATA is set.
if (DATA) describe('real data: embryoid bodies', () => agrees(() => join(DATA, 'eb_pcs.npz'), 'dense', 'eb'))

test('simulated data, expression and all', async () => {
  const { data } = lib.simulate({ cells: 300 })
  const { snapshots } = await readNpz(readFileSync(SIMULATED))
  expect(data.snapshots.length).toBe(snapshots.length)
  snapshots.forEach(({ cells }, k) =>
    expect(relativeDifference(data.snapshots[k]!.cells.data, cells.data)).toBeLessThan(2e-3),
  )
})

test('simple methods score alike, within 2e-5', async () => {
  const json = file('methods.json')
  cellmnn('evaluate', SIMULATED, '--hold-out', '2', '--methods', 'previous,next,mixture,ot-interpolate', '--json', json)
  const { results } = JSON.parse(readFileSync(json, 'utf8')) as { results: { method: string; w1: number }[] }
  const course: TimeCourse = await readNpz(readFileSync(SIMULATED))
  expect(results.length).toBe(4)
  for (const { method, w1 } of results)
    expect(Math.abs(lib.scoreMethod(method, course, 2).w1 / w1 - 1), method).toBeLessThan(2e-5)
})

test('h5ad files of the program are read', async () => {
  cellmnn('simulate', '--cells', '300', '-o', file('simulated.h5ad'))
  const { snapshots, genes } = await readH5ad(readFileSync(file('simulated.h5ad')))
  const expected = await readNpz(readFileSync(SIMULATED))
  expect(snapshots.map(({ time, cells }) => [time, cells])).toEqual(
    expected.snapshots.map(({ time, cells }) => [time, cells]),
  )
  expect(genes!.names.length).toBe(24)
})

test('interactions, within 2e-5', async () => {
  const [data, model, edges] = [file('genes.h5ad'), file('genes.safetensors'), file('edges.tsv')]
  cellmnn('simulate', '--cells', '300', '-o', data)
  cellmnn('train', data, '-o', model, '--steps', '200')
  cellmnn('network', model, data, '--degradation', '0.5', '-o', edges)
  const [header, ...rows] = readFileSync(edges, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const [regulator, target, effect] = ['regulator', 'target', 'effect'].map((name) => header!.indexOf(name)) as [
    number,
    number,
    number,
  ]
  const expected = new Map(rows.map((row) => [`${row[regulator]!} ${row[target]!}`, Number(row[effect]!)]))
  expect(expected.size).toBe(24 * 23)

  const { snapshots } = await readH5ad(readFileSync(data))
  const cells = snapshots.flatMap(({ cells: { data: values } }) => Array.from(values))
  const times = snapshots.flatMap(({ cells: { shape }, time }) => Array<number>(shape[0]).fill(time))
  using loaded = lib.loadModel(readFileSync(model))
  const got = loaded.interactions({ data: Float32Array.from(cells), shape: [times.length, 5] }, times, {
    top: 24 * 23,
    degradation: 0.5,
  })
  expect(got.length).toBe(expected.size)
  const largest = Math.max(...[...expected.values()].map(Math.abs))
  for (const edge of got)
    expect(Math.abs(edge.effect - expected.get(`${edge.regulator} ${edge.target}`)!)).toBeLessThan(2e-5 * largest)
})

test('the core in double agrees within 1e-9', () => {
  const lines = (text: Buffer) =>
    text
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
  const native = lines(execFileSync(join(PROGRAM, '../double_values')))
  const wasm = lines(execFileSync(process.execPath, ['--no-experimental-fetch', join(WASM_BIN, 'double_values.js')]))
  expect(wasm.map(([name]) => name)).toEqual([
    'positions',
    'loss-dense',
    'gradient-dense',
    'loss-eigen',
    'gradient-eigen',
    'distances',
  ])
  wasm.forEach(([name, ...values], i) => {
    expect(relativeDifference(values.map(Number), native[i]!.slice(1).map(Number)), name).toBeLessThan(1e-9)
  })
})
