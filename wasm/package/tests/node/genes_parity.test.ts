/** The program and the module of genes give the same numbers for the same files. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import * as h5wasm from 'h5wasm/node'
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

test('fates of cells, with a model and without', async () => {
  cellmnn('train', file('cells.h5ad'), '-o', file('model.safetensors'), '--steps', '50', '--width', '32')
  const course = await readH5ad(readFileSync(file('cells.h5ad')))
  const fate = course.annotations!.labels.find(({ name }) => name === 'fate')!
  const known = genes.knownFates(course, fate)
  using model = lib.loadModel(readFileSync(file('model.safetensors')))
  const moved = course.snapshots.slice(0, -1).map(({ time, cells }, s) => {
    const { data: x, shape } = model.predict(cells, time, course.snapshots[s + 1]!.time)
    return { data: x, shape: shape.slice(1) }
  })
  for (const given of [[], [file('model.safetensors')]]) {
    cellmnn('fates', ...given, file('cells.h5ad'), '--label-key', 'fate', '-o', file('fates.tsv'))
    const { probabilities } = genes.fates(course, known, given.length === 0 ? {} : { moved })
    const [header, ...rows] = rowsOf('fates.tsv')
    const byTime = new Map<number, number>()
    for (const row of rows) {
      const time = Number(row[1])
      const s = course.snapshots.findIndex((snapshot) => snapshot.time === time)
      const i = byTime.get(time) ?? 0
      byTime.set(time, i + 1)
      known.names.forEach((name, f) =>
        // The positions of the model are single precision, of which two builds round differently.
        near(probabilities[s]!.data[i * known.names.length + f]!, row[header!.indexOf(name)], `${row[0]} ${name}`),
      )
    }
    expect(byTime.get(0)).toBe(80)
  }
})
