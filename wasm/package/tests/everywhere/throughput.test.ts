/** How fast it is at the size of the embryoid bodies: 16,819 cells, five dimensions, the usual model. */
import { expect, test } from 'vitest'
import { cloud, data, lib } from '../support.js'

/** The least time of several runs, in milliseconds: what other work on the machine does not touch. */
function least(runs: number, work: () => unknown): number {
  let time = Infinity
  for (let i = 0; i < runs; ++i) {
    const begin = performance.now()
    work()
    time = Math.min(time, performance.now() - begin)
  }
  return time
}

test('throughput', () => {
  using trainer = lib.createTrainer(data, { steps: 10_000 })
  trainer.run({ steps: 20 })
  using model = trainer.model()
  const cells = cloud(16_819, 5, 1)
  const times = Array.from({ length: 41 }, (_, k) => k / 10)
  const one = least(15, () => model.predict(cells, 1, [2]))
  const all = least(5, () => model.predict(cells, 1, times))
  const steps = least(5, () => trainer.run({ steps: 20 })) / 20
  const [a, b] = [cloud(2381, 5, 2), cloud(4163, 5, 3)]
  const w1 = least(2, () => lib.wasserstein(a, b))
  console.log([
    `predict 16,819 cells at 1 time: ${one.toFixed(1)} ms`,
    `predict 16,819 cells at 41 times: ${all.toFixed(0)} ms, ${((16_819 * 41) / all / 1000).toFixed(1)} million predictions/s`,
    `training: ${(1000 / steps).toFixed(0)} steps/s`,
    `W1 of 2381 x 4163 points: ${w1.toFixed(0)} ms`,
  ].join('\n'))
  expect(one).toBeLessThan(500) // ten times the aim of 50, since other work on the machine counts
})
