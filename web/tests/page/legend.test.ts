import { expect, test } from 'vitest'
import { button, eventually, inAddress, open, page, picture } from '../support/page.ts'

test('a label is highlighted, hidden, and taken as a group', async () => {
  await open('color=group&labels=fate&t=4')
  const before = await picture()
  await button('fate 1').first().click()
  await eventually(() => inAddress('lit')).toBe('1')
  await eventually(async () => (await picture()).equals(before)).toBe(false)
  await button('Hide fate 2').click()
  await eventually(() => inAddress('off')).toBe('2')
  expect(await page.locator('.label-names').textContent()).not.toContain('fate 2')
  await button(/^Take its [\d,]+ cells$/).click()
  await page.getByRole('heading', { name: /cells of fate 1/ }).waitFor()
  await button('fate 1').first().click()
  await eventually(() => inAddress('lit')).toBeNull()
})

test('names stand on the map, and arrows where cells move', async () => {
  await open('color=group&labels=fate&t=4')
  expect(await page.locator('.label-names text').allTextContents()).toContain('fate 1')
  await page.getByLabel('names').uncheck()
  expect(await page.locator('.label-names').count()).toBe(0)
  await page.getByLabel('arrows').check()
  const field = page.locator('.field path').last()
  await field.waitFor()
  const at4 = await field.getAttribute('d')
  expect(at4!.split('M').length).toBeGreaterThan(20)
  await page.getByLabel('Time shown').fill('6.5')
  await eventually(() => field.getAttribute('d')).not.toBe(at4)
})

test('cells whose gene is changed have arrows of their own', async () => {
  await open('group=cells,4,,&gene=Timer1&arrows=1&t=5')
  await page.locator('.field .changed').waitFor()
  expect((await page.locator('.field .changed').getAttribute('d'))!.length).toBeGreaterThan(100)
})
