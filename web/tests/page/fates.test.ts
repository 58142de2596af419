import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { program } from '../support/demo.ts'
import { button, demo, eventually, inAddress, open, page } from '../support/page.ts'

const fateSection = () =>
  page.locator('section', { has: page.getByRole('heading', { name: /^(Its fate|Their fates)$/ }) })

test('probabilities of fates are those of the program, with what is known of them', async () => {
  const file = `${demo.folder}/fates.tsv`
  const given = ['fates', demo.model, demo.data, '--label-key', 'fate', '-o', file, '--quiet']
  const printed = execFileSync(program, given).toString()
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const columns = lines[0]!.split('\t')
  const own = lines[1 + 700]!.split('\t') // cells of the file ascend in time

  await open('cell=700&labels=fate')
  await fateSection().locator('.shares li').first().waitFor()
  for (const text of await fateSection().locator('.shares li').allInnerTexts()) {
    const [, fate, share] = /^fate (\d)\s+(\d+) %/.exec(text)!
    expect(Math.abs(Number(share) - 100 * Number(own[columns.indexOf(fate!)]))).toBeLessThan(0.6)
  }
  await fateSection().getByText('What can be known of fates, by time').click()
  for (const row of await fateSection().locator('tbody tr').allInnerTexts()) {
    const [time, known, words] = row.split('\t').map((text) => text.trim())
    const [, expected, inWords] = new RegExp(`\\n\\s*${time}\\s+200\\s+([\\d.]+)\\s+(\\w+ \\w+)`).exec(printed)!
    expect(Math.abs(Number(known) - Number(expected))).toBeLessThan(0.0056)
    expect(words).toBe(inWords)
  }
})

test('a fate is a colour, also by its address', async () => {
  await open('cell=700&labels=fate')
  await button(/^Show fate \d as colour/).click()
  await page
    .locator('.legend .name')
    .getByText(/^probability of fate \d/)
    .waitFor()
  await eventually(() => inAddress('color')).toMatch(/^fate:fate \d$/)
  await open('color=fate:fate%201&labels=fate&t=3')
  await page.locator('.legend .name').getByText('probability of fate 1').waitFor()
})

test('the cloud of a cell stands in the next snapshot, with words', async () => {
  await open('cell=700&t=3.5')
  await page.locator('.marks .cloud').first().waitFor()
  const count = await page.locator('.marks .cloud').count()
  await page.getByText(new RegExp(`at time 4 it may be any of ${count} measured cells?`)).waitFor()
  expect(await page.locator('.cloud-words').innerText()).toMatch(/% closer together|no more is known/)
  await page.getByLabel('Time shown').fill('6.2')
  await page.getByText(/at time 7 it may be any of/).waitFor()
})

test('where nothing can be known no probabilities are shown', async () => {
  // Types by chance, in cells that differ by chance.
  let seed = 1
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
  const cells = Array.from({ length: 600 }, (_, i) => `c${i}`)
  const file = (name: string) => `${demo.folder}/${name}`
  const write = (name: string, header: string, rest: (cell: number) => (number | string)[]) =>
    writeFileSync(file(name), [header, ...cells.map((cell, i) => [cell, ...rest(i)].join(','))].join('\n'))
  write('chance.csv', 'cell,A,B,C,D,E', () => [1, 2, 3, 4, 5].map(random))
  write('obs.csv', 'cell,day,type', (i) => [i % 2, random() < 0.3 ? 'rare' : 'common'])
  const run = (...given: string[]) => execFileSync(program, [...given, '--quiet'])
  const made = ['--values', 'log', '--n-comps', '3', '-o', file('chance.h5ad')]
  run('preprocess', file('chance.csv'), '--obs', file('obs.csv'), ...made)
  run('train', file('chance.h5ad'), '-o', file('chance.safetensors'), '--steps', '50')
  const path = file('chance.html')
  run('export', file('chance.safetensors'), file('chance.h5ad'), '-o', path, '--group-key', 'type')
  await page.goto(`${pathToFileURL(path)}#cell=10&labels=type`)
  const said = fateSection().locator('p', { hasText: 'Not known' })
  await said.waitFor()
  expect(await said.innerText()).toMatch(
    /^Not known: cells of time 0.* tell nothing of their fate\. At time 1.* the shares are rare 25 %, common 75 %\.$/,
  )
  expect(await fateSection().locator('.shares').count()).toBe(0)
  await fateSection().getByText('What can be known of fates, by time').click()
  expect(await fateSection().locator('tbody tr').innerText()).toMatch(/^0.*\s+0.00\s+not known$/)

  // Nor genes that differ by them, nor what a change does to them.
  await page.getByRole('tab', { name: 'Fates' }).click()
  await page.getByText(/Not known: cells of time 0.* tell nothing of their fate, so no gene can be told/).waitFor()
  expect(await page.locator('.drivers').count()).toBe(0)
  await page.getByRole('img', { name: /along the way to rare, common$/ }).waitFor()
  await page.getByRole('tab', { name: 'Explore' }).click()
  await page.getByRole('button', { name: /^Knock out/ }).click()
  await page.getByText('so what a change does to it cannot be told either').waitFor()
  expect(await page.locator('.fate-changes').count()).toBe(0)
})
