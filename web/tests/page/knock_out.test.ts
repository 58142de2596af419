import { expect, test } from 'vitest'
import { eventually, open, page } from '../support/page.ts'

test('a knock-out shifts the future, and no change does not', async () => {
  await open('cell=700&gene=Timer1')
  await page.locator('.paths .changed').waitFor()
  const shift = async () =>
    Number(/moves its end by ([\d.]+)/.exec(await page.locator('.effect figcaption').innerText())![1])
  const knockedOut = await shift()
  expect(knockedOut).toBeGreaterThan(0)
  expect(await page.locator('.changes tr').count()).toBe(6)
  await page.getByLabel(/Timer1 left/).fill('0.9')
  await eventually(shift).toBeLessThan(knockedOut)
  await page.getByLabel(/Timer1 left/).fill('1')
  await page.locator('.paths .changed').waitFor({ state: 'detached' })
})

test('a knock-out in a group shifts its mean end, beside similar genes', async () => {
  await open('group=cells,4,fate,fate%25201&gene=Timer1')
  await page.getByRole('heading', { name: 'of fate 1, time 4' }).waitFor()
  await page.locator('.paths.many .changed').first().waitFor()
  const caption = await page.locator('.effect figcaption').innerText()
  expect(Number(/moves their mean end by ([\d.]+)/.exec(caption)![1])).toBeGreaterThan(0)
  expect(caption).toContain('10 similar genes')
  expect(await page.locator('.effect .control').count()).toBe(10)
  expect(await page.locator('.changes tr').count()).toBe(6)
  await page.getByLabel(/Timer1 left/).fill('1')
  await page.locator('.paths.many .changed').first().waitFor({ state: 'detached' })
})
