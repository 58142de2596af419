import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { program } from '../support/demo.ts'
import { button, demo, eventually, inAddress, open, page } from '../support/page.ts'

/** The rows of what the program prints as a table, from the line below its header. */
const rowsPrinted = (text: string, header: RegExp): string[][] => {
  const lines = text.split('\n')
  const begin = lines.findIndex((line) => header.test(line)) + 1
  return lines.slice(begin).map((line) => line.trim().split(/\s+/))
}

test('the network is that of the program, with the words on directions', async () => {
  const printed = execFileSync(program, ['network', demo.data, '--draws', '0', '--shuffles', '0', '--quiet']).toString()
  await open('tab=genes')
  const row = page.locator('.edges tbody tr')
  await row.first().waitFor()
  const expected = rowsPrinted(printed, /^\s*source\s+target/)
  for (let i = 0; i < 8; ++i) {
    const [regulator, target, effect] = await row.nth(i).locator('td').allInnerTexts()
    expect([regulator, target!.replace(/^[→⊣] /, '')]).toEqual(expected[i]!.slice(0, 2))
    expect(Number(effect!.replace('−', '-'))).toBeCloseTo(Number(expected[i]![2]), 1)
  }
  await page.getByText('effect of the regulator’s earlier level on the target, by regression').waitFor()
  const [, known, share] = /(Directions|Association, direction unknown): (?:only )?(\d+) %/.exec(printed)!
  await page.getByText(new RegExp(`${known}:.*${share} % of what varies`)).waitFor()
})

test('edges of one gene alone, and all of them', async () => {
  await open('tab=genes')
  const row = page.locator('.edges tbody tr')
  await row.first().waitFor()
  expect(await row.count()).toBe(12)
  await button(/^Show 100 of 552/).click()
  expect(await row.count()).toBe(100)
  await page.getByRole('combobox', { name: 'Edges of' }).fill('timer')
  await page.getByRole('listbox', { name: 'Edges of' }).getByRole('option', { name: 'Timer1' }).click()
  expect(await row.count()).toBe(46) // of 23 others, either way
  for (const text of await row.allInnerTexts()) expect(text).toContain('Timer1')
})

test('a gene that is held in the network stands beside the answer of the model', async () => {
  await open('tab=genes')
  await page.locator('.edges tbody tr').first().waitFor()
  const name = await page.getByRole('combobox', { name: 'Gene', exact: true }).inputValue()
  await button(`Knock out ${name}`).click()
  const changes = page.locator('.changes tbody tr')
  await changes.first().waitFor()
  await eventually(() => inAddress('gene')).toBe(name)
  await page.locator('.changes th').getByText('by the model').waitFor()
  const file = `${demo.folder}/held.tsv`
  execFileSync(program, ['perturb', demo.data, '--gene', `${name}=0`, '--times', '7', '-o', file, '--quiet'])
  const lines = execFileSync('cat', [file]).toString().trim().split('\n')
  const expected = new Map(lines.slice(1).map((line) => [line.split('\t')[1], Number(line.split('\t')[3])]))
  for (const text of await changes.allInnerTexts()) {
    const [gene, , network] = text.split('\t')
    expect(Number(network!.replace('−', '-'))).toBeCloseTo(expected.get(gene!)!, 1)
  }
  await page.getByLabel(`${name} left`).fill('1')
  await changes.first().waitFor({ state: 'detached' })
  await button('Undo').click()
  await button(`Knock out ${name}`).waitFor()
})

test('a gene is found by its name, with the keys', async () => {
  await open('cell=700')
  const box = page.getByRole('combobox', { name: 'Gene', exact: true })
  await box.fill('stem')
  const option = page.getByRole('listbox', { name: 'Gene', exact: true }).getByRole('option')
  expect(await option.first().innerText()).toMatch(/^Stem\d\s*-?\d+\.\d\d$/)
  const second = (await option.nth(1).innerText()).split(/\s/)[0]
  await box.press('ArrowDown')
  await box.press('Enter')
  await eventually(() => inAddress('gene')).toBe(second)
  expect(await box.inputValue()).toBe(second)
  await box.fill('nobody')
  await page.getByText('no gene is called so').waitFor()
  await box.press('Escape') // closes the list, and lets the cell be
  expect(await box.inputValue()).toBe(second)
  await page.getByRole('heading', { name: 'Cell 700', exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('gene')
  await page.locator('.legend .name').waitFor()
  await eventually(() => inAddress('color')).toMatch(/^gene:/)
})
