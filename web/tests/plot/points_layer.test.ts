import { beforeEach, expect, test, vi } from 'vitest'
import { PointsLayer } from '../../src/plot/points_layer.ts'

/** What was created and not deleted. */
const living = new Set<object>()
/** Numbers in the buffers that were filled since the last look. */
let filled: number[] = []

/** A context that counts, and otherwise does nothing. */
const gl = new Proxy(
  {},
  {
    get(_, name: string) {
      if (/^create(?!Shader)/.test(name)) {
        return () => {
          const made = {}
          living.add(made)
          return made
        }
      }
      if (/^delete(?!Shader)/.test(name)) return (made: object) => living.delete(made)
      if (name === 'bufferData') return (_: number, data: Float32Array) => filled.push(data.length)
      if (name === 'getProgramParameter') return () => true
      return /^[A-Z]/.test(name) ? 0 : () => null
    },
  },
)

class Canvas extends EventTarget {
  width = 0
  height = 0
  getContext = () => gl
}

let canvas: Canvas
const redraw = vi.fn()
const gone = vi.fn()

function filledLayer(): PointsLayer {
  const layer = new PointsLayer(canvas as unknown as HTMLCanvasElement, redraw, gone)
  layer.setPositions(new Float32Array(20), 10)
  layer.setValues(new Float32Array(10))
  layer.setSpans(new Float32Array(20))
  return layer
}

beforeEach(() => {
  canvas = new Canvas()
  living.clear()
  filled = []
  redraw.mockClear()
  gone.mockClear()
})

test('nothing is left on the graphics card', () => {
  const layer = filledLayer()
  expect(living.size).toBe(6) // four buffers, the program, the ramp
  layer.dispose()
  expect(living.size).toBe(0)
  canvas.dispatchEvent(new Event('webglcontextrestored'))
  expect(living.size).toBe(0)
})

test('a context that was away is asked back, filled and drawn anew', () => {
  const layer = filledLayer()
  const lost = new Event('webglcontextlost', { cancelable: true })
  canvas.dispatchEvent(lost)
  expect(lost.defaultPrevented).toBe(true)
  expect(redraw).not.toHaveBeenCalled()
  filled = []
  canvas.dispatchEvent(new Event('webglcontextrestored'))
  expect(filled).toEqual([20, 10, 20])
  expect(redraw).toHaveBeenCalledOnce()
  layer.setWeights(new Float32Array(30))
  filled = []
  canvas.dispatchEvent(new Event('webglcontextrestored'))
  expect(filled).toEqual([20, 10, 30, 20])
})

test('a context that does not come back is given up, one that does or is disposed of is not', () => {
  vi.useFakeTimers()
  const lose = () => canvas.dispatchEvent(new Event('webglcontextlost', { cancelable: true }))
  const layer = filledLayer()
  lose()
  canvas.dispatchEvent(new Event('webglcontextrestored'))
  vi.advanceTimersByTime(10_000)
  expect(gone).not.toHaveBeenCalled()
  lose()
  vi.advanceTimersByTime(10_000)
  expect(gone).toHaveBeenCalledOnce()
  lose()
  layer.dispose()
  vi.advanceTimersByTime(10_000)
  expect(gone).toHaveBeenCalledOnce()
  vi.useRealTimers()
})
