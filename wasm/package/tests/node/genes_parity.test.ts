/** The program and the module of genes give the same numbers for the same files. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import * as h5wasm from 'h5wasm/node'
import type { Matrix, MatrixLike } from 'cellmnn'
import { loadGenes, type ExpressionLike } from 'cellmnn/genes'
import { readH5ad } from 'cellmnn/h5ad'
import { lib } from '../support.js'

const PROGRAM = process.env.CELLMNN_PROGRAM ?? join(import.meta.dirname, '../../../../build/native/bin/cellmnn')
const folder = mkdtempSync(join(tmpdir(), 'cellmnn-genes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string) => join(folder, name)
const cellmnn = (...given: string[]) => execFileSync(PROGRAM, [...given, '--quiet'], { stdio: 'pipe' })
const rowsOf = (name: string) =>
  readFileSync(file(name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))

const genes = await loadGenes()
const CLOSE = 1e-6
const near = (got: number, expected: string | undefined, what: string) =>
  expect(Math.abs(got - Number(expected)), `${what}: ${got} and ${expected}`).toBeLessThan(CLOSE)

cellmnn('simulate', '--cells', '80', '-o', file('cells.h5ad'))
const expression = await expressionIn(file('cells.h5ad'))
const names = expression.genes

async function expressionIn(path: string): Promise<ExpressionLike & { genes: string[] }> {
  await h5wasm.ready
  const content = new h5wasm.File(path, 'r')
  const at = (name: string) => content.get(name) as h5wasm.Dataset
  const read = {
    genes: at('var/index').value as string[],
    values: { data: at('X').value as Float32Array, shape: at('X').shape! },
    t: at('obs/time').value as Float64Array,
  }
  content.close()
  return read
}

test('effects of a network, and what speaks for them', () => {
  cellmnn('network', file('cells.h5ad'), '-o', file('edges.tsv'), '--draws', '3', '--shuffles', '3')
  using network = genes.network(expression)
  const { regulators, targets, effects, scores } = network.info
  const evidence = network.evidence({ draws: 3, permutations: 3 })
  const [header, ...edges] = rowsOf('edges.tsv')
  expect(edges.length).toBe(names.length * (names.length - 1))
  for (const edge of edges) {
    const column = (name: string) => edge[header!.indexOf(name)]
    const e = regulators.indexOf(column('source')!) * targets.length + targets.indexOf(column('target')!)
    const what = `${column('source')} -> ${column('target')}`
    near(effects.data[e]!, column('effect'), what)
    near(scores.data[e]!, column('score'), what)
    near(evidence.sameSign.data[e]!, column('same_sign'), what)
    near(evidence.p.data[e]!, column('p'), what)
    near(evidence.within.data[e]!, column('correlation_within'), what)
    near(evidence.agreement.data[e]!, column('agreement'), what)
    near(evidence.confidence.data[e]!, column('confidence'), what)
  }
})

test('held genes', () => {
  const gene = names[2]!
  cellmnn('perturb', file('cells.h5ad'), '--gene', `${gene}=0`, '-o', file('changes.tsv'))
  using network = genes.network(expression)
  const [header, ...changes] = rowsOf('changes.tsv')
  expect(changes.length).toBeGreaterThan(names.length)
  for (const change of changes) {
    const column = (name: string) => change[header!.indexOf(name)]
    const held = network.held({ gene, at: Number(column('time')) })
    const g = network.info.genes.indexOf(column('gene')!)
    near(held.levels[g]!, column('change'), column('gene')!)
    near(held.expression[g]!, column('change_of_expression'), column('gene')!)
    near(held.byCoExpression[g]!, column('by_co_expression'), column('gene')!)
  }
})

describe('fates of cells', async () => {
  const PLACES = 2e-5 // the positions of the model are single precision, of which two builds round differently
  cellmnn('train', file('cells.h5ad'), '-o', file('model.safetensors'), '--steps', '50', '--width', '32')
  const course = await readH5ad(readFileSync(file('cells.h5ad')), { geneMeans: true })
  const fate = course.annotations!.labels.find(({ name }) => name === 'fate')!
  const known = genes.knownFates(course, fate)
  const times = course.snapshots.map(({ time }) => time)
  const [last, G] = [times.length - 1, names.length]
  const model = lib.loadModel(readFileSync(file('model.safetensors')))
  afterAll(() => model.dispose())
  const movedTo = (cells: MatrixLike, s: number) => {
    const { data: x, shape } = model.predict(cells, times[s]!, times[s + 1]!)
    return { data: x, shape: shape.slice(1) }
  }
  const moved = course.snapshots.slice(0, -1).map(({ cells }, s) => movedTo(cells, s))
  // The cells of the file ascend in time.
  const starts = course.snapshots.map(({ cells }) => cells.shape[0])
  const expressionOf = (s: number): MatrixLike => {
    const begin = starts.slice(0, s).reduce((sum, count) => sum + count, 0)
    const { data: x } = expression.values as Matrix
    return { data: x.slice(begin * G, (begin + starts[s]!) * G), shape: [starts[s]!, G] }
  }
  const snapshotOf = (time: string | undefined) => times.indexOf(Number(time))
  const isNear = (got: number, expected: string | undefined, what: string) => {
    const allowed = PLACES * Math.max(1, Math.abs(Number(expected)))
    expect(Math.abs(got - Number(expected)), `${what}: ${got} and ${expected}`).toBeLessThan(allowed)
  }

  /** The rows of a table, each as an object. */
  const table = (name: string) => {
    const [header, ...rows] = rowsOf(name)
    return rows.map((row) => Object.fromEntries(header!.map((column, c) => [column, row[c]!])))
  }

  describe.each([
    ['with a model', [file('model.safetensors')], { moved }],
    ['without', [], {}],
  ] as const)('%s', (_, given, chain) => {
    const fates = genes.fates(course, known, chain)
    const files = ['drivers', 'trends', 'alluvial'].flatMap((name) => [`--${name}`, file(`${name}.tsv`)])
    cellmnn('fates', ...given, file('cells.h5ad'), '--label-key', 'fate', '-o', file('fates.tsv'), ...files)
    const [ofCells, drivers, trends, flows] = ['fates', 'drivers', 'trends', 'alluvial'].map((name) =>
      table(`${name}.tsv`),
    )

    test('probabilities', () => {
      const byTime = new Map<number, number>()
      for (const row of ofCells!) {
        const s = snapshotOf(row.time)
        const i = byTime.get(s) ?? 0
        byTime.set(s, i + 1)
        known.names.forEach((name, f) =>
          isNear(fates.probabilities[s]!.data[i * known.names.length + f]!, row[name], `${row.cell} ${name}`),
        )
      }
      expect(byTime.get(0)).toBe(80)
    })

    test('drivers, and where there are none', () => {
      const here = new Set(drivers!.map(({ time }) => snapshotOf(time)))
      expect([...here].sort()).toEqual(fates.whyNoDrivers.flatMap((why, s) => (why === '' && s < last ? [s] : [])))
      for (const s of here) {
        const found = genes.drivers(fates, s, { expression: expressionOf(s), atEnd: expressionOf(last) })
        for (const row of drivers!.filter(({ time }) => snapshotOf(time) === s)) {
          const of = found[known.names.indexOf(row.fate!)]!
          const g = names.indexOf(row.gene!)
          const what = `${row.fate} ${row.time} ${row.gene}`
          expect(of.order[Number(row.rank) - 1], what).toBe(g)
          for (const name of ['difference', 'low', 'high', 'effect', 'p', 'q'] as const)
            isNear(of[name][g]!, row[name], `${what} ${name}`)
          isNear(of.atEnd[g]!, row.at_end, what)
        }
      }
    })

    test('trends', () => {
      const found = genes.trends(fates, { times, expression: times.map((_, s) => expressionOf(s)) })
      for (const row of trends!) {
        const [t, g] = [
          found.times.findIndex((time) => Math.abs(time - Number(row.time)) < 1e-6),
          names.indexOf(row.gene!),
        ]
        const of = found.ofFates[known.names.indexOf(row.fate!)]!
        for (const name of ['mean', 'low', 'high'] as const)
          isNear(of[name].data[t * G + g]!, row[name], `${row.fate} ${row.time} ${row.gene} ${name}`)
        if (row.all_cells !== '') isNear(found.all.data[snapshotOf(row.time) * G + g]!, row.all_cells, row.gene!)
      }
    })

    test('labels that become others', () => {
      const found = genes.labelFlows(course, fate, chain)
      const L = fate.labels.length
      for (const row of flows!) {
        const step = found[snapshotOf(row.from_time)]!
        const [a, b] = [fate.labels.indexOf(row.from_label!), fate.labels.indexOf(row.to_label!)]
        const what = `${row.from_time} ${row.from_label} ${row.to_label}`
        isNear(step.shares.data[a * L + b]!, row.share, what)
        isNear(step.measuredFrom[a]!, row.measured_from, what)
        isNear(step.measuredTo[b]!, row.measured_to, what)
        isNear(step.predictedTo[b]!, row.predicted_to, what)
      }
    })

    test.each([
      ['a knock-out', '0', 0],
      ['a double dose', 'x2', 2],
    ])('%s as a change of fates', (_, level, factor) => {
      const chosen = names.slice(0, 2)
      const asked = ['--fates', '--label-key', 'fate', '--screen', chosen.join(','), '--to', level]
      cellmnn('perturb', ...given, file('cells.h5ad'), ...asked, '--controls', '7', '-o', file('changes.tsv'))
      const rows = table('changes.tsv')
      for (const gene of chosen) {
        for (let s = 0; s < last; ++s) {
          const { cells } = course.snapshots[s]!
          const changed = [gene, ...model.similarGenes(cells, gene, 7)].map((one) => {
            const after = model.changedCells(cells, { gene: one, factor })
            return { cells: after, ...(given.length > 0 && { moved: movedTo(after, s) }) }
          })
          const found = genes.fateChange(course, known, fates, { snapshot: s, gene, factor, changed }, chain)
          for (const row of rows.filter((one) => one.gene === gene && snapshotOf(one.time) === s)) {
            const f = known.names.indexOf(row.fate!)
            for (const name of ['fraction', 'change', 'p', 'control'] as const)
              isNear(found[name][f]!, row[name], `${gene} ${row.time} ${row.fate} ${name}`)
          }
        }
      }
      expect(rows.length).toBe(chosen.length * last * known.names.length)
    })
  })
})
