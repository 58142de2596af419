import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { button, demo, eventually, gone, open, page, watch } from '../support/page.ts'

test('training without a time ends below every simple method', async () => {
  await open('tab=evaluate&held=2')
  await button('Train without time 2').click()
  await page.getByText('nearer to its cells than every simple method').waitFor({ timeout: 500_000 })
  const w1 = async (row: string) =>
    Number(await page.locator('.scores tr', { hasText: row }).locator('.number').first().innerText())
  for (const method of ['previous', 'next', 'OT-Interpolate'])
    expect(await w1('Cell-MNN')).toBeLessThan(await w1(method))
})

test('the loss falls while it trains', async () => {
  await open('tab=train&steps=200')
  await button('Train').click()
  await page.getByText('Step 200 of 200, done').waitFor({ timeout: 500_000 })
  const ys = (await page.locator('.curve .line.total').getAttribute('d'))!
    .match(/[ML,][\d.]+,([\d.]+)|L[\d.]+,([\d.]+)/g)!
    .map((point) => Number(point.split(',').at(-1)))
  expect(ys).toHaveLength(1 + 100) // after step 1 and after every second one, on any machine
  expect(ys.at(-1)!).toBeGreaterThan(ys[0]! + 20) // pixels downwards
  await button('Explore this model').click()
  await page.getByText('Click a cell to see its future').waitFor()
  // The exported model names the genes of these cells; it stays.
  await button('Show me one').click()
  await page.locator('.network').waitFor()
  await page.getByText('Knock out').waitFor()
  const effects = () => page.locator('section:has(.network) table').first().innerText()
  const own = await effects()
  await button('Back to the exported model').click()
  await page.getByText('This is the exported model').waitFor()
  await eventually(effects).not.toBe(own)
  await button('To the model trained here').click()
  await eventually(effects).toBe(own)
})

test('scores of many cells are of few first, then of more, and of all when they are asked for', async () => {
  await open()
  const rows = Array.from({ length: 9000 }, (_, i) => `${i % 3},${Math.sin(i) + (i % 3)},${Math.cos(1.7 * i)}`)
  const path = join(demo.folder, 'many.csv')
  writeFileSync(path, ['day,X_pca_1,X_pca_2', ...rows].join('\n'))
  await page.locator('input[type=file]').setInputFiles(path)
  await button('Open these cells').click()
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => {
      const first = document.querySelector<HTMLElement>('.scores .number:not(th)')?.innerText
      const extent = /Scores are of [\d,]+ cells/.exec(document.querySelector('aside')!.innerText)?.[0]
      if (first && first !== '…' && extent && seen.at(-1) !== extent) seen.push(extent)
    }).observe(document.querySelector('aside')!, { subtree: true, childList: true, characterData: true })
  })
  await page.getByRole('tab', { name: 'How good is it?' }).click()
  await page.getByText('Scores are of 7,500 cells, evenly taken.').waitFor()
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
    'Scores are of 1,500 cells',
    'Scores are of 7,500 cells',
  ])
  await page.getByText(/, from \d\.\d+ to \d\.\d+/).waitFor()
  const previous = () => page.locator('.scores tr', { hasText: 'previous' }).locator('.number').first().innerText()
  const known = await previous()
  await button('Take all, in minutes').click()
  await page.getByText('scoring previous, 1 of 4, of 9,000 cells …').waitFor()
  expect(await previous()).toBe(known)
  await button('Stop').click()
  await button('Take all, in minutes').waitFor()
  expect(await page.getByRole('progressbar', { name: 'Scoring' }).count()).toBe(0)
  expect(await previous()).toBe(known)
  expect(await page.locator('.problem').count()).toBe(0)
})

test('what the model before said is pale until this one has answered', async () => {
  await open('cell=700&t=3&arrows=1')
  await page.locator('.known .shares').first().waitFor({ state: 'attached' })
  await page.locator('.network').waitFor()
  await page.locator('.busy').waitFor({ state: 'detached' })
  const pale = [
    '.awaits .field',
    '.awaits .future',
    '.busy',
    '.waits .network',
    '.waits > .known .shares',
    'canvas.awaits',
  ]
  const seen = await watch(...pale)
  await page.locator('input[type=file]').setInputFiles(demo.otherModel)
  await eventually(seen).toEqual(pale)
  await gone(page.locator('.awaits, .waits, .busy'))
})
