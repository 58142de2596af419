import { afterEach, describe, expect, test } from 'vitest'
import type { TimeCourseLike } from 'cellmnn'
import { data, lib, refuses, trained } from '../support.js'

afterEach(() => expect(lib.liveHandles, 'objects that were not disposed of').toBe(0))

const cells = data.snapshots[0]!.cells
const gene = data.genes!.names[0]!

/** What no matrix is; each is refused with the name of the argument. */
const NO_MATRIX: [what: string, value: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 3],
  ['a text', 'cells'],
  ['an empty object', {}],
  ['a flat list', [1, 2, 3]],
  ['rows of different length', [[1, 2], [3]]],
  ['rows of texts', [['a', 'b']]],
  ['no shape', { data: new Float32Array(4) }],
  ['too few values', { data: new Float32Array(3), shape: [2, 2] }],
  ['three axes', { data: new Float32Array(8), shape: [2, 2, 2] }],
  ['a negative extent', { data: new Float32Array(4), shape: [-2, -2] }],
  ['half a row', { data: new Float32Array(3), shape: [1.5, 2] }],
  ['a NaN', [[1, NaN, 3, 4, 5]]],
  ['an infinity', { data: [1, 2, 3, 4, Infinity], shape: [1, 5] }],
]

/** As NO_MATRIX for lists of numbers. */
const NO_NUMBERS: [what: string, value: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', '1'],
  ['an object', { 0: 1 }],
  ['NaN', NaN],
  ['a list with a text', [1, 'two']],
  ['a list with an infinity', [-Infinity]],
]

type Use = (value: never) => unknown

function refusesAll(values: [string, unknown][], name: string, use: Use): void {
  for (const [what, value] of values) {
    let error: unknown
    try {
      use(value as never)
    } catch (thrown) {
      error = thrown
    }
    expect(error, `${name} as ${what}`).toMatchObject({
      name: 'CellMnnError',
      code: expect.stringMatching(/^(usage|bad-input)$/) as string,
    })
    expect((error as Error).message, `${name} as ${what}`).toContain(name)
  }
}

test('matrices', () => {
  using model = trained()
  refusesAll(NO_MATRIX, 'cells', (x) => model.predict(x, 0, 1))
  refusesAll(NO_MATRIX, 'cells', (x) => model.velocity(x, 0))
  refusesAll(NO_MATRIX, 'cells', (x) => model.operatorAt(x, 0))
  refusesAll(NO_MATRIX, 'cells', (x) => model.eigenvalues(x, 0))
  refusesAll(NO_MATRIX, 'cells', (x) => model.interactions(x, 0))
  refusesAll(NO_MATRIX, 'cells', (x) => model.perturb(x, 0, { gene, times: 1 }))
  refusesAll(NO_MATRIX, 'a', (x) => lib.wasserstein(x, cells))
  refusesAll(NO_MATRIX, 'b', (x) => lib.mmd(cells, x))
  refusesAll(NO_MATRIX, 'the matrix', (x) => lib.principalComponents(x, 1))
})

test('lists of times', () => {
  using model = trained()
  refusesAll(NO_NUMBERS, 't', (t) => model.velocity(cells, t))
  refusesAll(NO_NUMBERS, 'times', (times) => model.predict(cells, 0, times))
  refusesAll(NO_NUMBERS, 't', (t) => model.interactions(cells, t))
  refusesAll(NO_NUMBERS, 'times', (times) => model.perturb(cells, 0, { gene, times }))
  refuses(() => model.velocity(cells, [0, 1]), 'usage', '2 numbers for 150 cells')
})

test('genes', () => {
  using model = trained()
  using blind = trained({ snapshots: data.snapshots })
  refuses(() => blind.interactions(cells, 0), 'bad-input', 'no genes')
  refuses(() => blind.perturb(cells, 0, { gene, times: 1 }), 'bad-input', 'no genes')
  refuses(() => model.interactions(cells, 0, { regulators: ['Sox17'] }), 'bad-input', "'Sox17'")
  refuses(() => model.interactions([], 0), 'bad-input')
  refuses(() => model.interactions([[1, 2]], 0), 'bad-input', '5 dimensions')
  refuses(() => model.interactions(cells, 0, { top: 0 }), 'usage', 'top is 0')
  refuses(() => model.interactions(cells, 0, { top: 1e9 }), 'usage', 'top')
  refuses(() => model.interactions(cells, 0, { regulators: gene } as never), 'usage', 'regulators')
  refuses(() => model.interactions(cells, 0, { degradation: NaN }), 'usage', 'degradation')
  refuses(() => model.interactions(cells, 0, { gene } as never), 'usage', "'gene'")
  refuses(() => model.predict(cells, 0, 1, { farAway: 'stay' } as never), 'usage', "'stay'")
  refuses(() => model.predict(cells, 0, 1, { far: 'nan' } as never), 'usage', "'far'")
  refuses(() => model.changedCells(cells, { gene: 'Sox17' }), 'bad-input', "'Sox17'")
  refuses(() => model.changedCells(cells, undefined as never), 'usage', 'gene')
  refuses(() => model.perturbationReport(cells, 2, { gene, time: 1 }), 'bad-input', 'no cell', 'future')
  refuses(() => model.perturbationReport(cells, 0, { gene } as never), 'usage', 'time')
  refuses(() => model.perturbationReport(cells, 0, { gene, time: 1, controls: -1 }), 'usage', 'controls')
  refuses(() => model.perturbationReport(cells, 0, { gene, time: 1, times: 1 } as never), 'usage', "'times'")
  refuses(() => model.perturb(cells, 0, { gene: 'Sox17', times: 1 }), 'bad-input', "'Sox17'")
  refuses(() => model.perturb(cells, 0, { times: 1 } as never), 'usage', 'gene')
  refuses(() => model.perturb(cells, 0, undefined as never), 'usage', 'gene')
  refuses(() => model.perturb(cells, 0, { gene, factor: NaN, times: 1 }), 'usage', 'factor')
  refuses(() => model.perturb(cells, 0, { gene, plus: '1', times: 1 } as never), 'usage', 'plus')
  refuses(() => model.perturb([[1, 2]], 0, { gene, times: 1 }), 'bad-input', '5 dimensions')
  refuses(() => model.perturb(cells, 0, { gene, factor: 1e9, times: 1 }), 'numerical')
})

test('populations', () => {
  using model = trained()
  expect(model.info.twoSided).toBe(false)
  refuses(() => model.population(data, 0.5), 'bad-input', 'one network', '--two-sided')
  refuses(() => model.population(data, 'x' as never), 'usage', 'time')
  refuses(() => model.population({} as never, 1), 'usage', 'snapshots')
  refuses(() => model.population(data, 1, { seed: 0.5 }), 'usage', 'seed')
  refuses(() => model.population(data, 1, { spred: 1 } as never), 'usage', "'spred'")
  refuses(() => model.population(data, 1, { pool: '1' } as never), 'usage', 'pool')
})

test('other dimensions', () => {
  using model = trained()
  for (const use of ['velocity', 'operatorAt', 'eigenvalues'] as const)
    refuses(() => model[use]([[1, 2]], 0), 'bad-input', '5 dimensions', '2')
  refuses(() => model.predict([[1, 2]], 0, 1), 'bad-input', '5 dimensions', '2')
  refuses(() => lib.wasserstein(cells, [[1]]), 'bad-input')
  refuses(() => lib.mmd(cells, [[1]]), 'bad-input')
  refuses(() => lib.wasserstein([], []), 'bad-input')
  refuses(() => lib.principalComponents(cells, 6), 'bad-input')
})

test('absurd predictions', () => {
  using model = trained()
  refuses(() => model.predict(cells, 0, 1e12), 'numerical')
})

describe('time courses', () => {
  const course = (change: object): TimeCourseLike => ({ ...data, ...change }) as TimeCourseLike
  const snapshots = (...list: object[]) => course({ snapshots: list, genes: undefined })
  const wrong: [what: string, course: TimeCourseLike, word: string][] = [
    ['no data', undefined as never, 'snapshots'],
    ['no list', course({ snapshots: 3 }), 'snapshots'],
    ['no snapshots', snapshots(), 'no cells'],
    ['nothing in a snapshot', snapshots({ time: 0, cells }, undefined as never), 'snapshot 1'],
    ['no time', snapshots({ cells }, { time: 1, cells }), 'the time of snapshot 0'],
    ['times in reverse', snapshots({ time: 1, cells }, { time: 0, cells }), 'ascending'],
    ['an empty snapshot', snapshots({ time: 0, cells }, { time: 1, cells: { data: [], shape: [0, 5] } }), 'no cells'],
    ['other dimensions', snapshots({ time: 0, cells }, { time: 1, cells: [[1, 2]] }), '2 latent dimensions'],
    ['no cells', snapshots({ time: 0 }, { time: 1, cells }), 'the cells of snapshot 0'],
    ['genes without names', course({ genes: { loadings: [[1]] } }), 'names'],
    ['genes without loadings', course({ genes: { names: ['a'] } }), 'loadings'],
    [
      'loadings of other genes',
      course({
        genes: {
          names: ['a'],
          loadings: [
            [1, 2, 3, 4, 5],
            [1, 2, 3, 4, 5],
          ],
        },
      }),
      '1 names',
    ],
    ['loadings of other dimensions', course({ genes: { names: ['a'], loadings: [[1, 2]] } }), 'loadings'],
    ['a mean of other genes', course({ genes: { names: ['a'], loadings: [[1, 2, 3, 4, 5]], mean: [1, 2] } }), 'mean'],
  ]
  test.each(wrong)('%s', (_, given, word) => {
    using model = trained()
    for (const use of [
      () => lib.createTrainer(given),
      () => lib.scoreMethod('previous', given, 2),
      () => lib.scoreModel(model, given, 2),
    ]) {
      let message = 'no error'
      try {
        use()
      } catch (error) {
        expect(error).toMatchObject({ name: 'CellMnnError' })
        message = (error as Error).message
      }
      expect(message).toContain(word)
    }
  })
  test('one snapshot', () => {
    using model = trained()
    const one = snapshots({ time: 0, cells })
    refuses(() => lib.createTrainer(one), 'bad-input', '1 snapshot')
    for (const method of lib.methods) refuses(() => lib.scoreMethod(method, one, 0), 'bad-input', 'snapshot')
    refuses(() => lib.scoreModel(model, one, 0), 'bad-input', 'snapshot')
  })
})

test('options', () => {
  const train = (options: object | number | null) => () => lib.createTrainer(data, options as never)
  refuses(train({ learningRate: 1 }), 'usage', "'learningRate'", 'lr')
  refuses(train({ weight_decay: 1 }), 'usage', "did you mean 'weightDecay'?")
  refuses(train({ dims: 3 }), 'usage', "'dims'")
  refuses(train(3), 'usage', 'not an object')
  refuses(train(null), 'usage', 'not an object')
  refuses(train({ preset: 'best' }), 'usage', "'paper'")
  refuses(train({ steps: 0 }), 'usage', 'steps is 0')
  refuses(train({ steps: 1.5 }), 'usage', 'steps must be', 'whole number')
  refuses(train({ lr: '1' }), 'usage', 'lr must be', 'a number')
  refuses(train({ lr: NaN }), 'usage', 'lr')
  refuses(train({ weightDecay: -1 }), 'usage', 'weightDecay is -1')
  refuses(train({ operator: 'sparse' }), 'usage', "'dense' or 'eigen'")
  refuses(train({ affine: 1 }), 'usage', 'affine must be', 'true or false')
  refuses(train({ seed: -1 }), 'usage', 'seed must be')
  refuses(train({ seed: 2 ** 53 }), 'usage', 'seed must be')
  refuses(train({ width: 1e9 }), 'usage', 'width')
  refuses(() => lib.simulate({ genes: 3 }), 'usage', 'genes')
  refuses(() => lib.simulate({ times: [1n] } as never), 'bad-input', 'times holds')
  refuses(() => lib.simulate({ times: 'now' } as never), 'usage', 'times is "now"')
  refuses(() => lib.simulate({ times: [1, 0] }), 'usage', 'times')
  refuses(() => lib.simulate({ cell: 3 } as never), 'usage', "'cell'")
  refuses(() => lib.wasserstein(cells, cells, { order: 3 } as never), 'usage', 'order is 3')
  refuses(() => lib.wasserstein(cells, cells, { power: 2 } as never), 'usage', "'power'")
  refuses(() => lib.mmd(cells, cells, { sigma: 0 }), 'usage', 'sigma is 0')
  for (const dims of [0, -1, 1.5, '2', undefined])
    refuses(() => lib.principalComponents(cells, dims as never), 'usage', 'dims')
  using trainer = lib.createTrainer(data, { steps: 5 })
  refuses(() => trainer.run({ budgetMs: -1 }), 'usage', 'budgetMs')
  refuses(() => trainer.run({ steps: 0 }), 'usage', 'steps')
  refuses(() => trainer.run({ budget: 1 } as never), 'usage', "'budget'")
})

test('methods and times of scores', () => {
  refuses(() => lib.scoreMethod('best', data, 2), 'usage', "'best'", 'previous')
  refuses(() => lib.scoreMethod(3 as never, data, 2), 'usage', 'method')
  refuses(() => lib.scoreMethod('previous', data, 2.5), 'bad-input', '2.5')
  refuses(() => lib.scoreMethod('next', data, 4), 'bad-input', 'next', 'no snapshot after')
  refuses(() => lib.scoreMethod('previous', data, 0), 'bad-input')
  refuses(() => lib.scoreModel({} as never, data, 2), 'usage', 'not a Model')
  using model = trained()
  refuses(() => lib.scoreModel(model, data, 0), 'bad-input')
  refuses(() => lib.scoreModel(model, data, '2' as never), 'usage', 'time')
})
