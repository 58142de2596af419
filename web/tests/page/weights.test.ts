import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'
import { program, textOf } from '../support/demo.ts'
import { demo, eventually, inAddress, open, page } from '../support/page.ts'

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

async function openWithMass(hash: string): Promise<void> {
  await page.goto(`${pathToFileURL(file('mass.html')).href}#${hash}`)
  await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
}

/** How large the circles of moving cells are in a saved picture. */
async function radii(): Promise<number[]> {
  await page.locator('.menu summary').click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.menu').getByText('Picture as SVG').click(),
  ])
  await saved.saveAs(file('weights.svg'))
  const moving = textOf(file('weights.svg')).split('<g fill-opacity')[2]!
  return [...moving.split('</g>')[0]!.matchAll(/ r="([\d.]+)"/g)].map(([, r]) => Number(r))
}

test('cells of a model with mass grow and shrink, and have the colour of their weight', async () => {
  await openWithMass('shown=0&t=0&ghosts=0')
  const measured = await radii()
  expect(measured.length).toBe(200)
  expect(new Set(measured).size).toBe(1)
  await page.getByRole('combobox', { name: 'Colour' }).selectOption('weight')
  await page.locator('.legend').getByText(en.legend.weightUnit).waitFor()
  await eventually(() => inAddress('color')).toBe('weight')
  await openWithMass('shown=0&t=5&ghosts=0&color=weight&cell=10')
  const later = await radii()
  expect(Math.max(...later)).toBeGreaterThan(1.1 * measured[0]!)
  expect(Math.min(...later)).toBeLessThan(0.9 * measured[0]!)
  await page.getByText(/At time 5 it counts as \d+\.\d\d of the cells/).waitFor()
})

test('without mass all cells count the same, and nothing speaks of weights', async () => {
  await open('shown=0&t=5&ghosts=0&cell=10')
  expect(new Set(await radii()).size).toBe(1)
  expect(await page.getByRole('combobox', { name: 'Colour' }).locator('option[value=weight]').count()).toBe(0)
  expect(await page.getByText('counts as').count()).toBe(0)
})
