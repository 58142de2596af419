import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { program } from '../support/demo.ts'
import { button, demo, eventually, gone, inAddress, open, page } from '../support/page.ts'
import { rowsOf } from '../support/table.ts'

const sectionOf = (heading: string | RegExp) =>
  page.locator('section', { has: page.getByRole('heading', { name: heading }) })
const drivers = () => sectionOf('Genes that differ early')
const number = (text: string) => Number(text.replace('−', '-'))
/** As shown, to its last decimal. */
const alike = (shown: string, expected: string | undefined) => {
  const decimals = shown.split('.')[1]!.length
  expect(Math.abs(number(shown) - Number(expected)), `${shown} and ${expected}`).toBeLessThan(0.501 * 10 ** -decimals)
}

/** What `cellmnn fates` writes. */
function written(option: 'drivers' | 'trends' | 'alluvial'): Record<string, string>[] {
  const [cells, file] = [`${demo.folder}/fates.tsv`, `${demo.folder}/${option}.tsv`]
  const given = ['fates', demo.model, demo.data, '--label-key', 'fate', '-o', cells, `--${option}`, file, '--quiet']
  execFileSync(program, given)
  return rowsOf(file)
}

test('drivers are those of the program, in their order; one of them is chosen for its trend', async () => {
  const expected = written('drivers').filter(({ fate, time }) => fate === '2' && time === '5')
  await open('tab=fates&labels=fate')
  await page.getByRole('combobox', { name: 'Fate', exact: true }).selectOption('fate 2')
  await page.getByRole('combobox', { name: 'Cells of time' }).selectOption({ label: '5' })
  await eventually(() => inAddress('from')).toBe('5')
  const rows = drivers().locator('tbody tr')
  await eventually(() => rows.first().locator('td').first().innerText()).toBe(expected[0]!.gene)
  await gone(page.locator('.awaited.waits'))
  expect(await rows.count()).toBe(8)
  for (const [i, row] of expected.slice(0, 8).entries()) {
    const [gene, , difference, interval, q] = await rows.nth(i).locator('td').allInnerTexts()
    expect(gene).toBe(row.gene)
    alike(difference!, row.difference)
    const [low, high] = interval!.split(' to ')
    alike(low!, row.low)
    alike(high!, row.high)
    if (q === '< 0.001') expect(Number(row.q)).toBeLessThan(0.001)
    else alike(q!, row.q)
  }
  await button('Show all 24').click()
  expect(await rows.count()).toBe(24)
  await button(expected[3]!.gene!).press('Enter')
  await eventually(() => inAddress('trend')).toBe(expected[3]!.gene)
  await page.getByRole('img', { name: new RegExp(`^Expression of ${expected[3]!.gene} along the way`) }).waitFor()
})

test('the trend of a gene goes through what the program writes', async () => {
  const rows = written('trends').filter(({ gene }) => gene === 'Timer1')
  await open('tab=fates&labels=fate&trend=Timer1')
  const chart = page.getByRole('img', { name: /^Expression of Timer1 along the way/ })
  await chart.waitFor()
  // The axes tell where a value lies.
  const ticks = await chart
    .locator('.tick')
    .evaluateAll((all) =>
      all.map((one) => ({
        value: Number(one.querySelector('text')!.textContent),
        y: Number(/ ([\d.]+)H/.exec(one.querySelector('path')!.getAttribute('d')!)![1]),
      })),
    )
  const [first, last] = [ticks[0]!, ticks.at(-1)!]
  const valueAt = (y: number) => first.value + ((y - first.y) / (last.y - first.y)) * (last.value - first.value)
  const span = last.value - first.value
  const dots = await chart.locator('circle').evaluateAll((all) => all.map((one) => Number(one.getAttribute('cy'))))
  const measured = rows
    .filter(({ fate, all_cells: all }) => fate === '1' && all !== '')
    .map((row) => Number(row.all_cells))
  expect(dots.length).toBe(8)
  dots.forEach((y, s) => expect(Math.abs(valueAt(y) - measured[s]!)).toBeLessThan(0.01 * span))
  const lines = await chart.locator('.line').evaluateAll((all) => all.map((one) => one.getAttribute('d')!))
  const key = await sectionOf(/^A gene along the way/)
    .locator('.line-key')
    .allInnerTexts()
  for (const [f, line] of lines.entries()) {
    const [, fate] = /to fate (\d)/.exec(key[f]!)!
    const points = line
      .slice(1)
      .split('L')
      .map((point) => point.split(',').map(Number))
    const means = rows.filter((row) => row.fate === fate).map(({ mean }) => Number(mean))
    expect(points.length).toBe(means.length)
    points.forEach(([, y], t) => expect(Math.abs(valueAt(y!) - means[t]!)).toBeLessThan(0.01 * span))
  }
})

test('labels that become others have the shares of the program', async () => {
  const rows = written('alluvial')
  await open('tab=fates&labels=fate')
  const section = sectionOf('Which labels become which')
  await section.getByRole('img').waitFor()
  await section.getByText('Predicted and measured shares, by time').click()
  const shown = await section.locator('tbody tr').allInnerTexts()
  expect(shown.length).toBeGreaterThan(7)
  for (const text of shown) {
    const [time, label, predicted, measured] = text.split('\t').map((one) => one.trim())
    const expected = rows.find((row) => row.to_time === time && `fate ${row.to_label}` === label)!
    expect(Math.abs(Number.parseFloat(predicted!) - 100 * Number(expected.predicted_to))).toBeLessThan(0.51)
    expect(Math.abs(Number.parseFloat(measured!) - 100 * Number(expected.measured_to))).toBeLessThan(0.51)
  }
  const band = section.locator('.alluvial path title').first()
  const [, from, to, share] = /^fate (\d) to fate (\d): (\d+) % of the cells$/.exec((await band.textContent())!)!
  const expected = rows.find((row) => row.from_label === from && row.to_label === to)!
  expect(Math.abs(Number(share) - 100 * Number(expected.share))).toBeLessThan(0.51)
})

test('a knock-out shifts fates as the program says, with its verdict', async () => {
  const file = `${demo.folder}/shifts.tsv`
  const asked = ['--fates', '--label-key', 'fate', '--screen', 'Timer1', '--group', 'time=4', '-o', file, '--quiet']
  execFileSync(program, ['perturb', demo.model, demo.data, ...asked])
  const expected = rowsOf(file)
  await open('group=cells,4,,&gene=Timer1&labels=fate')
  const section = sectionOf('What the change does to fates')
  const bodies = section.locator('tbody')
  await bodies.first().waitFor()
  await gone(section.locator('.waits'))
  expect(await bodies.count()).toBe(expected.length)
  for (let i = 0; i < expected.length; ++i) {
    const [, fate, verdict] = /(fate \d): (.*)/.exec(await bodies.nth(i).locator('th').innerText())!
    const [fraction, , change, p, alone] = await bodies.nth(i).locator('td').allInnerTexts()
    const row = expected.find((one) => `fate ${one.fate}` === fate)!
    alike(fraction!, row.fraction)
    alike(change!, row.change)
    expect(Math.abs(Number(p) - Number(row.p))).toBeLessThan(0.00051)
    expect(alone).toBe(Number(row.control) > 0 ? 'more' : 'less')
    expect(verdict).toBe(row.verdict)
  }
  await section.getByText('23 similar genes').waitFor() // all others
  await page.getByLabel(/Timer1 left/).fill('2')
  await section.getByText('Timer1 is at 200 % in all 200 cells of time 4').waitFor()
})
