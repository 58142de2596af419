import { expect, test } from 'vitest'
import { button, clock, eventually, inAddress, middleOf, newPage, open, page } from '../support/page.ts'

async function choose(cell: number | string): Promise<void> {
  const find = page.getByLabel('Cell name or number')
  await find.fill(String(cell))
  await find.press('Enter')
}

test('the cells are there before their paths are known, and then move', async () => {
  await newPage() // of somebody who likes motion
  await open()
  const [drawn, moving] = await page.evaluate(() =>
    ['cells drawn', 'cells moving'].map((name) => performance.getEntriesByName(name)[0]!.startTime),
  )
  expect(drawn).toBeLessThan(moving!)
  await button('Pause').waitFor()
  const before = await clock()
  await eventually(clock).toBeGreaterThan(before)
  expect(await page.title()).toContain('test cells')
})

test('a click on a cell opens its panels, a second click closes them', async () => {
  await open()
  await choose(50)
  const { x, y } = await middleOf('.chosen-mark .origin')
  await button('Close this cell').click()
  await page.mouse.click(x, y)
  await page.locator('.operator rect').first().waitFor()
  expect(await page.locator('.operator rect').count()).toBe(25)
  expect(await page.locator('.eigenvalues circle').count()).toBe(5)
  expect(await page.locator('.paths .fan').count()).toBe(24)
  expect(await page.locator('.network text').count()).toBeGreaterThan(1)
  await eventually(() => inAddress('cell')).not.toBeNull()
  await page.mouse.click(x, y)
  await page.getByText('Click a cell to see its future').waitFor()
})

test('the strongest regulator is named, with its sign', async () => {
  await open('cell=700')
  await page.locator('.network').waitFor()
  const section = page.locator('section', { has: page.locator('.network') })
  const [regulator, target, effect] = (await section.locator('tbody tr').first().innerText()).split('\t')
  expect(effect).toMatch(/^[+−]\d/)
  expect(target).toMatch(effect!.startsWith('+') ? /^→/ : /^⊣/)
  expect(await section.locator('p b').first().innerText()).toBe(regulator)
})

test('a cell is found by its name, by a part of it, and not by another one', async () => {
  await open()
  await choose('nobody')
  await page.getByText("No cell is called 'nobody'. Numbers go from 0 to 1599.").waitFor()
  await choose('AC23757-1') // the fourth
  await page.getByRole('heading', { name: 'Cell 3', exact: true }).waitFor()
  await page.getByText('AC23757-1', { exact: true }).waitFor()
})

test('two cells are compared', async () => {
  await open('cell=700&t=3')
  await button('Compare with another cell').click()
  await choose(710)
  await page.getByText(/beside cell 700 \(AC\d+-1\), measured at time 3/).waitFor()
  expect(await page.locator('.paths .other').count()).toBe(1)
  const change = async () =>
    Number((await page.locator('.beside .changes .number').first().innerText()).replace('−', '-'))
  const first = await change()
  await eventually(() => [inAddress('cell'), inAddress('beside')]).toEqual(['710', '700'])
  await page.goto(
    page
      .url()
      .replace(/cell=\d+/, 'cell=700')
      .replace(/beside=\d+/, 'beside=710'),
  )
  await page.getByText('beside cell 710').waitFor()
  expect(await change()).toBeCloseTo(-first, 2)
  await button('Stop comparing').click()
  await page.locator('.paths .other').waitFor({ state: 'detached' })
})
