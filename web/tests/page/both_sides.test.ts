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

test('a model with one side does not offer it', async () => {
  await open('shown=both&t=1.5&ghosts=0')
  expect(await page.getByRole('combobox', { name: 'Moving' }).locator('option[value=both]').count()).toBe(0)
  expect((await movingRadii()).length).toBe(200)
  expect(await page.getByText(en.frame.bothSides).count()).toBe(0)
})
