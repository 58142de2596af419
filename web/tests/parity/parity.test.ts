/** Asked the same of one model and the same cells, page, package and program give the same numbers. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCellMnn, readNpz, type Matrix, type Model, type TimeCourse } from 'cellmnn'
import { readH5ad } from 'cellmnn/h5ad'
import { startWorkers, type RemoteCellMnn, type RemoteModel } from 'cellmnn/worker'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { datasetOf, spreadOf, timeCourseOf, type Dataset } from '../../src/cells/dataset.ts'
import { positionAt } from '../../src/cells/paths.ts'
import { changedGenes, report } from '../../src/selection/change.ts'
import { group } from '../../src/selection/group.ts'
import { problem } from '../../src/session/problem.ts'
import { dataset, paths, trained } from '../../src/session/session.ts'
import { readHash, state } from '../../src/session/state.ts'
import { program } from '../support/demo.ts'
import { rowsOf } from '../support/table.ts'

vi.hoisted(() => vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined })))

const DATA = process.env.CELLMNN_DATA
const ALLOWED = 1e-4 // of a component's spread

const folder = mkdtempSync(join(tmpdir(), 'cellmnn-parity-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string) => join(folder, name)
const cellmnn = (...given: (string | number)[]) => execFileSync(program, [...given.map(String), '--quiet'])

const lib = await loadCellMnn()
let remote: RemoteCellMnn
beforeAll(async () => {
  remote = await startWorkers({ workers: 2 })
})
afterAll(() => remote.terminate())

/** What is asked: cells, and a model that was trained on them. */
let path: string
let course: TimeCourse
let model: Model
let shown: RemoteModel
let data: Dataset
let spread: Float64Array
const modelFile = () => `${path}.safetensors`

/** Opens the cells with a model in the package and on the page. */
async function open(cells: string): Promise<void> {
  path = cells
  cellmnn('train', path, '-o', modelFile(), '--steps', 400)
  course = await (path.endsWith('.h5ad') ? readH5ad : readNpz)(readFileSync(path), { dims: 5 })
  model = lib.loadModel(readFileSync(modelFile()))
  shown = await remote.loadModel(readFileSync(modelFile()))
  data = datasetOf(course, 'cells')
  spread = spreadOf(data.cells)
  readHash('')
  state.tab.value = 'tour' // the page shows the trained model there, and scores nothing
  dataset.value = data
  trained.value = shown
}

/** The page's answer, once it is there. */
async function shownBy<T>(ask: () => T | null): Promise<T> {
  await expect.poll(() => ask() !== null || problem.value, { timeout: 120_000, interval: 20 }).toBe(true)
  return ask()!
}

/** The largest distance from what the program says, in spreads of each component. */
function distance(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(got.length).toBe(expected.length)
  let largest = 0
  for (let i = 0; i < got.length; ++i) {
    const off = Math.abs(got[i]! - expected[i]!) / spread[i % spread.length]!
    largest = Number.isNaN(off) ? Infinity : Math.max(largest, off)
  }
  return largest
}

async function predictedByProgram(from: number, time: number): Promise<Float32Array> {
  const out = file('predicted.npz')
  cellmnn('predict', modelFile(), path, '--from', from, '--times', time, '-o', out)
  const { snapshots } = await readNpz(readFileSync(out), { embeddingKey: 'X_predicted', timeKey: 'time' })
  return snapshots[0]!.cells.data
}

/** All cells of a snapshot, as the page has them at a time. */
function onPage(snapshot: number, time: number): Float64Array {
  const { begin, end } = data.snapshots[snapshot]!
  const cells = Array.from({ length: end - begin }, (_, i) => [...positionAt(paths.value!, begin + i, time)])
  return Float64Array.from(cells.flat())
}

function testPaths(): void {
  test('predictions at eight times: back and forth, between snapshots, beyond them', async () => {
    const { times: frames } = await shownBy(() => (paths.value?.count === data.cells.shape[0] ? paths.value : null))
    const at = data.snapshots.map(({ time }) => time)
    const last = at.length - 1
    const between = (k: number) => frames[(frames.indexOf(at[k]!) + frames.indexOf(at[k + 1]!)) >> 1]!
    const onlyElsewhere = [at[0]! - 0.3 * (at[1]! - at[0]!), at[last]! + 0.4 * (at[last]! - at[last - 1]!)]
    const times = [at[0]!, between(0), at[1]!, between(1), at[2]!, at[last]!, ...onlyElsewhere]
    expect(new Set(times).size).toBe(8)
    const { cells, time: from } = course.snapshots[1]!
    for (const time of times) {
      const expected = await predictedByProgram(from, time)
      expect(distance(model.predict(cells, from, time).data, expected), `package, time ${time}`).toBeLessThan(ALLOWED)
      if (onlyElsewhere.includes(time)) continue // the page stays within the snapshots
      expect(distance(onPage(1, time), expected), `page, time ${time}`).toBeLessThan(ALLOWED)
    }
  })

  test('W1 of each snapshot, predicted from the one before', async () => {
    const json = file('scores.json')
    cellmnn('evaluate', path, '--model', modelFile(), '--json', json)
    const { results } = JSON.parse(readFileSync(json, 'utf8')) as { results: { hold_out: number; w1: number }[] }
    expect(results.length).toBe(data.snapshots.length - 1)
    for (const { hold_out: time, w1 } of results) {
      expect(Math.abs(lib.scoreModel(model, course, time).w1 - w1), `package, time ${time}`).toBeLessThan(ALLOWED)
      const { w1: there } = await remote.scoreModel(shown, timeCourseOf(data), time)
      expect(Math.abs(there - w1), `page, time ${time}`).toBeLessThan(ALLOWED)
    }
  })
}

interface Told {
  cells: number
  shift_of_mean: number
  shift_of_cells: number
  w1: number
  controls: number
  control_shift: number
  p: number
}

/** What `perturb` says of cells of the second snapshot at the last time. */
function toldByProgram(change: string) {
  const [table, log] = [file('changes.tsv'), file('perturb.json')]
  const [from, to] = [data.snapshots[1]!.time, data.snapshots.at(-1)!.time]
  rmSync(log, { force: true })
  const given = ['--gene', change, '--group', `time=${from}`, '--times', to, '-o', table, '--json-log', log]
  cellmnn('perturb', modelFile(), path, ...given)
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  const told = lines.map((line) => JSON.parse(line) as { event: string }).find(({ event }) => event === 'perturbation')
  return { told: told as unknown as Told, rows: rowsOf(table), from, to }
}

/** Effects of the cells of a time alone. */
function edgesOfProgram(time: number): Record<string, string>[] {
  cellmnn('network', modelFile(), path, '--by', 'time', '-o', file('edges.tsv'))
  return rowsOf(file('edges.tsv')).filter(({ group }) => group === `time ${time}`)
}

function testGenes(): void {
  const cellsOfSecond = () => {
    const { cells, time } = course.snapshots[1]!
    return [cells as Matrix, time] as const
  }

  test.each([
    ['a knock-out', 0, '0'],
    ['a double dose', 2, 'x2'],
  ])('%s beside its controls', async (_, factor, level) => {
    const gene = model.interactions(...cellsOfSecond(), { top: 1 })[0]!.regulator
    const { told, rows, to: time } = toldByProgram(`${gene}=${level}`)
    const largest = Math.max(...spread)
    const near = (got: number, expected: number, what: string) =>
      expect(Math.abs(got - expected), what).toBeLessThan(ALLOWED * largest)

    state.group.value = 'cells,1,,'
    state.gene.value = gene
    state.level.value = factor
    const name = (g: number) => model.info.genes[g]!
    const ofPackage = model.perturbationReport(...cellsOfSecond(), { gene, factor, time })
    near(ofPackage.w1!, told.w1, 'W1')
    near(lib.wasserstein(...predictionsOf(gene, factor, time)), told.w1, 'W1 of predictions')
    const ofPage = await shownBy(() => (report.value?.gene === gene ? report.value : null))
    for (const got of [ofPackage, ofPage]) {
      expect(got.cells).toBe(told.cells)
      expect(got.controlShifts.length).toBe(told.controls)
      expect(told.controls).toBeGreaterThan(10)
      near(got.ofMean, told.shift_of_mean, 'shift of the mean')
      near(got.ofCells, told.shift_of_cells, 'shift of cells')
      near(got.controlShift, told.control_shift, 'shift by controls')
      expect(got.p).toBeCloseTo(told.p, 9)
      const places = new Map(Array.from(got.genes, (_, g) => [name(g), g]))
      for (const row of rows) {
        const g = places.get(row.gene!)!
        near(got.genes[g]!, Number(row.change), row.gene!)
        near(got.controlMean[g]!, Number(row.control_mean), row.gene!)
        near(got.controlSd[g]!, Number(row.control_sd), row.gene!)
      }
    }
    expect(changedGenes.value.map(({ name }) => name).sort()).toEqual(rows.map(({ gene }) => gene).sort())
    state.gene.value = ''
    state.group.value = ''
  })

  function predictionsOf(gene: string, factor: number, time: number): [Matrix, Matrix] {
    const { unchanged, changed } = model.perturb(...cellsOfSecond(), { gene, factor, times: time })
    const [, count, dims] = unchanged.shape as [number, number, number]
    return [
      { data: unchanged.data, shape: [count, dims] },
      { data: changed.data, shape: [count, dims] },
    ]
  }

  test('the strongest effects of regulators', async () => {
    state.group.value = 'cells,1,,'
    const ofPage = await shownBy(() => (group.interactions.value.length > 0 ? group.interactions.value : null))
    const ofPackage = model.interactions(...cellsOfSecond(), { top: 50 })
    const edges = edgesOfProgram(data.snapshots[1]!.time)
    const largest = Math.abs(Number(edges[0]!.effect))
    expect(ofPage.length).toBe(12)
    for (const found of [ofPage, ofPackage]) {
      found.forEach(({ regulator, target, effect }) => {
        const edge = edges.find((one) => one.regulator === regulator && one.target === target)!
        expect(Math.abs(effect - Number(edge.effect)), `${regulator} on ${target}`).toBeLessThan(ALLOWED * largest)
      })
    }
    state.group.value = ''
  })
}

describe('simulated cells', () => {
  beforeAll(() => {
    cellmnn('simulate', '--times', '0,1,2,3,4,5,6,7', '--cells', 100, '-o', file('simulated.h5ad'))
    return open(file('simulated.h5ad'))
  })
  testPaths()
  testGenes()
})

// Real data are no part of the project: ctest has a test of its own for them where CELLMNN_DATA is set.
if (DATA) {
  describe('real data: embryoid bodies', () => {
    beforeAll(() => {
      copyFileSync(join(DATA, 'eb_pcs.npz'), file('eb.npz'))
      return open(file('eb.npz'))
    })
    testPaths()
  })

  describe('real data: muscle', () => {
    beforeAll(() => {
      cellmnn('preprocess', join(DATA, 'hsmm.h5ad'), '--values', 'log', '-o', file('muscle.h5ad'))
      return open(file('muscle.h5ad'))
    })
    testPaths()
    testGenes()
  })
}
