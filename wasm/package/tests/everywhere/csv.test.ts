import { describe, expect, test } from 'vitest'
import { readCsv } from 'cellmnn'
import { refuses } from '../refusals.js'

describe('csv', () => {
  const text = 'cell,day,X_pca_1,X_pca_2,note\nc1,day0,1,2,x\nc2,day3,3,4,"a ""b"", c"\r\nc3,day0,5,6,\n'

  test('cells are sorted into snapshots', () => {
    expect(readCsv(text).snapshots).toEqual([
      { time: 0, label: 'day0', cells: { data: Float32Array.of(1, 2, 5, 6), shape: [2, 2] } },
      { time: 3, label: 'day3', cells: { data: Float32Array.of(3, 4), shape: [1, 2] } },
    ])
  })
  test('all columns of numbers are taken without usual names, and tabs as well', () => {
    const { snapshots } = readCsv('time\ta\tb\n1\t5\t6\n0\t7\t8\n')
    expect(snapshots.map(({ time, cells }) => [time, ...cells.data])).toEqual([
      [0, 7, 8],
      [1, 5, 6],
    ])
  })
  test('a field of 30 MB in quotes', () => {
    const { annotations } = readCsv(`cell,day,x_1,x_2\n"${'a'.repeat(30e6)}",0,1,2\nb,1,1,2\n`)
    expect(annotations!.names[0]).toHaveLength(30e6)
  })
  test('options choose', () => {
    const other = 'when,day,u_1,u_2\nearly,1,1,2\nlate,1,3,4\n'
    const { snapshots } = readCsv(other, {
      timeKey: 'when',
      embeddingKey: 'u',
      dims: 1,
      timeMap: { early: 0, late: 2.5 },
    })
    expect(snapshots.map(({ time, cells }) => [time, ...cells.data])).toEqual([
      [0, 1],
      [2.5, 3],
    ])
  })
  test('five dimensions are kept without being told', () => {
    const names = Array.from({ length: 7 }, (_, d) => `pca_${d + 1}`).join()
    expect(readCsv(`day,${names}\n0,1,2,3,4,5,6,7\n`).snapshots[0]!.cells.shape).toEqual([1, 5])
  })
  test.each([
    ['nothing', '', ['header']],
    ['a header alone', 'day,x\n', ['no cells']],
    ['missing fields', 'day,x\n1\n', ['line 2', '1 fields']],
    ['a word', 'day,x,y\n0,1,2\n1,one,2\n', ['line 3', "'one'", "'x'"]],
    ['no time', 'a,b\n1,2\n', ['timeKey']],
    ['two times', 'day,time,x\n1,2,3\n2,3,4\n', ['more than one', 'timeKey']],
    ['no numbers', 'day,name\n1,x\n', ['no columns of numbers']],
    ['an open quote', 'day,x\n0,"1\n', ['quote']],
    ['a label without a number', 'day,x\nearly,1\nlate,2\n', ["'early'", 'timeMap']],
    ['a label with two numbers', 'day,x\nd1r2,1\n', ["'d1r2'", 'more than one number']],
  ])('%s is refused', (_, given, words) => refuses(() => readCsv(given), 'bad-input', ...words))
  test('wrong options are refused', () => {
    refuses(() => readCsv(text, { time: 'day' } as never), 'usage', "'time'")
    refuses(() => readCsv(text, { dims: 0 }), 'usage', 'dims')
    refuses(() => readCsv(text, { dims: 9 }), 'bad-input', 'dims asks for 9')
    refuses(() => readCsv(text, { timeKey: 'x' }), 'bad-input', "'x'")
    refuses(() => readCsv(text, { embeddingKey: 'x' }), 'bad-input', "'x_1'")
    refuses(() => readCsv(text, { timeMap: { day9: 1 } }), 'usage', "'day9'")
    refuses(() => readCsv(3 as never), 'bad-input', 'text')
  })
})
