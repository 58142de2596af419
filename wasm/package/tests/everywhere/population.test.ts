import { expect, test } from 'vitest'
import { readSafetensors, type Model } from 'cellmnn'
import { data, lib, refuses, trained, twoSidedBytes } from '../support.js'

const first = data.snapshots[0]!

test('a model with two sides says what is between two snapshots', () => {
  using forward = trained()
  using other = trained(data, 21)
  const bytes = twoSidedBytes(forward.toBytes(), other.toBytes())
  using both = lib.loadModel(bytes)
  expect(both.info.twoSided).toBe(true)
  expect(readSafetensors(both.toBytes())).toEqual(readSafetensors(bytes))
  expect(both.predict(first.cells, 0, [1])).toEqual(forward.predict(first.cells, 0, [1]))

  const { points, weights, before, after, sources, targets } = both.population(data, 0.5)
  expect([before, after]).toEqual([0, 1])
  expect(points.shape).toEqual([weights.length, 5])
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10)
  expect(new Set(sources).size).toBe(150)
  expect(new Set(targets).size).toBe(150)
  const seeds = [0, 0, 1].map((seed) => both.population(data, 0.5, { seed }).points.data)
  expect(seeds[0]).toEqual(points.data)
  expect(seeds[1]).toEqual(points.data)
  expect(seeds[2]).not.toEqual(points.data)
  const straight = (model: Model) => model.population(data, 0.5, { pool: 1, spread: 0, bend: 0 }).points.data
  using another = lib.loadModel(twoSidedBytes(forward.toBytes(), forward.toBytes()))
  expect(straight(both)).toEqual(straight(another))

  const alone = both.population(data, 5)
  expect(alone.targets.length).toBe(0)
  const last = data.snapshots.at(-1)!
  expect(alone.points.data).toEqual(forward.predict(last.cells, last.time, [5]).data)
  refuses(() => both.population({ snapshots: data.snapshots.slice(1) }, 0.5), 'bad-input', 'time 0')
  refuses(() => both.population(data, 0.5, { spread: 2 }), 'usage', 'spread', '0 to 1')
  const narrow = { snapshots: [0, 1].map((time) => ({ time, cells: [[1, 2]] })) }
  refuses(() => both.population(narrow, 0.5), 'bad-input', '5 dimensions')
})

test('a population has a score at a time that the model has not seen', () => {
  using forward = trained({ ...data, snapshots: data.snapshots.filter(({ time }) => time !== 2) })
  const bytes = forward.toBytes()
  using both = lib.loadModel(twoSidedBytes(bytes, bytes))
  const { method, time, w1, w1Range, mmd } = lib.scorePopulation(both, data, 2)!
  expect([method, time, w1Range]).toEqual(['cellmnn-two-sided', 2, [w1, w1]])
  expect(w1).toBeLessThan(lib.scoreMethod('previous', data, 2).w1)
  expect(mmd).toBeGreaterThan(0)
  expect(lib.scorePopulation(both, data, 1)).toBeUndefined()
  expect(lib.scorePopulation(both, data, 4)).toBeUndefined()
  refuses(() => lib.scorePopulation(forward, data, 2), 'bad-input', 'one network', '--two-sided')
  refuses(() => lib.scorePopulation(both, data, 0), 'bad-input', 'the first has none')
})
