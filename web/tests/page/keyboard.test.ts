import { describe, expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'
import { STEPS } from '../../src/text/table.ts'
import { button, clock, eventually, open, page } from '../support/page.ts'

test('the tour is walked with the keyboard', async () => {
  await open('tab=tour')
  for (const name of STEPS.slice(1)) {
    await button(/^Next$/).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: en.steps[name].title }).waitFor()
  }
  await button('Do the test').press('Enter')
  await page.getByRole('heading', { name: 'How good is it?' }).waitFor()
})

test('tabs change with the arrow keys', async () => {
  await open()
  await page.getByRole('tab', { name: 'Explore' }).focus()
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: 'How good is it?' }).waitFor()
  for (let i = 0; i < 4; ++i) await page.keyboard.press('ArrowLeft')
  await page.getByRole('heading', { name: 'Snapshots' }).waitFor()
  expect(await page.getByRole('tab', { name: 'Tour' }).evaluate((tab) => tab === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 't = 5: go there' }).press('Enter')
  await eventually(clock).toBe(5)
})

/** Everything that can be operated with the mouse can be reached with the Tab key. */
test('the Tab key reaches every control', async () => {
  await open('cell=700&gene=Timer1')
  await page.locator('.network').waitFor()
  await page.locator('.effect').waitFor()
  const wanted = await page.evaluate(
    () =>
      [...document.querySelectorAll('button, select, input, summary, canvas[tabindex]')].filter(
        (one) => !(one as HTMLButtonElement).disabled && one.checkVisibility() && (one as HTMLElement).tabIndex >= 0,
      ).length,
  )
  const reached = new Set<string>()
  for (let i = 0; i < wanted + 3; ++i) {
    await page.keyboard.press('Tab')
    reached.add(
      await page.evaluate(() => {
        const all = [...document.querySelectorAll('*')]
        const one = document.activeElement!
        return one === document.body ? '' : String(all.indexOf(one))
      }),
    )
  }
  reached.delete('')
  expect(reached.size).toBeGreaterThanOrEqual(wanted)
})

describe('the keyboard is where the eyes are', () => {
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

  test('after a cell is chosen, changed, and let go', async () => {
    await open('t=3')
    await button('Show me one').focus()
    await page.keyboard.press('Enter')
    await eventually(focused).toBe('Cell 700')
    expect(await page.locator('.announcement').innerText()).toMatch(/^Chosen: cell 700 .*fate \d \d+ %$/)
    await button(/^Knock out/).focus()
    await page.keyboard.press('Enter')
    await eventually(focused).toBe('Change a gene')
    await button('Undo').focus()
    await page.keyboard.press('Enter')
    await eventually(focused).toBe('Change a gene')
    await page.keyboard.press('Escape')
    await eventually(focused).toBe('Click a cell to see its future')
  })

  test('one key skips the controls', async () => {
    await open('cell=700')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('To the panel')
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('Cell 700')
  })
})
