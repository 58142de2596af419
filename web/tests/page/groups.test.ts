import { expect, test } from 'vitest'
import { button, drawAround, eventually, inAddress, open, page } from '../support/page.ts'

test('a lasso finds its cells, and a link to it finds the same', async () => {
  await open('t=2&shown=2')
  await page.keyboard.down('Shift')
  await drawAround()
  await page.keyboard.up('Shift')
  await page.getByRole('heading', { name: /^(1\d\d|200) cells in the lasso$/ }).waitFor()
  const heading = await page.getByRole('heading', { name: 'in the lasso' }).innerText()
  await page.getByText('measured at time 2').waitFor()
  await page.getByText(/On average over these cells/).waitFor()
  await eventually(() => inAddress('group')).toMatch(/^lasso,2,/)
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByRole('heading', { name: heading }).waitFor()
  await button('Clear the group').click()
  await page.getByText('Click a cell to see its future').waitFor()
})

test('groups are chosen by label and compared', async () => {
  await open('t=3')
  const choose = async (fate: string) => {
    await page.getByRole('combobox', { name: 'fate', exact: true }).selectOption(fate)
    await page.getByLabel('Measured at').selectOption('4')
    await button('Take these cells').click()
  }
  await choose('fate 1')
  await page.getByRole('heading', { name: /^\d+ cells of fate 1, time 4$/ }).waitFor()
  const shareOf = async (fate: string, at = 0) =>
    Number(
      (
        await page
          .locator('section', { hasText: 'Their future' })
          .locator('.shares')
          .nth(at)
          .locator('li', { hasText: fate })
          .locator('.number')
          .innerText()
      ).replace(' %', ''),
    )
  expect(await shareOf('fate 1')).toBeGreaterThan(80)
  await button('Compare with another group').click()
  await choose('fate 2')
  await page.getByText(/beside \d+ cells of fate 1, time 4/).waitFor()
  expect(await shareOf('fate 2')).toBeGreaterThan(80)
  expect(await shareOf('fate 1', 1)).toBeGreaterThan(80)
  expect(await page.locator('.paths.many .other').count()).toBe(24)
  await page.getByRole('heading', { name: 'Interactions that differ most' }).waitFor()
  expect(await page.locator('.operator').count()).toBe(2)
  const difference = () => page.locator('.beside table .number').nth(1).innerText()
  const first = await difference()
  await eventually(() => inAddress('group')).toContain('fate%202')
  const [group, groupBeside] = [inAddress('group')!, inAddress('groupBeside')!]
  await page.goto('about:blank')
  await open(new URLSearchParams({ group: groupBeside, groupBeside: group }).toString())
  await page.getByRole('heading', { name: 'Interactions that differ most' }).waitFor()
  expect(await difference()).toBe(first.startsWith('+') ? first.replace('+', '−') : first.replace('−', '+'))
  await button('Stop comparing').click()
  await page.locator('.paths.many .other').first().waitFor({ state: 'detached' })
})

test('a lasso on a projection takes the cells measured inside', async () => {
  await open('on=X_umap&t=2')
  await page.locator('.busy').waitFor({ state: 'detached' })
  await button('Lasso').click()
  await drawAround()
  await page.getByRole('heading', { name: '1,600 cells in the lasso' }).waitFor()
  await page.getByText('measured at time 0 to 7').waitFor()
})
