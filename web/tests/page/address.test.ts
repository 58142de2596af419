import { expect, test } from 'vitest'
import { button, eventually, inAddress, open, page } from '../support/page.ts'

const heading = (name: string) => page.getByRole('heading', { name, exact: true })

test('Back goes through what was chosen', async () => {
  await open('t=2')
  await button('Show me one').click()
  await eventually(() => inAddress('cell')).not.toBeNull()
  const first = inAddress('cell')!
  await page.getByLabel('Cell name or number').fill('900')
  await page.keyboard.press('Enter')
  await heading('Cell 900').waitFor()
  await eventually(() => inAddress('cell')).toBe('900')
  await page.getByRole('tab', { name: 'Tour' }).click()
  await eventually(() => inAddress('tab')).toBe('tour')
  await page.goBack()
  await heading('Cell 900').waitFor()
  await page.goBack()
  await heading(`Cell ${first}`).waitFor()
  await page.goBack()
  await heading('Click a cell to see its future').waitFor()
  await page.goForward()
  await heading(`Cell ${first}`).waitFor()
})

test('of many fast changes of the address the last one counts, also while it plays', async () => {
  await open('t=2')
  await button('Play').click()
  await page.evaluate(async () => {
    for (let i = 0; i < 40; ++i) {
      location.hash = `cell=${i === 39 ? 1050 : 60 * (i % 7) + i}`
      if (i % 5 === 0) await new Promise((done) => setTimeout(done, 70))
    }
  })
  await heading('Cell 1050').waitFor()
  await page.waitForTimeout(700)
  await heading('Cell 1050').waitFor()
  expect(inAddress('cell')).toBe('1050')
})

test('the tour shows what its step speaks of, however one comes to it', async () => {
  await open('cell=700&t=3')
  await page.locator('.paths .future').waitFor()
  await page.getByRole('tab', { name: 'Tour' }).click()
  await heading('Snapshots').waitFor()
  expect(await page.locator('.paths').count()).toBe(0)
})

test('before its path begins the chosen cell is marked where it was measured', async () => {
  const places = async (circle: string) => {
    const mark = page.locator(`.chosen-mark ${circle}`)
    return [await mark.getAttribute('cx'), await mark.getAttribute('cy')]
  }
  await open('cell=700&t=0')
  await page.locator('.chosen-mark .ring').waitFor()
  expect(await places('.ring')).toEqual(await places('.origin'))
  await open('cell=700&t=2')
  await eventually(async () => (await places('.ring')).join()).not.toBe((await places('.origin')).join())
})

test('reload asks before it drops a model that was trained here', async () => {
  await open('tab=train&steps=200')
  await button('Train').click()
  await page.getByText('Step 200 of 200, done').waitFor({ timeout: 500_000 })
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.evaluate(() => setTimeout(() => location.reload()))
  await eventually(() => asked.join()).toBe('beforeunload')
  await page.getByText('Step 200 of 200, done').waitFor()
})
