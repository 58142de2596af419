import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { textOf } from '../support/demo.ts'
import { demo, eventually, open, page } from '../support/page.ts'

test('a link reproduces the view', async () => {
  await open('cell=700&color=gene:Timer1&t=2.5&x=1&y=2&shown=all&theme=dark&zoom=0.4,0.6,2&gene=Timer1&level=0.5')
  await page.locator('.paths .changed').waitFor()
  await page.locator('.marks .cloud').first().waitFor()
  await eventually(() => page.url()).toContain('gene%3ATimer1')
  const link = page.url()
  const first = await page.locator('.overlay').innerHTML()
  await page.goto('about:blank')
  await page.goto(link)
  await page.locator('.paths .changed').waitFor()
  await eventually(() => page.locator('.overlay').innerHTML()).toBe(first)
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
})

test('pictures, tables and the model can be saved', async () => {
  await open('cell=700&t=2')
  await page.locator('.network').waitFor()
  const save = async (name: string) => {
    await page.locator('.menu summary').click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.menu').getByText(name).click()])
    const path = join(demo.folder, download.suggestedFilename())
    await download.saveAs(path)
    return path
  }
  const svg = textOf(await save('Picture as SVG'))
  expect(svg.match(/<circle/g)!.length).toBeGreaterThan(1600)
  expect(svg).not.toMatch(/var\(--|NaN/)
  const png = readFileSync(await save('Picture as PNG'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const table = await save('Cells as CSV')
  const cells = textOf(table).trim().split('\n')
  expect(cells).toHaveLength(1 + 8 * 200)
  expect(cells[0]).toMatch(/^cell,time,fate,leiden,X_pca_1,X_pca_2,X_pca_3,.*,predicted_time,X_predicted_1,/)
  expect(textOf(await save('Interactions as CSV'))).toMatch(/^regulator,target,effect\n[\w-]+,[\w-]+,-?\d/)
  expect(readFileSync(await save('Model as safetensors')).equals(readFileSync(demo.model))).toBe(true)
  await page.locator('input[type=file]').setInputFiles(table)
  await page.getByText('1,600 cells with 5 components at 8 times').waitFor()
  await page.setContent(svg)
  expect(await page.locator('svg circle').count()).toBeGreaterThan(1600)
})
