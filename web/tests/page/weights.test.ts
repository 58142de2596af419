import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'
import { program } from '../support/demo.ts'
import { demo, eventually, inAddress, open, openFile, page } from '../support/page.ts'
import { movingRadii } from '../support/saved_picture.ts'

const file = (name: string) => join(demo.folder, name)
const cellmnn = (...given: string[]) => execFileSync(program, [...given, '--quiet'])

beforeAll(() => {
  cellmnn(
    'train',
    demo.data,
    '-o',
    file('mass.safetensors'),
    '--mass',
    'yes',
    '--steps',
    '300',
    '--mass-penalty',
    '0.1',
  )
  cellmnn('export', file('mass.safetensors'), demo.data, '-o', file('mass.html'))
})

const openWithMass = (hash: string): Promise<void> => openFile(file('mass.html'), hash)

test('cells of a model with mass grow and shrink, and have the colour of their weight', async () => {
  await openWithMass('shown=0&t=0&ghosts=0')
  const measured = await movingRadii()
  expect(measured.length).toBe(200)
  expect(new Set(measured).size).toBe(1)
  await page.getByRole('combobox', { name: 'Colour' }).selectOption('weight')
  await page.locator('.legend').getByText(en.legend.weightUnit).waitFor()
  await eventually(() => inAddress('color')).toBe('weight')
  await openWithMass('shown=0&t=5&ghosts=0&color=weight&cell=10')
  const later = await movingRadii()
  expect(Math.max(...later)).toBeGreaterThan(1.1 * measured[0]!)
  expect(Math.min(...later)).toBeLessThan(0.9 * measured[0]!)
  await page.getByText(/At time 5 it counts as \d+\.\d\d of the cells/).waitFor()
})

test('without mass all cells count the same, and nothing speaks of weights', async () => {
  await open('shown=0&t=5&ghosts=0&cell=10')
  expect(new Set(await movingRadii()).size).toBe(1)
  expect(await page.getByRole('combobox', { name: 'Colour' }).locator('option[value=weight]').count()).toBe(0)
  expect(await page.getByText('counts as').count()).toBe(0)
})
