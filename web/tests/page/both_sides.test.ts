import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'
import { program, textOf } from '../support/demo.ts'
import { demo, eventually, inAddress, open, openFile, page } from '../support/page.ts'
import { movingRadii } from '../support/saved_picture.ts'

const file = (name: string) => join(demo.folder, name)
const cellmnn = (...given: string[]) => execFileSync(program, [...given, '--quiet'])

beforeAll(() => {
  cellmnn('train', demo.data, '-o', file('both.safetensors'), '--two-sided', '--mass', 'yes', '--steps', '100')
  cellmnn('export', file('both.safetensors'), demo.data, '-o', file('both.html'))
})

const openBoth = (hash: string): Promise<void> => openFile(file('both.html'), hash)

test('the population between two snapshots is that of the program', async () => {
  cellmnn('predict', file('both.safetensors'), demo.data, '--between', 'both', '--times', '1.5', '-o', file('both.csv'))
  const points = textOf(file('both.csv')).trim().split('\n').length - 1
  expect(points).toBeGreaterThan(400)
  await openBoth('t=1.5&ghosts=0')
  const before = await movingRadii()
  await page.getByRole('combobox', { name: 'Moving' }).selectOption('both')
  await page.getByText(en.frame.bothSides).waitFor()
  await eventually(() => inAddress('shown')).toBe('both')
  await eventually(async () => (await movingRadii()).length).toBe(points)
  const all = await movingRadii()
  expect(new Set(all).size).toBeGreaterThan(2) // their weights differ
  expect(before.length).toBeLessThan(points)
})

test('at the time of a snapshot it is its cells', async () => {
  await openBoth('t=1&ghosts=0&shown=both')
  await eventually(async () => (await movingRadii()).length).toBe(200)
  expect(new Set(await movingRadii()).size).toBe(1)
})

test('while time goes on, cells move forward', async () => {
  await openBoth('t=1.2&ghosts=0&shown=both&speed=0.25')
  await eventually(async () => (await movingRadii()).length).toBeGreaterThan(400)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await eventually(async () => (await movingRadii()).length).toBe(200)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await eventually(async () => (await movingRadii()).length).toBeGreaterThan(400)
})

test('a time that the model has not seen has a score of both sides, that of the program', async () => {
  const unseen = file('unseen.safetensors')
  cellmnn('train', demo.data, '-o', unseen, '--two-sided', '--hold-out', '2', '--steps', '100')
  cellmnn('export', unseen, demo.data, '-o', file('unseen.html'))
  cellmnn('evaluate', demo.data, '--model', unseen, '--json', file('unseen.json'))
  const { results } = JSON.parse(textOf(file('unseen.json'))) as {
    results: { method: string; hold_out: number; w1: number }[]
  }
  const w1Of = (method: string) => results.find((one) => one.method === method && one.hold_out === 2)!.w1
  await openFile(file('unseen.html'), 'tab=evaluate')
  const seen = page.locator('table.scores tr', { hasText: en.evaluate.fit }).locator('.number').first()
  await eventually(async () => Number(await seen.textContent())).toBeGreaterThan(0) // of the usual time
  await page.getByLabel(en.evaluate.leaveOut).selectOption({ label: 'time 2' })
  const row = (name: string) => page.locator('table.scores tr', { hasText: `${name}${en.evaluate.trainedWithout}` })
  for (const [name, method] of [
    [en.evaluate.thisModel, 'cellmnn'],
    [en.evaluate.byBoth, 'cellmnn-two-sided'],
  ] as const) {
    await eventually(async () =>
      Math.abs(Number(await row(name).locator('.number').first().textContent()) - w1Of(method)),
    ).toBeLessThan(0.00051)
  }
  await page.locator('.verdict').waitFor()
  await page.getByLabel(en.evaluate.leaveOut).selectOption({ label: 'time 1' })
  await page.locator('table.scores tr', { hasText: en.evaluate.fit }).waitFor()
  expect(await row(en.evaluate.byBoth).count()).toBe(0)
  expect(await page.locator('.verdict').count()).toBe(0)
})

test('a model with one side does not offer it', async () => {
  await open('shown=both&t=1.5&ghosts=0')
  expect(await page.getByRole('combobox', { name: 'Moving' }).locator('option[value=both]').count()).toBe(0)
  expect((await movingRadii()).length).toBe(200)
  expect(await page.getByText(en.frame.bothSides).count()).toBe(0)
})
