import { afterEach, expect, test } from 'vitest'
import { data } from '../support.js'

// Embind's functions take their arguments as a rest, and know how many these are.
type Raw = Record<string, ((...values: unknown[]) => unknown) & { argCount?: number }>

// Not in the declarations, since they are not for users.
type Core = typeof import('../../src/core.js')
type Beside = typeof import('../../src/wasm_beside.js')
type Checks = typeof import('../../src/time_course.js')
const { compile, instantiate } = (await import('../../dist/core.js')) as unknown as Core
const { wasmBeside } = (await import('../../dist/wasm_beside.js')) as unknown as Beside
const { checkedTimeCourse } = (await import('../../dist/time_course.js')) as unknown as Checks

const core = await instantiate(await compile({}, wasmBeside))
const raw = core as unknown as Raw
const { data: values, shape } = data.snapshots[0]!.cells
const cells = { data: values, shape: [...shape] as [number, number] }
const trainer = core._createTrainer(checkedTimeCourse(data), {
  ...core._trainOptions('default'),
  dims: cells.shape[1]!,
  width: 8,
  steps: 3,
})
const model = core._trainedModel(trainer)
const velocity = () => core._velocity(model, cells, new Float64Array(cells.shape[0]!)).data
const before = velocity()

/** What the first argument of each function has to be; of the others no value below is right. */
const HANDLES: Record<string, unknown> = {
  _modelParts: model,
  _predict: model,
  _velocity: model,
  _operators: model,
  _eigenvalues: model,
  _interactions: model,
  _changedCells: model,
  _similarGenes: model,
  _perturbationReport: model,
  _scoreModel: model,
  _scorePopulation: model,
  _trainedModel: trainer,
}
const NONSENSE: unknown[] = [
  undefined,
  null,
  {},
  [],
  [1, 2],
  { data: undefined, shape: [1] },
  { data: [], shape: [-1, 2 ** 31] },
  { length: 1e9 },
  { snapshots: [{ time: 0, cells: { data: [1], shape: [3, 3] } }] },
]

const functions = Object.keys(raw).filter((name) => /^_[a-z]/.test(name) && raw[name]!.argCount! > 0)

// Nothing was created by a refused call, and the module works as before.
afterEach(() => {
  expect(core._liveHandles()).toBe(2)
  expect(velocity()).toEqual(before)
})

test('the functions of the module are found', () => {
  expect(functions).toEqual(
    expect.arrayContaining([...Object.keys(HANDLES), '_run', '_loadModel', '_createTrainer', '_wasserstein']),
  )
})

test.each(functions)('%s refuses nonsense', (name) => {
  const length = raw[name]!.argCount!
  const call = (handle: unknown, others: unknown) => () =>
    raw[name]!(...[handle, ...Array<unknown>(length).fill(others)].slice(0, length))
  for (const value of NONSENSE) {
    const what = JSON.stringify(value)
    expect(call(value, value), `all arguments ${what}`).toThrow(Error)
    if (name in HANDLES && length > 1) expect(call(HANDLES[name], value), `a handle and ${what}`).toThrow(Error)
  }
  expect(() => raw[name]!(...Array<unknown>(length + 1).fill(undefined)), 'one argument too many').toThrow(Error)
})
