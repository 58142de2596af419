/** Simulated cells with a question: made here, and with them the truth. The address names them. */
import { effect, signal } from '@preact/signals'
import type { CellLabels, Matrix, SmallSystem, TimeCourse } from 'cellmnn'
import { datasetOf, type Dataset } from '../cells/dataset.ts'
import { projectedPaths, type TruePaths } from '../cells/true_paths.ts'
import { CASES, type CaseName } from '../text/table.ts'
import { lastAnswer } from './async_signal.ts'
import { message, problem } from './problem.ts'
import { dataset, library, open, openedBytes } from './session.ts'
import { state } from './state.ts'
import { strings } from './language.ts'
import { ofCase, type CaseTruth, type Truth } from './truth.ts'

export const making = signal(false)

const systemOf = (name: Exclude<CaseName, 'branching'>): SmallSystem => (name === 'two-times' ? 'pulse' : name)

const TIMES = [0, 1, 2, 3, 4]
const TWO_TIMES = [0, 4]

async function smallCells(name: Exclude<CaseName, 'branching'>, knocked: string, often: boolean): Promise<Truth> {
  const times = name === 'two-times' && !often ? TWO_TIMES : TIMES
  const found = await (await library()).simulateSmall({ system: systemOf(name), times, knockedOut: knocked })
  const labels: CellLabels = { name: 'kind', labels: found.kinds, codes: Int32Array.from(found.fates.flat()) }
  const of = withLabels(found.data, found.kinds.length > 1 ? [labels] : [], name)
  const measured = of.cells.shape[1]
  return {
    of: { ...of, componentNames: found.genes.slice(0, measured) },
    genes: found.genes,
    measured,
    network: found.network,
    times: found.pathTimes,
    paths: found.paths as TruePaths,
  }
}

/** Of the network of all simulated data, with 24 genes. */
async function branchingCells(times: number[], cells: number, title: string): Promise<Truth> {
  const found = await (await library()).simulate({ times, cells })
  const names = ['undecided', 'fate 1', 'fate 2']
  const of = withLabels(
    found.data,
    [{ name: 'fate', labels: names, codes: Int32Array.from(found.fates.flat()) }],
    title,
  )
  const { names: genes, loadings, mean } = found.data.genes!
  return {
    of,
    genes,
    measured: genes.length,
    network: found.network,
    times: found.pathTimes,
    paths: projectedPaths(found.paths as TruePaths, loadings as Matrix, mean!),
  }
}

const withLabels = (course: TimeCourse, labels: CellLabels[], title: string): Dataset => ({
  ...datasetOf(course, title),
  labels,
})

/** What the page showed before the first case. */
let own: { data: Dataset; model: Uint8Array | null } | null = null
export const hasOwn = signal(false)

const answered = lastAnswer<CaseTruth>()

async function show(found: CaseTruth): Promise<void> {
  making.value = false
  if (!ofCase.peek() && dataset.peek()) {
    own = { data: dataset.peek()!, model: openedBytes() }
    hasOwn.value = true
  }
  ofCase.value = found
  await open(found.of, null)
}

const isCase = (name: string): name is CaseName => (CASES as readonly string[]).includes(name)
export const caseName = (): CaseName | null => (isCase(state.lesson.value) ? state.lesson.value : null)

/** Opens what the address names, and the cells of the page again when it names none. */
export function followLesson(): void {
  effect(() => {
    const data = dataset.value
    if (ofCase.peek() && data !== ofCase.peek()!.of) ofCase.value = null
  })
  effect(() => {
    const [name, knocked, often] = [caseName(), state.knocked.value, state.often.value]
    const key = `${name} ${knocked} ${often}`
    if (ofCase.peek()?.key === key) return
    if (name === null) {
      answered(null, () => {})
      making.value = false
      if (!ofCase.peek()) return
      ofCase.value = null
      if (own) void open(own.data, own.model)
      else dataset.value = null
      own = null
      hasOwn.value = false
      return
    }
    making.value = true
    const begin = performance.now()
    const made = name === 'branching' ? branchingCells(TIMES, 200, name) : smallCells(name, knocked, often)
    answered(
      made.then((found) => ({ ...found, key, milliseconds: performance.now() - begin })),
      (found) => void show(found),
      () => (making.value = false),
    )
  })
}

/** Cells to try the page with. */
export async function openSimulation(): Promise<void> {
  try {
    const { of } = await branchingCells([0, 1, 2, 3, 4, 5, 6, 7], 300, strings.peek().opening.simulated)
    await open(of, null)
    state.tab.value = 'train'
  } catch (error) {
    problem.value = message(error)
  }
}
