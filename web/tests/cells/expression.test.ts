import { expect, test } from 'vitest'
import { measuredExpression } from '../../src/cells/expression.ts'

const cells = { data: Float32Array.of(0), shape: [1, 1] as const }
const genes = { names: ['a', 'b'], loadings: { data: Float32Array.of(1, 1), shape: [2, 1] as const } }
const at = (time: number, ...expression: number[]) => ({
  time,
  cells,
  expression: { data: Float32Array.from(expression), shape: [1, expression.length] as const },
})

test('expression of all snapshots is one matrix', async () => {
  const read = measuredExpression({ snapshots: [at(0, 1, 2), at(1, 3, 4)], genes })
  expect(await read!()).toEqual({ genes: ['a', 'b'], values: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] } })
})

test('there is none where a snapshot lacks it, or its genes have no names', () => {
  expect(measuredExpression({ snapshots: [at(0, 1, 2), { time: 1, cells }], genes })).toBeNull()
  expect(measuredExpression({ snapshots: [at(0, 1, 2, 3)], genes })).toBeNull()
  expect(measuredExpression({ snapshots: [at(0, 1, 2)] })).toBeNull()
})
