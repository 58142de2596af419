/** What the questions of the cases claim holds for the cells that are simulated. */
import { readFileSync } from 'node:fs'
import { loadCellMnn, type SmallSimulation, type SmallSystemOptions } from 'cellmnn'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'

let simulate: (options: SmallSystemOptions) => SmallSimulation
beforeAll(async () => {
  const file = new URL('../../../wasm/package/dist/wasm/cellmnn.wasm', import.meta.url)
  const library = await loadCellMnn({ wasmBinary: readFileSync(file) })
  simulate = (options) => library.simulateSmall(options)
})

/** The mean of a gene in each snapshot. */
const means = ({ data }: SmallSimulation, gene: string): number[] =>
  data.snapshots.map(
    ({
      cells: {
        data: values,
        shape: [count, dims],
      },
    }) => {
      let sum = 0
      for (let i = 0; i < count; ++i) sum += values[i * dims + data.genes!.names.indexOf(gene)]!
      return sum / count
    },
  )

const shareOf = ({ fates, kinds }: SmallSimulation, kind: string, snapshot: number): number =>
  fates[snapshot]!.filter((one) => one === kinds.indexOf(kind)).length / fates[snapshot]!.length

const rightAnswer = (name: keyof typeof en.cases, question: number): string => {
  const { options, right } = en.cases[name].questions[question]!
  return options[right]!
}

test('a switch: both ends, and one end without A', () => {
  const usual = simulate({ system: 'switch' })
  expect(shareOf(usual, 'undecided', 0)).toBeGreaterThan(0.95)
  for (const fate of ['A', 'B']) expect(shareOf(usual, fate, 4)).toBeGreaterThan(0.3)
  expect(rightAnswer('switch', 1)).toBe('Nearly all of them with B high')
  expect(shareOf(simulate({ system: 'switch', knockedOut: 'A' }), 'B', 4)).toBeGreaterThan(0.9)
})

test('decay: Old does not care about New', () => {
  const old = means(simulate({ system: 'decay' }), 'Old')
  expect(old[4]).toBeLessThan(0.3 * old[0]!)
  expect(means(simulate({ system: 'decay', knockedOut: 'New' }), 'Old')).toEqual(old)
  expect(rightAnswer('decay', 1)).toBe('Knock out New and look at Old')
})

test('a confounder: Late does not care about Early', () => {
  const late = means(simulate({ system: 'confounder' }), 'Late')
  expect(late[4]).toBeGreaterThan(5 * late[0]!)
  expect(means(simulate({ system: 'confounder', knockedOut: 'Early' }), 'Late')).toEqual(late)
  expect(rightAnswer('confounder', 1)).toBe('It rises as before')
})

test('two times: Pulse is low at both, and high in between', () => {
  const [first, last] = means(simulate({ system: 'pulse', times: [0, 4] }), 'Pulse') as [number, number]
  const pulse = means(simulate({ system: 'pulse' }), 'Pulse')
  expect(pulse[0]).toBeCloseTo(first, 1)
  expect(pulse[4]).toBeCloseTo(last, 1)
  expect(Math.max(...pulse)).toBeGreaterThan(4 * Math.max(first, last))
})

test('growth: shares change although no cell does', () => {
  const cells = simulate({ system: 'growth' })
  expect(shareOf(cells, 'dividing', 0)).toBeCloseTo(0.5, 1)
  expect(shareOf(cells, 'dividing', 4)).toBeGreaterThan(0.9)
  const [paths, times, dims] = cells.paths.shape as [number, number, number]
  for (let p = 0; p < paths; ++p) {
    const lead = (t: number) =>
      cells.paths.data[(p * times + t) * dims]! - cells.paths.data[(p * times + t) * dims + 1]!
    for (let t = 1; t < times; ++t) expect(Math.sign(lead(t))).toBe(Math.sign(lead(0)))
  }
})

test('convergence: at the end nothing tells the kinds apart', () => {
  const { data, fates } = simulate({ system: 'convergence' })
  const meanOf = (snapshot: number, kind: number, gene: number) => {
    const { data: values, shape } = data.snapshots[snapshot]!.cells
    const of = fates[snapshot]!.flatMap((one, i) => (one === kind ? [values[i * shape[1] + gene]!] : []))
    return of.reduce((sum, value) => sum + value, 0) / of.length
  }
  expect(Math.abs(meanOf(0, 0, 0) - meanOf(0, 1, 0))).toBeGreaterThan(2)
  for (const gene of [0, 1, 2]) expect(Math.abs(meanOf(4, 0, gene) - meanOf(4, 1, gene))).toBeLessThan(0.15)
})

test('bad input is refused in a sentence', () => {
  expect(() => simulate({ system: 'swich' as 'switch' })).toThrow("system is 'swich'; expected one of switch,")
  expect(() => simulate({ system: 'switch', knockedOut: 'C' })).toThrow(
    "knockedOut is 'C', but the simulated genes are A, B",
  )
  expect(() => simulate({ system: 'switch', times: [0] })).toThrow('times')
  expect(() => simulate({ system: 'switch', cels: 3 } as never)).toThrow("there is no option 'cels'")
})
