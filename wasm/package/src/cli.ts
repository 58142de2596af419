#!/usr/bin/env node
/** cellmnn predict MODEL DATA TIME...: where the cells of a data file are at these times, as csv. */
import { readFile } from 'node:fs/promises'
import { CellMnnError, loadCellMnn, readCsv, readNpz, readText, type Model, type TimeCourse } from './index.js'

const USAGE = 'usage: cellmnn predict model.safetensors cells.npz TIME...   (or cells.csv)'
const [command, model, path, ...texts] = process.argv.slice(2)
const times = texts.map(Number)

/** The data with their times in the unit of the model's training. */
function inUnitOf(model: Model, data: TimeCourse): TimeCourse {
  const reading = data.reading!
  const inItsUnit = <Each extends { time: number }>(all: readonly Each[]): Each[] => {
    const times = all.map(({ time }) => time)
    const converted = model.timesInItsUnit(times, reading.timeUnit)?.times ?? times
    return all.map((each, k) => ({ ...each, time: converted[k]! }))
  }
  const timeUnit = model.timesInItsUnit([], reading.timeUnit)?.unit ?? reading.timeUnit
  return {
    ...data,
    snapshots: inItsUnit(data.snapshots),
    reading: { ...reading, timeUnit, labels: inItsUnit(reading.labels) },
  }
}

try {
  if (command !== 'predict' || !model || !path || times.length === 0 || !times.every(Number.isFinite)) {
    throw new CellMnnError('usage', USAGE)
  }
  using trained = (await loadCellMnn()).loadModel(await readFile(model))
  const { dims } = trained.info
  const read = /\.(csv|tsv|txt)(\.gz)?$/i.test(path)
    ? readCsv(await readText(await readFile(path)), { dims })
    : await readNpz(await readFile(path), { dims })
  const cells = inUnitOf(trained, read)
  const difference = trained.dataDifference(cells)
  if (difference) throw new CellMnnError('bad-input', `${path} is not such as the data of the model: ${difference}`)
  const rows = [['time', 'predicted_time', ...Array.from({ length: dims }, (_, d) => `X_predicted_${d + 1}`)].join()]
  for (const snapshot of cells.snapshots) {
    const { data } = trained.predict(snapshot.cells, snapshot.time, times)
    const count = snapshot.cells.shape[0]
    for (let i = 0; i < times.length * count; ++i) {
      rows.push([snapshot.time, times[Math.floor(i / count)], ...data.subarray(i * dims, (i + 1) * dims)].join())
    }
  }
  process.stdout.write(`${rows.join('\n')}\n`)
} catch (error) {
  if (!(error instanceof CellMnnError) && !(error as NodeJS.ErrnoException).code) throw error
  process.stderr.write(`cellmnn: error: ${(error as Error).message}\n`)
  process.exitCode = error instanceof CellMnnError && error.code === 'usage' ? 2 : 3
}
