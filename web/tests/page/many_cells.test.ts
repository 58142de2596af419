import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { program } from '../support/demo.ts'
import { demo, page } from '../support/page.ts'

test('of more than 100,000 cells some move, and the others are drawn where they stand', async () => {
  const [some, data, html] = ['some.npz', 'many.npz', 'many.html'].map((name) => join(demo.folder, name)) as [
    string,
    string,
    string,
  ]
  const cellmnn = (...given: string[]) => execFileSync(program, [...given, '--quiet'])
  cellmnn('simulate', '--times', '0,1,2,3,4,5,6,7', '--cells', '200', '-o', some)
  cellmnn('simulate', '--inflate', some, '--cells', '120000', '-o', data)
  cellmnn('export', demo.model, data, '--cells', '120000', '--force', '-o', html)
  await page.goto(`${pathToFileURL(html).href}#t=3`)
  await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
  const [, moving] = /: ([\d,]+) cells of 120,000 at 8 times/.exec(await page.locator('.about').innerText())!
  const count = Number(moving!.replace(',', ''))
  expect(count).toBeGreaterThan(99_990)
  expect(count).toBeLessThanOrEqual(100_000)
  const others = (120_000 - count).toLocaleString('en')
  await page
    .getByText(`${moving!} cells move, evenly taken; all that is computed here is of these. The other ${others} are`)
    .waitFor()
  const inked = (name: 'first' | 'last') =>
    page.evaluate((name) => {
      const canvases = document.querySelectorAll<HTMLCanvasElement>('.plot canvas')
      const canvas = canvases[name === 'first' ? 0 : canvases.length - 1]!
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return data.filter((value, i) => i % 4 === 3 && value > 0).length
    }, name)
  expect(await inked('first')).toBeGreaterThan(1000)
  expect(await inked('last')).toBeGreaterThan(1000)
  await page.getByRole('checkbox', { name: 'measured' }).uncheck()
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.plot canvas')!
    return canvas
      .getContext('2d')!
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.every((value) => value === 0)
  })
  expect(await inked('last')).toBeGreaterThan(1000)
})
