/** The page inside of another one: what it tells, what it takes, and from whom. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { textOf } from '../support/demo.ts'
import { context, demo, eventually, forgetRequests, newPage, page } from '../support/page.ts'
import { addressOf, serve } from '../support/serve.ts'

interface Told {
  cells: { name: string | null; row: number | null }[]
  gene: string
  time: { value: number; unit: string }
  view: string
}

const element = textOf(fileURLToPath(new URL('../../../wasm/package/dist/explorer.js', import.meta.url)))
const KEEP = 'window.told = []; addEventListener("message", ({ data }) => told.push(data.state ?? data))'

/** Writes a page around the one of the demo. */
function around(name: string, body: string): string {
  const path = join(demo.folder, name)
  writeFileSync(path, `<!doctype html><link rel="icon" href="data:," /><script>${KEEP}</script>${body}`)
  return pathToFileURL(path).href
}

const inside = () => page.frameLocator('iframe')
const told = () => page.evaluate(() => (window as unknown as { told: Told[] }).told)
const last = async () => (await told()).at(-1)
const say = (message: unknown) =>
  page.evaluate((given) => document.querySelector('iframe')!.contentWindow!.postMessage(given, '*'), message)
const cellsMove = () => page.frames()[1]!.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
const heading = (name: string) => inside().getByRole('heading', { name, exact: true })

describe('the element', () => {
  const HEAR = 'document.addEventListener("cellmnn-state", ({ detail }) => (window.latest = detail))'
  const withElement = (attributes: string) =>
    around(
      'around.html',
      `<script>${HEAR}</script><script type="module">${element}</script>
      <cellmnn-explorer ${attributes}></cellmnn-explorer>`,
    )
  const latest = () => page.evaluate(() => (window as unknown as { latest?: Told }).latest)
  test('shows the view that it is given, and tells what is chosen', async () => {
    await page.goto(withElement('src="page.html" state="cell=700&t=2.5"'))
    await heading('Cell 700').waitFor()
    await page.evaluate(() => document.querySelector('cellmnn-explorer')!.setAttribute('state', 'cell=900&t=3'))
    await heading('Cell 900').waitFor()
    await eventually(latest).toEqual({
      cells: [{ name: `AC${(900 * 7919) % 99991}-1`, row: 900 }],
      gene: '',
      time: { value: 3, unit: '' },
      view: 't=3&cell=900',
    })
    await inside().getByLabel('Cell name or number').fill('12')
    await page.keyboard.press('Enter')
    await eventually(async () => (await latest())?.cells.map(({ row }) => row)).toEqual([12])
  })

  test('speaks the language of the view', async () => {
    await page.goto(withElement('src="page.html" state="cell=700&lang=de"'))
    await heading('Zelle 700').waitFor()
    await eventually(async () => (await latest())?.view).toBe('cell=700&lang=de')
  })

  test('is heard where it stands, and hears its own page alone', async () => {
    await page.goto(withElement('src="page.html"'))
    await cellsMove()
    await eventually(async () => (await latest())?.cells).toEqual([])
    await page.evaluate(() => postMessage({ source: 'cellmnn', state: 'not of the frame' }))
    await page.waitForTimeout(500)
    expect(await latest()).toMatchObject({ cells: [] })
    await page.evaluate(() => document.querySelector('cellmnn-explorer')!.remove())
    expect(await page.locator('iframe').count()).toBe(0)
  })
})

const FRAME = '<iframe src="page.html" width="1200" height="750"></iframe>'

test('a page that is alone, or that nobody speaks to, says nothing', async () => {
  await page.goto(around('silent.html', FRAME))
  await cellsMove()
  await inside().getByRole('button', { name: 'Show me one' }).click()
  await page.waitForTimeout(1000)
  expect(await told()).toEqual([])
})

test('a group, a gene and the time of the view are told', async () => {
  await page.goto(around('around.html', FRAME))
  await cellsMove()
  await say({ target: 'cellmnn' })
  await eventually(last).toMatchObject({ cells: [], gene: '', time: { value: 0, unit: '' }, view: '' })
  await say({ target: 'cellmnn', state: 'group=cells%2C1%2C%2C&t=4.25&color=gene%3ATimer1' })
  await eventually(async () => (await last())?.cells.length).toBe(200)
  const { cells, gene, time } = (await last())!
  expect(cells.map(({ row }) => row)).toEqual(Array.from({ length: 200 }, (_, i) => 200 + i))
  expect([gene, time.value]).toEqual(['Timer1', 4.25])
  await say({ target: 'cellmnn', state: 'cell=3&gene=Timer1&color=gene%3ATimer2' })
  await eventually(last).toMatchObject({ cells: [{ row: 3 }], gene: 'Timer1' })
})

test('what the page cannot use of a message does no harm', async () => {
  const warnings: string[] = []
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
  await page.goto(around('around.html', FRAME))
  await cellsMove()
  for (const stranger of [null, 7, 'cellmnn', [], {}, { target: 'other', state: 'cell=1' }, { state: 'cell=1' }])
    await say(stranger)
  await page.waitForTimeout(500)
  expect(await told()).toEqual([])
  await say({ target: 'cellmnn', state: { cell: 1 } })
  await eventually(() => warnings.join()).toContain("must be a text such as 'cell=3&t=2', got one of type object")
  await say({ target: 'cellmnn', state: 'cell=1e9&t=x&group=cells%2C%2C%25E0%2Ca&tab=none&zoom=1&more' })
  await eventually(last).toMatchObject({ cells: [], time: { value: 0 } })
  await say({ target: 'cellmnn', state: '#cell=5' })
  await heading('Cell 5').waitFor()
})

test('a view with a time stands still', async () => {
  await newPage()
  await page.goto(around('around.html', FRAME))
  await page.locator('iframe').waitFor()
  await say({ target: 'cellmnn', state: 't=2' })
  await cellsMove()
  await page.waitForTimeout(700)
  expect(await inside().locator('.clock').innerText()).toBe('t = 2.00')
  await inside().getByRole('button', { name: 'Play' }).click()
  await say({ target: 'cellmnn', state: 't=3' })
  await page.waitForTimeout(700)
  expect(await inside().locator('.clock').innerText()).toBe('t = 3.00')
})

test('a page that is written into a frame, as notebooks do, tells the same', async () => {
  await page.goto(around('around.html', ''))
  await page.evaluate(
    (text) => {
      const frame = document.createElement('iframe')
      frame.srcdoc = text
      frame.addEventListener('load', () =>
        frame.contentWindow!.postMessage({ target: 'cellmnn', state: 'cell=8' }, '*'),
      )
      document.body.append(frame)
    },
    textOf(fileURLToPath(demo.page)),
  )
  await eventually(last).toMatchObject({ cells: [{ row: 8 }], view: 'cell=8' })
})

test('of a server the page speaks to pages of the same server alone', async () => {
  const [own, foreign] = [serve(demo.folder), serve(demo.folder)]
  await context.setOffline(false)
  try {
    around('around.html', `<iframe src="${addressOf(own)}page.html"></iframe>`)
    for (const server of [foreign, own]) {
      await page.goto(`${addressOf(server)}around.html`)
      await cellsMove()
      await say({ target: 'cellmnn', state: 'cell=5' })
      if (server === own) await eventually(last).toMatchObject({ cells: [{ row: 5 }] })
      else await page.waitForTimeout(1000)
      expect(await heading('Cell 5').count()).toBe(server === own ? 1 : 0)
      if (server === foreign) expect(await told()).toEqual([])
    }
  } finally {
    own.close()
    foreign.close()
    forgetRequests()
  }
})
