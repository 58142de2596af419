import { expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'
import { button, eventually, inAddress, open, page } from '../support/page.ts'

const check = () => page.getByLabel('true paths')
const lines = () => page.locator('.true-paths path').count()

test('what is true of simulated cells stands beside the model when it is asked for', async () => {
  await open('t=2')
  expect(await lines()).toBe(0)
  await check().check()
  await eventually(lines).toBe(40)
  await eventually(() => inAddress('truth')).toBe('1')
  const places = () =>
    page.locator('.true-paths circle').evaluateAll((all) => all.map((one) => one.getAttribute('cx')).join())
  const before = await places()
  await button('To the next snapshot').click()
  await eventually(places).not.toBe(before)
  await page.getByRole('tab', { name: 'Genes' }).click()
  await page.getByRole('heading', { name: en.words.trueNetwork }).waitFor()
  await page.getByText(`✓ ${en.words.found}`).first().waitFor()
  await page.getByLabel(en.words.showTruth).uncheck()
  await page.getByRole('heading', { name: en.words.trueNetwork }).waitFor({ state: 'detached' })
  expect(await lines()).toBe(0)
})

test('true paths are not drawn on a projection, where they were never carried', async () => {
  await open('truth=1&on=X_umap')
  await page.getByText('UMAP: a projection').waitFor()
  expect(await lines()).toBe(0)
  expect(await check().count()).toBe(0)
  await page.getByLabel('Picture').selectOption('')
  await eventually(lines).toBe(40)
})

test('the truth belongs to its cells', async () => {
  await open('tab=tour&truth=1')
  await eventually(lines).toBe(40)
  const ofPage = () => page.locator('.true-paths path').first().getAttribute('d')
  const before = await ofPage()
  await page.getByLabel(en.words.lesson).selectOption('decay')
  await eventually(() => page.locator('.about').innerText()).toContain('decay: 1,000 cells')
  expect(await check().count()).toBe(0)
  await page.getByLabel(en.words.showTruth).check()
  await eventually(ofPage).not.toBe(before)
  await button(en.words.ownCells).click()
  await eventually(() => page.locator('.about').innerText()).toContain('test cells: 1,600 cells')
  await check().check()
  await eventually(ofPage).toBe(before)
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 3},${Math.sin(i)},${Math.cos(2 * i)}`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'cells.csv', mimeType: 'text/csv', buffer: Buffer.from(`day,x,y\n${rows.join('\n')}\n`) })
  await button('Open these cells').click()
  await eventually(lines).toBe(0)
  expect(await check().count()).toBe(0)
})
