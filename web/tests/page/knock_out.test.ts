import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { program } from '../support/demo.ts'
import { demo, eventually, open, page, watch } from '../support/page.ts'

test('a knock-out shifts the future, and no change does not', async () => {
  await open('cell=700&gene=Timer1')
  await page.locator('.effect').waitFor()
  const shift = async () =>
    Number(/moves its end by ([\d.]+)/.exec(await page.locator('.effect figcaption').innerText())![1])
  const knockedOut = await shift()
  expect(knockedOut).toBeGreaterThan(0)
  expect(await page.locator('.changes tbody tr').count()).toBe(6)
  await page.getByLabel(/Timer1 left/).fill('0.9')
  await eventually(shift).toBeLessThan(knockedOut)
  await page.getByLabel(/Timer1 left/).fill('1')
  await page.locator('.paths .changed').waitFor({ state: 'detached' })
})

test('a knock-out in a group shifts its mean end, beside similar genes', async () => {
  await open('group=cells,4,fate,fate%25201&gene=Timer1')
  await page.getByRole('heading', { name: 'of fate 1, time 4' }).waitFor()
  await page.locator('.paths.many .changed').first().waitFor()
  await page.locator('.effect').waitFor()
  const caption = await page.locator('.effect figcaption').innerText()
  expect(Number(/moves their mean end by ([\d.]+)/.exec(caption)![1])).toBeGreaterThan(0)
  expect(caption).toContain('23 similar genes') // all others
  expect(await page.locator('.effect .control').count()).toBe(23)
  expect(await page.locator('.changes tbody tr').count()).toBe(6)
  await page.getByLabel(/Timer1 left/).fill('1')
  await page.locator('.paths.many .changed').first().waitFor({ state: 'detached' })
})

test('the numbers are those that the program prints', async () => {
  const given = ['perturb', demo.model, demo.data, '--gene', 'Timer1=0', '--group', 'time=4', '--times', '7', '--quiet']
  const printed = execFileSync(program, given).toString()
  const [, shift] = /mean prediction moves by ([\d.]+)/.exec(printed)!
  const [, controls, median, p] = /(\d+) control genes .* median ([\d.]+), p = ([\d.]+)/.exec(printed)!
  const rows = printed
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells.length === 4 && cells.slice(1).every((cell) => Number.isFinite(Number(cell))))
  expect(rows.length).toBe(10)

  await open('group=cells,4,,&gene=Timer1')
  const caption = page.locator('.effect figcaption')
  await caption.waitFor()
  const text = await caption.innerText()
  const shown = (pattern: RegExp) => pattern.exec(text)![1]!
  const alike = (got: string, expected: string) => {
    const decimals = got.split('.')[1]!.length
    expect(Math.abs(Number(got.replace('−', '-')) - Number(expected))).toBeLessThan(0.501 * 10 ** -decimals)
  }
  alike(shown(/mean end by ([\d.]+)/), shift!)
  alike(shown(/median ([\d.]+)/), median!)
  expect(shown(/of (\d+) similar genes/)).toBe(controls)
  expect(shown(/p = (\d\.\d+)/)).toBe(p)
  for (const [i, [gene, change, mean, sd]] of rows.slice(0, 6).entries()) {
    const cells = await page.locator('.changes tbody tr').nth(i).locator('td').allInnerTexts()
    expect(cells[0]).toBe(gene)
    alike(cells[2]!, change!)
    const [ownMean, ownSd] = cells[3]!.split(' ± ')
    alike(ownMean!, mean!)
    alike(ownSd!, sd!)
  }
})

test('the path of the change before is pale until the next one is known', async () => {
  await open('cell=700&gene=Timer1&arrows=1&t=5')
  await page.locator('.paths .changed').waitFor()
  await page.locator('.busy').waitFor({ state: 'detached' })
  const pale = ['.busy', '.field .awaits .changed', '.paths .awaits .changed']
  const seen = await watch(...pale)
  await page.getByLabel(/Timer1 left/).fill('0.5')
  await eventually(seen).toEqual(pale)
  await page.locator('.busy').waitFor({ state: 'detached' })
  expect(await page.locator('.awaits').count()).toBe(0)
})
