import { expect, test } from 'vitest'
import { open, page, pretendToHaveACard } from '../support/page.ts'

test.each(['light', 'dark'] as const)('legend and points have the same colours: %s', async (theme) => {
  await pretendToHaveACard()
  await open(`theme=${theme}&color=group&shown=0&ghosts=0&t=0`)
  // All cells of time 0 are undecided: their colour is the only one in the plot beside the ground.
  const color = await page.locator('.legend circle').first().getAttribute('fill')
  const found = await page.evaluate(async (expected) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.plot canvas[tabindex]')!
    const gl = canvas.getContext('webgl2')!
    return new Promise<number>((done) => {
      // The pixels live until the frame is shown: read them right after the next drawing.
      const drawArrays = gl.drawArrays.bind(gl)
      gl.drawArrays = (...given) => {
        drawArrays(...given)
        const pixels = new Uint8Array(4 * canvas.width * canvas.height)
        gl.readPixels(0, 0, canvas.width, canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
        const wanted = [1, 3, 5].map((at) => parseInt(expected!.slice(at, at + 2), 16))
        let count = 0
        for (let i = 0; i < pixels.length; i += 4) {
          if (
            pixels[i + 3]! > 200 &&
            wanted.every((value, c) => Math.abs((pixels[i + c]! * 255) / pixels[i + 3]! - value) < 4)
          )
            ++count
        }
        done(count)
      }
      canvas.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }))
    })
  }, color)
  expect(found).toBeGreaterThan(50)
})
