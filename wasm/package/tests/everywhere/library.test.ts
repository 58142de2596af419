import { afterEach, describe, expect, test, vi } from 'vitest'
import { CellMnnError } from 'cellmnn'
import { cloud, data, lib, refuses, relativeDifference, trained } from '../support.js'

afterEach(() => expect(lib.liveHandles, 'objects that were not disposed of').toBe(0))

const first = data.snapshots[0]!

describe('a model', () => {
  test('predicts that a cell is where it is at its own time', () => {
    using model = trained()
    const { data: now, shape } = model.predict(first.cells, first.time, first.time)
    expect(shape).toEqual([1, 150, 5])
    expect(relativeDifference(now, first.cells.data)).toBeLessThan(1e-6)
  })

  test('predicts what its velocity says, for a short time', () => {
    using model = trained()
    const dt = 1e-3
    const velocity = model.velocity(first.cells, first.time)
    const { data: later } = model.predict(first.cells, first.time, [first.time + dt])
    const slope = later.map((x, i) => (x - first.cells.data[i]!) / dt)
    expect(relativeDifference(slope, velocity.data)).toBeLessThan(0.02)
  })

  test('gives operators whose trace is the sum of their eigenvalues', () => {
    using model = trained()
    const operators = model.operatorAt(first.cells, first.time)
    const eigenvalues = model.eigenvalues(first.cells, first.time)
    expect(operators.shape).toEqual([150, 5, 5])
    expect(eigenvalues.shape).toEqual([150, 5, 2])
    const sum = (from: number, step: number, values: Float32Array) =>
      [0, 1, 2, 3, 4].reduce((s, d) => s + values[from + d * step]!, 0)
    const traces = Array.from({ length: 150 }, (_, i) => sum(i * 25, 6, operators.data))
    expect(
      relativeDifference(
        Array.from({ length: 150 }, (_, i) => sum(i * 10, 2, eigenvalues.data)),
        traces,
      ),
    ).toBeLessThan(1e-4)
    expect(sum(1, 2, eigenvalues.data), 'complex eigenvalues come in pairs').toBeCloseTo(0, 5)
  })

  test('takes rows, any typed array, and a time of each cell', () => {
    using model = trained()
    const rows = [
      [1, 2, 3, 4, 5],
      [0.5, 0, -1, 0, 2],
    ]
    const same = { data: Float64Array.from(rows.flat()), shape: [2, 5] }
    expect(model.velocity(rows, [0, 1]).data).toEqual(model.velocity(same, new Float32Array([0, 1])).data)
    expect(model.velocity(rows, 1).data.slice(5)).toEqual(model.velocity(rows, [0, 1]).data.slice(5))
  })

  test('has no cells to move without complaint', () => {
    using model = trained()
    expect(model.predict({ data: [], shape: [0, 5] }, 0, [1]).shape).toEqual([1, 0, 5])
  })

  test('comes back from its bytes', () => {
    using model = trained()
    const bytes = model.toBytes()
    using again = lib.loadModel(bytes)
    expect(again.info).toEqual(model.info)
    expect(again.toBytes()).toEqual(bytes)
    expect(again.predict(first.cells, 0, [1, 2])).toEqual(model.predict(first.cells, 0, [1, 2]))
  })

  test('says what it is', () => {
    using model = trained()
    expect(model.info).toMatchObject({
      dims: 5,
      operator: 'dense',
      affine: true,
      width: 24,
      depth: 2,
      firstTime: 0,
      lastTime: 4,
    })
    expect(model.info.genes).toEqual(data.genes!.names)
    expect(model.info.provenance.seed).toBe(42)
  })

  test('ranks interactions by size', () => {
    using model = trained()
    const all = model.interactions(first.cells, first.time)
    expect(all.length).toBe(100)
    const sizes = all.map(({ effect }) => Math.abs(effect))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    const { regulator } = all[0]!
    const some = model.interactions(first.cells, first.time, { regulators: [regulator], top: 3 })
    expect(some).toEqual(all.filter((edge) => edge.regulator === regulator).slice(0, 3))
  })

  test('tells an absent regulator from a present one, as its interactions say', () => {
    using model = trained()
    const { names, loadings, mean } = data.genes!
    const strongest = model.interactions(first.cells, first.time, { top: 1, degradation: 0 })
    const { regulator, target, effect } = strongest[0]!
    // The definition, from operators in gene space: V B V^T with B = S A S^-1 and orthonormal V.
    const [j, i] = [names.indexOf(regulator), names.indexOf(target)]
    const std = whiteningStd(model.toBytes())
    const { data: a } = model.operatorAt(first.cells, first.time)
    const v = (gene: number, d: number) => loadings.data[gene * 5 + d]!
    let sum = 0
    for (let n = 0; n < 150; ++n) {
      let expression = mean![j]!
      let g = 0
      for (let r = 0; r < 5; ++r) {
        expression += v(j, r) * first.cells.data[n * 5 + r]!
        for (let c = 0; c < 5; ++c) g += ((v(i, r) * std[r]! * a[n * 25 + r * 5 + c]!) / std[c]!) * v(j, c)
      }
      sum += (g * expression) / 150
    }
    expect(Math.abs(sum / effect - 1)).toBeLessThan(1e-3)
  })

  test('predicts a knock-out, and no shift where nothing is changed', () => {
    using model = trained()
    const gene = data.genes!.names[0]!
    const { unchanged, changed } = model.perturb(first.cells, first.time, { gene, times: [1, 2] })
    expect(unchanged).toEqual(model.predict(first.cells, first.time, [1, 2]))
    expect(changed.shape).toEqual(unchanged.shape)
    expect(relativeDifference(changed.data, unchanged.data)).toBeGreaterThan(1e-3)
    const same = model.perturb(first.cells, first.time, { gene, factor: 1, times: 1 })
    expect(same.changed).toEqual(same.unchanged)
  })

  test('reports a knock-out beside similar genes, of the cells that are not later', () => {
    using model = trained()
    const gene = data.genes!.names[0]!
    const { cells, time } = first
    const t = Float64Array.from({ length: 150 }, (_, i) => (i < 100 ? time : 3))
    const told = model.perturbationReport(cells, t, { gene, time: 2, controls: 4 })
    expect([told.cells, told.controlShifts.length, told.genes.length]).toEqual([100, 4, 12])
    const earlier = { data: cells.data.slice(0, 500), shape: [100, 5] }
    const { unchanged, changed } = model.perturb(earlier, time, { gene, times: 2 })
    const mean = [0, 1, 2, 3, 4].map((d) => {
      const moved = changed.data.map((value, i) => (i % 5 === d ? value - unchanged.data[i]! : 0))
      return moved.reduce((sum, value) => sum + value, 0) / 100
    })
    expect(told.ofMean).toBeCloseTo(Math.hypot(...mean), 4)
    const { loadings } = data.genes!
    told.genes.forEach((change, g) =>
      expect(change).toBeCloseTo(
        mean.reduce((sum, value, d) => sum + value * loadings.data[g * 5 + d]!, 0),
        4,
      ),
    )
    const there = ({ data }: { data: Float32Array }) => ({ data, shape: [100, 5] })
    expect(told.w1).toBeCloseTo(lib.wasserstein(there(unchanged), there(changed)), 9)
    expect(told.p).toBe((1 + told.controlShifts.filter((one) => one >= told.ofMean).length) / 5)
    expect(model.perturbationReport(cells, t, { gene, time: 2, w1: false }).w1).toBeUndefined()
    const changedNow = model.changedCells(earlier, { gene })
    expect(relativeDifference(model.predict(changedNow, time, 2).data, changed.data)).toBeLessThan(1e-6)
  })

  test('takes the usual degradation if none is given', () => {
    using model = trained()
    const given = { top: 5, degradation: 4 } // the mean gap is 1
    expect(model.interactions(first.cells, first.time, { top: 5 })).toEqual(
      model.interactions(first.cells, first.time, given),
    )
  })

  test('tells which predictions go far away, as NaN if that is asked for', () => {
    using model = trained()
    const far = { data: Float32Array.from([...first.cells.data.slice(0, 5), 1e6, 0, 0, 0, 0]), shape: [2, 5] }
    refuses(() => model.predict(far, first.time, 1), 'numerical', 'cell 1')
    const { data: moved } = model.predict(far, first.time, 1, { farAway: 'nan' })
    expect([...moved].map(Number.isNaN)).toEqual([...Array(5).fill(false), ...Array(5).fill(true)])
  })

  test('can be disposed of twice, and not be used afterwards', () => {
    const model = trained()
    model.dispose()
    model.dispose()
    refuses(() => model.predict(first.cells, 0, 1), 'usage', 'disposed')
    refuses(() => model.toBytes(), 'usage', 'disposed')
  })
})

describe('a trainer', () => {
  test('gives the same model however its steps are divided', () => {
    const parameters = (...parts: number[]) => {
      using trainer = lib.createTrainer(data, { steps: 12, width: 16, depth: 1 })
      for (const steps of parts) trainer.run({ steps })
      expect(trainer.done).toBe(true)
      using model = trainer.model()
      return model.predict(first.cells, 0, [1])
    }
    expect(parameters(12)).toEqual(parameters(5, 1, 6))
  })

  test('keeps to its budget of time', () => {
    using trainer = lib.createTrainer(data, { steps: 100_000 })
    let time = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 10))
    expect(trainer.run({ budgetMs: 0 }).step).toBe(1)
    const { step, done, loss } = trainer.run({ budgetMs: 30 })
    clock.mockRestore()
    expect(step).toBe(trainer.step)
    expect(step).toBe(1 + 3) // of 10 ms each
    expect(done).toBe(false)
    expect(loss.total).toBeCloseTo(loss.mmd + 0.1 * loss.kinetic, 6)
  })

  test('makes the loss fall', () => {
    using trainer = lib.createTrainer(data, { steps: 150, width: 48 })
    const before = trainer.run({ steps: 1 }).loss.total
    expect(trainer.run().loss.total).toBeLessThan(before / 2)
    refuses(() => trainer.run(), 'usage', 'all steps')
  })

  test('goes on after a model was taken, and the model does not', () => {
    using trainer = lib.createTrainer(data, { steps: 30, width: 16, depth: 1 })
    using before = trainer.model()
    const then = before.velocity(first.cells, 0)
    trainer.run()
    expect(before.velocity(first.cells, 0)).toEqual(then)
    using after = trainer.model()
    expect(after.velocity(first.cells, 0)).not.toEqual(then)
  })

  test('has the options of the program, with its defaults', () => {
    expect(lib.trainOptions()).toMatchObject({ steps: 20000, batch: 384, lr: 5e-4, weightDecay: 1e-5, affine: true })
    expect(lib.trainOptions({ preset: 'paper', steps: 7 })).toMatchObject({
      steps: 7,
      batch: 200,
      lr: 2e-4,
      affine: false,
    })
  })

  test('can learn an eigen operator', () => {
    using trainer = lib.createTrainer(data, { operator: 'eigen', zeroEigenvalues: 1, steps: 3, width: 16 })
    trainer.run()
    using model = trainer.model()
    expect(model.info).toMatchObject({ operator: 'eigen', zeroEigenvalues: 1 })
  })
})

describe('scores', () => {
  test('W1 of shifted points is the shift, and that of a set with itself is 0', () => {
    const a = cloud(60, 3, 1)
    const shifted = { data: a.data.map((x, i) => (i % 3 === 0 ? x + 2 : x)), shape: a.shape }
    expect(lib.wasserstein(a, shifted)).toBeCloseTo(2, 5)
    expect(lib.wasserstein(a, shifted, { order: 2 })).toBeCloseTo(2, 5)
    expect(lib.wasserstein(a, a)).toBe(0)
  })

  test('the MMD of two single points is known', () => {
    expect(lib.mmd([[0, 0]], [[1, 3]], { sigma: 2 })).toBeCloseTo(2 - 2 * Math.exp(-2 / 2), 7)
  })

  test('methods are named and scored, and a model beside them', () => {
    expect(lib.methods).toContain('ot-interpolate')
    const score = (method: string) => lib.scoreMethod(method, data, 2).w1
    expect(score('mixture')).toBeLessThan(Math.max(score('previous'), score('next')))
    expect(score('noise-floor')).toBeLessThan(score('ot-interpolate'))
    const [low, high] = lib.scoreMethod('noise-floor', data, 2).w1Range
    expect([low < score('noise-floor'), score('noise-floor') < high]).toEqual([true, true])
    using model = trained()
    expect(lib.scoreModel(model, data, 2)).toMatchObject({ method: 'cellmnn', time: 2 })
  })

  test('principal components of points on a line', () => {
    const { scores, loadings, mean, variance } = lib.principalComponents(
      [
        [0, 0],
        [3, 4],
        [6, 8],
      ],
      1,
    )
    expect(relativeDifference(loadings.data, [0.6, 0.8])).toBeLessThan(1e-6)
    expect([...mean]).toEqual([3, 4])
    expect(relativeDifference(scores.data, [-5, 0, 5])).toBeLessThan(1e-6)
    expect(variance[0]).toBeCloseTo(50 / 3, 5)
  })

  test('simulated data depend on the seed', () => {
    const of = (seed: number) => lib.simulate({ seed, cells: 5, paths: 1 })
    expect(of(3)).toEqual(of(3))
    expect(of(3)).not.toEqual(of(4))
    expect(of(3).data.snapshots[0]!.expression!.shape).toEqual([5, 24])
  })
})

test('errors are errors', () => {
  const error = new CellMnnError('usage', 'text')
  expect(error).toBeInstanceOf(Error)
  expect(String(error)).toBe('CellMnnError: text')
})

/** The standard deviations in a model's file, which come second among its F64 tensors. */
function whiteningStd(bytes: Uint8Array): Float64Array {
  const begin = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))
  return new Float64Array(bytes.slice(begin + 40, begin + 80).buffer)
}
