/**
 * The main walks through the page, in every engine: in those that CELLMNN_ENGINES names, or else in those that are
 * there.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { downloadsIn, ENGINES, type Engine } from './engines.ts'
import { eventually, Visitor } from './visitor.ts'

const demo = inject('demo')
const asked = (process.env.CELLMNN_ENGINES ?? '').split(/[\s,]+/).filter((name) => name !== '')
for (const name of asked)
  if (!(name in ENGINES)) throw new Error(`no engine '${name}': expected ${Object.keys(ENGINES).join(', ')}`)

for (const [name, engine] of Object.entries(ENGINES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const missing = engine.needs.filter((file) => !existsSync(file))
  const refusal = `not walked: there is no ${missing.join(' and no ')}, which Debian has in ${engine.packages}`
  if (missing.length === 0) describe(name, () => walk(engine))
  else if (asked.length === 0) test.skip(`${name}, ${refusal}`, () => {})
  else test(name, () => expect.fail(refusal))
}

function walk(engine: Engine): void {
  const folder = mkdtempSync(join(tmpdir(), 'cellmnn-engine-'))
  let visitor: Visitor
  let end = async () => {}
  beforeAll(async () => {
    mkdirSync(downloadsIn(folder))
    const driver = await engine.start(folder)
    end = driver.end
    await driver.resize(1280, 900)
    visitor = new Visitor(driver, downloadsIn(folder))
  })
  afterEach(async () => {
    expect(await visitor.complaints()).toEqual([])
    expect(await visitor.textOf('.problem')).toBe('')
  })
  afterAll(async () => {
    await end()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }) // it may still write there
  })
  const open = (hash = '') => visitor.open(demo.page, hash)

  test('open: measured and moving cells are drawn', async () => {
    const inked = async (hash: string) => {
      await open(`t=3&${hash}`)
      return visitor.inked()
    }
    const bare = await inked('shown=none&ghosts=0')
    expect(await visitor.drawing()).toEqual([engine.draws, engine.draws])
    await eventually(() => inked('shown=none')).toBeGreaterThan(bare + 2000)
    await eventually(() => inked('ghosts=0')).toBeGreaterThan(bare + 2000)
  })

  test('play: time goes on, and stays where it is paused', async () => {
    await open('t=0')
    await visitor.press('.play', 'Play')
    await eventually(() => visitor.clock()).toBeGreaterThan(0.2)
    await visitor.press('.play', 'Pause')
    await eventually(() => visitor.placeOf('.play', 'Play')).not.toBeNull()
    const paused = await visitor.clock()
    expect(await visitor.clock()).toBe(paused)
  })

  test('click: the cell there opens its panel, with its path', async () => {
    await open('cell=700&t=3')
    await eventually(() => visitor.placeOf('.chosen-mark .origin')).not.toBeNull()
    const place = (await visitor.placeOf('.chosen-mark .origin'))!
    await open('t=3')
    await visitor.driver.click(...place)
    await eventually(() => visitor.count('.operator rect')).toBe(25)
    expect(await visitor.textOf('aside h2')).toMatch(/^Cell \d+$/)
    expect(await visitor.count('.paths .fan')).toBe(24)
  })

  test('knock-out: the path of the changed cell, and the size of the effect', async () => {
    await open('cell=700&t=3')
    await visitor.press('aside button', 'Knock out')
    await eventually(() => visitor.count('.paths .changed')).toBeGreaterThan(0)
    await eventually(() => visitor.textOf('.effect figcaption')).toMatch(/moves its end by \d+\.\d+/)
  })

  test('train: to the last step, then the new model is explored', async () => {
    await open('tab=train&steps=30')
    await visitor.press('aside button.main', 'Train')
    await eventually(() => visitor.textOf('aside')).toContain('Step 30 of 30, done')
    await visitor.press('aside button', 'Explore this model')
    await eventually(() => visitor.textOf('aside')).toContain('This is the model trained here.')
  })

  test('open a file: it is read, shown and opened', async () => {
    const path = join(folder, 'own cells.csv')
    const rows = Array.from({ length: 90 }, (_, i) => `${i % 3},${Math.sin(i)},${Math.cos(2 * i) + (i % 3)}`)
    writeFileSync(path, ['day,X_pca_1,X_pca_2', ...rows].join('\n'))
    await open()
    await visitor.driver.choose('input[type=file]', path)
    await eventually(() => visitor.textOf('dialog')).toContain('90 cells with 2 components at 3 times')
    await visitor.press('dialog button', 'Open these cells')
    await eventually(() => visitor.textOf('aside h2')).toBe('Train it here')
    expect(await visitor.textOf('.about')).toContain('own cells: 90 cells')
  })

  test('save: the cells, the picture and the model are files', async () => {
    await open('t=2')
    const save = async (what: string) => {
      if (!(await visitor.count('.menu[open]'))) await visitor.press('.menu summary')
      await visitor.press('.menu button', what)
    }
    await save('Cells as CSV')
    const table = await visitor.saved('.csv', (bytes) => bytes.toString().trim().split('\n').length === 1 + 1600)
    expect(table.toString()).toMatch(/^cell,time,fate,leiden,X_pca_1,/)
    await save('Picture as PNG')
    const png = await visitor.saved('.png', (bytes) => bytes.includes('IEND'))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    await save('Model as safetensors')
    const model = readFileSync(demo.model)
    await visitor.saved('.safetensors', (bytes) => bytes.equals(model))
  })
}
