/** How fast it is at the size of the embryoid bodies: 16,819 cells, five dimensions, the usual model.
 * A report, no test: CELLMNN_MEASURE=1 npx vitest run --project chromium throughput */
import { test } from 'vitest'
import { startWorkers } from 'cellmnn/worker'
import { cloud, data, lib } from '../support.js'

/** The least time of several runs, in milliseconds: what other work on the machine does not touch. */
async function least(runs: number, work: () => unknown): Promise<number> {
  let time = Infinity
  for (let i = 0; i < runs; ++i) {
    const begin = performance.now()
    await work()
    time = Math.min(time, performance.now() - begin)
  }
  return time
}

/** n points of five dimensions, normally distributed (Box and Muller). */
function normalCloud(n: number, seed: number) {
  const { data: u } = cloud(n, 10, seed)
  const at = (i: number) => Math.sqrt(-2 * Math.log((u[2 * i]! + 1) / 2 + 1e-9)) * Math.cos(Math.PI * u[2 * i + 1]!)
  return { data: Float32Array.from({ length: 5 * n }, (_, i) => at(i)), shape: [n, 5] as const }
}

test('throughput', async () => {
  using trainer = lib.createTrainer(data, { steps: 10_000 })
  trainer.run({ steps: 20 })
  using model = trainer.model()
  const cells = cloud(16_819, 5, 1)
  const times = Array.from({ length: 41 }, (_, k) => k / 10)
  const one = await least(15, () => model.predict(cells, 1, [2]))
  const all = await least(5, () => model.predict(cells, 1, times))
  const pool = await startWorkers({ workers: 2 })
  const remote = await pool.loadModel(model.toBytes())
  const shared = await least(15, () => remote.predict(cells, 1, [2]))
  const sharedAll = await least(5, () => remote.predict(cells, 1, times))
  pool.terminate()
  const steps = (await least(5, () => trainer.run({ steps: 20 }))) / 20
  const [a, b] = [normalCloud(2381, 2), normalCloud(4163, 3)]
  const w1 = await least(2, () => lib.wasserstein(a, b))
  const rate = (ms: number) => `${ms.toFixed(0)} ms, ${((16_819 * 41) / ms / 1000).toFixed(1)} million predictions/s`
  console.log(
    [
      `predict 16,819 cells at 1 time: ${one.toFixed(1)} ms, two workers ${shared.toFixed(1)} ms`,
      `predict 16,819 cells at 41 times: ${rate(all)}, two workers ${rate(sharedAll)}`,
      `training: ${(1000 / steps).toFixed(0)} steps/s`,
      `W1 of 2381 x 4163 points: ${w1.toFixed(0)} ms`,
    ].join('\n'),
  )
})
