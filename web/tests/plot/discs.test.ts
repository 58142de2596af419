import { expect, test } from 'vitest'
import { Discs, sideOf } from '../../src/plot/discs.ts'

const [WIDTH, HEIGHT] = [24, 20]
const channels = (pixel: number) => [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255, pixel >>> 24]

/** The pixels of a sheet, and how to draw on it. */
function sheet(diameter: number, opacity: number) {
  const pixels = new Uint32Array(WIDTH * HEIGHT)
  return { pixels, discs: new Discs(pixels, WIDTH, diameter, opacity) }
}

test('a disc has its area, its middle, its colour and its opacity', () => {
  for (const [diameter, x, y] of [
    [5, 10, 8],
    [7.4, 11.3, 9.6],
    [9, 12.9, 10.1],
  ] as const) {
    const { pixels, discs } = sheet(diameter, 0.5)
    discs.draw(x, y, 0x0a141e)
    let [sum, sumX, sumY] = [0, 0, 0]
    pixels.forEach((pixel, i) => {
      const [red, green, blue, alpha] = channels(pixel) as [number, number, number, number]
      if (alpha > 0) expect([red, green, blue]).toEqual([30, 20, 10])
      sum += alpha / 255
      sumX += ((i % WIDTH) + 0.5) * (alpha / 255)
      sumY += (Math.floor(i / WIDTH) + 0.5) * (alpha / 255)
    })
    // Its edge is one pixel wide, and lies inside.
    expect(sum / (0.5 * Math.PI * ((diameter - 1) / 2) ** 2)).toBeCloseTo(1, 1)
    expect(Math.abs(sumX / sum - x)).toBeLessThan(0.15) // an eighth of a pixel
    expect(Math.abs(sumY / sum - y)).toBeLessThan(0.15)
  }
})

test('discs over each other are mixed as light is', () => {
  const { pixels, discs } = sheet(7, 0.6)
  const colors = [0x2040c0, 0xe01080, 0x60f020, 0x60f020]
  const expected = [0, 0, 0, 0] // multiplied by alpha, in double
  const alpha = Math.round(255 * 0.6) / 255
  for (const color of colors) {
    discs.draw(10.5, 10.5, color)
    const added = [
      ...channels(color)
        .slice(0, 3)
        .map((value) => value * alpha),
      255 * alpha,
    ]
    expected.forEach((before, i) => (expected[i] = added[i]! + before * (1 - alpha)))
  }
  const found = channels(pixels[10 * WIDTH + 10]!)
  expect(Math.abs(found[3]! - expected[3]!)).toBeLessThan(1.5)
  for (const i of [0, 1, 2]) expect(Math.abs(found[i]! - (255 * expected[i]!) / expected[3]!)).toBeLessThan(2)
})

test('a disc that reaches beyond the sheet is left out, and so is one at no place', () => {
  const { pixels, discs } = sheet(5, 1)
  for (const [x, y] of [
    [1, 10],
    [WIDTH - 1, 10],
    [10, 1],
    [10, HEIGHT - 1],
    [NaN, 10],
    [1e30, -1e30],
  ] as const)
    discs.draw(x, y, 1)
  expect(pixels.some((pixel) => pixel !== 0)).toBe(false)
  discs.draw(sideOf(5) - 2.4, 10, 1)
  expect(pixels.some((pixel) => pixel !== 0)).toBe(true)
})
