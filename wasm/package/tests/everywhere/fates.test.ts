import type { Matrix } from 'cellmnn'
import { loadGenes, type Fates } from 'cellmnn/genes'
import { afterAll, describe, expect, test } from 'vitest'
import { data, refuses, sides, trained } from '../support.js'

const genes = await loadGenes()
const names = data.genes!.names
const [N, G] = [data.snapshots.reduce((sum, { cells }) => sum + cells.shape[0], 0), names.length]
const last = data.snapshots.length - 1

describe('fates', () => {
  test('begin as base rates, and end at what is known', () => {
    const { baseRates, probabilities, known, words, reached } = genes.fates(data, sides)
    expect(known[last]).toBeGreaterThan(0.99)
    expect(words.every((word) => typeof word === 'string')).toBe(true)
    expect(reached[last]!.data[0]).toBe(sides.ofCells[last]![0] === 0 ? 1 : 0)
    for (const { data: p, shape } of probabilities) {
      expect(shape[1]).toBe(2)
      for (let i = 0; i < p.length; i += 2) expect(p[i]! + p[i + 1]!).toBeCloseTo(1, 12)
    }
    expect(baseRates[0]! + baseRates[1]!).toBeCloseTo(1, 12)
  })

  test('differ with where a model moves the cells', () => {
    using model = trained()
    const moved = movedBy(model)
    const stay = genes.fates(data, sides)
    const both = genes.fates(data, sides, { moved })
    expect(both.probabilities[0]!.data).not.toEqual(stay.probabilities[0]!.data)
    const inPlace = data.snapshots.slice(0, -1).map(({ cells }) => cells)
    expectClose(genes.fates(data, sides, { moved: inPlace }), stay)
    refuses(() => genes.fates(data, sides, { moved: moved.slice(1) }), 'usage', `list of ${last} matrices`)
    const other = [[[1]], ...moved.slice(1)]
    refuses(() => genes.fates(data, sides, { moved: other }), 'bad-input', 'moved[0]', '150 x 5')
  })

  test('are those that labels of the last cells name', () => {
    const codes = sides.ofCells.flatMap((fates, s) => Array.from(fates, (fate) => (s < last ? 2 : fate)))
    const labels = ['left', 'right', 'early', 'never']
    expect(genes.knownFates(data, { labels, codes: Int32Array.from(codes) })).toEqual(sides)
    const open = genes.knownFates(data, { labels, codes: Int32Array.from(codes) }, ['left'])
    expect(open.names).toEqual(['right'])
    expect(open.ofCells[last]).toEqual((sides.ofCells[last] as number[]).map((fate) => fate - 1))
    refuses(() => genes.knownFates(data, { labels, codes: Int32Array.of(1) }), 'usage', `1 labels for ${N} cells`)
    refuses(() => genes.knownFates(data, { labels: [], codes: Int32Array.from(codes) }), 'usage', '0 labels')
    refuses(() => genes.knownFates(data, { labels, codes: Int32Array.from(codes) }, ['up']), 'bad-input', "'up'")
  })

  test('of what cannot be known are refused', () => {
    refuses(() => genes.fates(data, { names: ['a', 'b'], ofCells: [] }), 'usage', 'snapshots')
    const none = { ...sides, names: ['left', 'right', 'up'] }
    refuses(() => genes.fates(data, none), 'bad-input', "'up' has no cells")
    const wrong = { ...sides, ofCells: sides.ofCells.map((one) => Array.from(one, () => 7)) }
    refuses(() => genes.fates(data, wrong), 'bad-input', 'holds 7')
    refuses(() => genes.fates(data, sides, { width: 1 } as never), 'usage', "'width'")
  })
})

describe('genes along the way to fates', () => {
  const fates = genes.fates(data, sides)
  const of = (s: number) => data.snapshots.at(s)!.expression!
  const place = fates.whyNoDrivers.indexOf('')

  test('differ between quarters of the cells, in the order of their rank', () => {
    expect(place).toBeGreaterThanOrEqual(0)
    const found = genes.drivers(fates, place, { expression: of(place), atEnd: of(-1) })
    expect(found.length).toBe(2)
    const [left, right] = found as [(typeof found)[0], (typeof found)[0]]
    expect([...left.order].sort((a, b) => a - b)).toEqual(Array.from({ length: G }, (_, g) => g))
    const score = (g: number) => Math.abs(left.difference[g]!) - 0.3 * Math.abs(left.atEnd[g]!)
    for (let rank = 1; rank < G; ++rank)
      expect(score(left.order[rank]!)).toBeLessThanOrEqual(score(left.order[rank - 1]!) + 1e-12)
    for (let g = 0; g < G; ++g) {
      // Of two fates what is likely for one is unlikely for the other.
      expect(right.difference[g]).toBeCloseTo(-left.difference[g]!, 5)
      expect((left.low[g]! + left.high[g]!) / 2).toBeCloseTo(left.difference[g]!, 10)
      expect(left.q[g]).toBeGreaterThanOrEqual(left.p[g]!)
    }
  })

  test('of unknown fates, and of few cells, are not to be asked for', () => {
    const few = { snapshots: data.snapshots.map(({ time, cells }) => ({ time, cells: firstRows(cells, 19) })) }
    const known = { names: sides.names, ofCells: sides.ofCells.map((one) => Array.from(one).slice(0, 19)) }
    const { whyNoDrivers, known: much } = genes.fates(few, known)
    whyNoDrivers.forEach((why, s) => expect(why).toBe(much[s]! < 0.01 ? 'not known' : 'too few cells'))
    expect(genes.fates(data, sides).words.map((words) => words === 'not known')).toEqual(
      fates.whyNoDrivers.map((why) => why === 'not known'),
    )
  })

  test('have a trend, which is that of all cells where all have the same probability', () => {
    const times = data.snapshots.map(({ time }) => time)
    const expression = data.snapshots.map((_, s) => of(s))
    const { times: between, all, ofFates } = genes.trends(fates, { times, expression, steps: 2 })
    expect(between.length).toBe(2 * times.length - 1)
    expect(all.shape).toEqual([times.length, G])
    for (const { mean, low, high } of ofFates) {
      expect(mean.shape).toEqual([between.length, G])
      mean.data.forEach((value, i) => expect(low.data[i]! <= value && value <= high.data[i]!).toBe(true))
    }
    const even = fates.reached.map(({ data: p, shape }) => ({ data: p.map(() => 0.5), shape }))
    const same = genes.trends({ ...fates, reached: even }, { times, expression, steps: 1 })
    same.ofFates[0]!.mean.data.forEach((value, i) => expect(value).toBeCloseTo(all.data[i]!, 5))
  })

  test('of what does not fit are refused', () => {
    const expression = of(place)
    refuses(() => genes.drivers(fates, 99, { expression, atEnd: of(-1) }), 'usage', 'snapshot is 99')
    refuses(() => genes.drivers(fates, place, { expression: [[1]], atEnd: of(-1) }), 'bad-input', '1 rows', '150')
    const fewer = data.snapshots.at(-1)!.cells
    refuses(() => genes.drivers(fates, place, { expression, atEnd: fewer }), 'bad-input', `${G} genes`)
    refuses(() => genes.drivers({} as never, 0, { expression, atEnd: expression }), 'usage', 'fates()')
    refuses(() => genes.trends(fates, { times: [1], expression: [expression] }), 'bad-input', '1 times')
    refuses(() => genes.trends(fates, { times: [1, 2], expression: [expression] }), 'usage', 'list of 2')
    refuses(() => genes.trends(fates, { times: [1], expression: [], steps: 0 }), 'usage', 'steps is 0')
  })
})

test('labels become labels, in the shares that they have', () => {
  const labels = ['left', 'right']
  const codes = Int32Array.from(
    data.snapshots.flatMap(({ cells: { data: x, shape } }) =>
      Array.from({ length: shape[0] }, (_, i) => (x[i * shape[1] + 1]! > 0 ? 1 : 0)),
    ),
  )
  const flows = genes.labelFlows(data, { labels, codes })
  expect(flows.map(({ from, to }) => [from, to])).toEqual(
    data.snapshots.slice(1).map(({ time }, s) => [data.snapshots[s]!.time, time]),
  )
  for (const { shares, measuredFrom, measuredTo, predictedTo } of flows) {
    for (const l of [0, 1]) {
      expect(shares.data[2 * l]! + shares.data[2 * l + 1]!).toBeCloseTo(measuredFrom[l]!, 10)
      expect(shares.data[l]! + shares.data[2 + l]!).toBeCloseTo(predictedTo[l]!, 10)
    }
    expect(measuredTo[0]! + measuredTo[1]!).toBeCloseTo(1, 10)
  }
  refuses(() => genes.labelFlows(data, { labels, codes: codes.subarray(1) }), 'usage', `${N - 1} labels`)
})

describe('a knock-out as a change of fates', () => {
  const fates = genes.fates(data, sides)
  const [gene, snapshot] = [names[0]!, 1]
  const { cells, time } = data.snapshots[snapshot]!
  const model = trained()
  afterAll(() => model.dispose())
  const changed = [gene, ...model.similarGenes(cells, gene, 3)].map((name) => ({
    cells: model.changedCells(cells, { gene: name }),
  }))
  const question = { snapshot, gene, changed }

  test('is beside its controls', () => {
    const { fraction, change, p, control } = genes.fateChange(data, sides, fates, question)
    expect(fraction[0]! + fraction[1]!).toBeCloseTo(1, 10)
    expect(change[0]! + change[1]!).toBeCloseTo(0, 10)
    for (const share of p) expect([0.25, 0.5, 0.75, 1]).toContain(share)
    expect(control.length).toBe(2)
    const none = genes.fateChange(data, sides, fates, { ...question, factor: 1, changed: [{ cells }] })
    expect(Math.abs(none.change[0]!)).toBeLessThan(1e-9)
    expect([...none.p]).toEqual([1, 1])
  })

  test('goes on from where a model moves the changed cells', () => {
    const moved = movedBy(model)
    const to = data.snapshots[snapshot + 1]!.time
    const movedToo = changed.map((one) => {
      const { data: x, shape } = model.predict(one.cells, time, [to])
      return { ...one, moved: { data: x, shape: [shape[1], shape[2]] } }
    })
    const ofModel = genes.fates(data, sides, { moved })
    const found = genes.fateChange(data, sides, ofModel, { ...question, changed: movedToo }, { moved })
    const stay = genes.fateChange(data, sides, fates, question)
    expect(found.change[0]).not.toBe(stay.change[0])
    const inPlace = changed.map((one) => ({ ...one, moved: one.cells }))
    const all = { moved: data.snapshots.slice(0, -1).map((one) => one.cells) }
    const same = genes.fateChange(data, sides, fates, { ...question, changed: inPlace }, all)
    expect(same.change[0]).toBeCloseTo(stay.change[0]!, 6)
    refuses(() => genes.fateChange(data, sides, fates, question, { moved }), 'usage', 'belong together')
  })

  test('of what cannot be changed is refused', () => {
    const change = (other: object) => () => genes.fateChange(data, sides, fates, { ...question, ...other })
    refuses(change({ gene: 'Nanog' }), 'bad-input', 'Nanog')
    refuses(change({ snapshot: last }), 'bad-input', 'last time')
    refuses(change({ snapshot: -1 }), 'usage', 'snapshot is -1')
    refuses(change({ changed: [] }), 'usage', 'changed')
    refuses(change({ changed: [{ cells: [[1]] }] }), 'bad-input', 'changed[0].cells', '150 x 5')
    refuses(change({ level: 1 }), 'usage', "'level'")
    const fewer = { ...fates, reached: fates.reached.map((one) => ({ data: one.data.slice(2), shape: [149, 2] })) }
    refuses(() => genes.fateChange(data, sides, fewer as never, question), 'bad-input', 'other cells')
    const one = { ...fates, names: ['left'] }
    refuses(() => genes.fateChange(data, sides, one, question), 'bad-input', 'reached[0] has 2 columns for 1 fates')
    const without = { snapshots: data.snapshots }
    refuses(() => genes.fateChange(without, sides, fates, question), 'bad-input', 'genes')
    refuses(() => model.similarGenes(cells, 'Nanog'), 'bad-input', 'Nanog')
    refuses(() => model.similarGenes(cells, gene, -1), 'usage', 'count is -1')
  })
})

test('clouds are measured later cells', () => {
  const clouds = genes.clouds(data, 1, { size: 10 })
  expect(clouds.map(({ time }) => time)).toEqual(data.snapshots.slice(2).map(({ time }) => time))
  for (const { cells, known } of clouds) {
    expect(cells.shape).toEqual([150, 10])
    expect(cells.data.every((cell) => cell >= 0 && cell < 150)).toBe(true)
    expect(known.length).toBe(150)
  }
  expect(genes.clouds(data, 1, { size: 10 })).toEqual(clouds)
  refuses(() => genes.clouds(data, last), 'bad-input', 'later')
  refuses(() => genes.clouds(data, -1), 'usage', 'from is -1')
  refuses(() => genes.clouds(data, 0, { size: 0 }), 'bad-input', '0 cells')
})

function firstRows({ data: x, shape }: Matrix, count: number): Matrix {
  return { data: x.slice(0, count * shape[1]), shape: [count, shape[1]] }
}

function movedBy(model: ReturnType<typeof trained>) {
  return data.snapshots.slice(0, -1).map(({ time, cells }, s) => {
    const { data: x, shape } = model.predict(cells, time, [data.snapshots[s + 1]!.time])
    return { data: x, shape: [shape[1], shape[2]] }
  })
}

function expectClose(a: Fates, b: Fates): void {
  a.probabilities.forEach(({ data: p }, s) =>
    p.forEach((value, i) => expect(value).toBeCloseTo(b.probabilities[s]!.data[i]!, 6)),
  )
}
