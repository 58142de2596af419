import { createServer, type Server } from 'node:http'
import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launch } from './browser.mjs'
import { makeDemo, textOf, type Demo } from './demo.ts'

let browser: Browser
let demo: Demo
let context: BrowserContext
let page: Page
/** What must stay empty: errors of the page, and requests that leave it. */
let complaints: string[]
let requests: string[]

beforeAll(async () => {
  demo = await makeDemo()
  browser = await launch()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  complaints = []
  requests = []
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, offline: true, acceptDownloads: true, reducedMotion: 'reduce' })
  page = await context.newPage()
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()) })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => { if (/^(https?|wss?):/.test(request.url())) requests.push(request.url()) })
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
  expect(requests).toEqual([])
})

/** Opens the exported page from its file, without a network. */
async function open(hash = ''): Promise<void> {
  await page.goto(`${demo.page}#${hash}`)
  await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
}

const button = (name: string | RegExp) => page.getByRole('button', { name })
const clock = async () => Number((await page.locator('.clock').innerText()).replace('t = ', ''))
const hash = async () => new URLSearchParams(new URL(page.url()).hash.slice(1))

/** Where a measured cell lies on the screen. */
async function placeOf(cell: number): Promise<{ x: number; y: number }> {
  await page.getByLabel('Cell name or number').fill(String(cell))
  await page.keyboard.press('Enter')
  const box = await page.locator('.chosen-mark .origin').boundingBox()
  await button('Close this cell').click()
  return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }
}

/** Pixels of the plot that are not of the ground. */
const inkOf = async () => {
  const shot = await page.locator('.plot').screenshot()
  return shot.length
}

test('the cells are there at once and move', async () => {
  await context.close()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, offline: true })
  page = await context.newPage()
  await open()
  const drawn = await page.evaluate(() => performance.getEntriesByName('cells drawn')[0]!.startTime)
  expect(drawn).toBeLessThan(2000)
  await expect(button('Pause').count()).resolves.toBe(1)
  const before = await clock()
  await page.waitForTimeout(700)
  expect(await clock()).toBeGreaterThan(before)
  expect(await page.title()).toContain('test cells')
})

test('a click on a cell opens its panels, a second click closes them', async () => {
  await open()
  const { x, y } = await placeOf(50)
  await page.mouse.click(x, y)
  await page.locator('.operator rect').first().waitFor()
  expect(await page.locator('.operator rect').count()).toBe(25)
  expect(await page.locator('.eigenvalues circle').count()).toBe(5)
  expect(await page.locator('.paths .fan').count()).toBe(24)
  expect(await page.locator('.network text').count()).toBeGreaterThan(1)
  expect((await hash()).get('cell') ?? (await page.waitForTimeout(400), (await hash()).get('cell'))).not.toBeNull()
  await page.mouse.click(x, y)
  await page.getByText('Click a cell to see its future').waitFor()
})

test('the strongest regulator is named, with its sign', async () => {
  await open('cell=700')
  await page.locator('.network').waitFor()
  const [regulator, target, effect] = (await page.locator('.panel table').first().locator('tbody tr').first().innerText()).split('\t')
  expect(effect).toMatch(/^[+−]\d/)
  expect(target).toMatch(effect!.startsWith('+') ? /^→/ : /^⊣/)
  expect(await page.locator('.panel p b').first().innerText()).toBe(regulator)
})

test('a lasso finds its cells, and a link to it finds the same', async () => {
  await open('t=2&shown=2')
  const { x, y, width, height } = (await page.locator('.plot').boundingBox())!
  await page.keyboard.down('Shift')
  await page.mouse.move(x + 2, y + 2)
  await page.mouse.down()
  for (const [px, py] of [[width - 4, 4], [width - 4, height - 4], [4, height - 4], [4, 8]]) await page.mouse.move(x + px!, y + py!, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await page.getByRole('heading', { name: /^1\d\d cells in the lasso|200 cells in the lasso/ }).waitFor()
  const heading = await page.getByRole('heading', { name: 'in the lasso' }).innerText()
  await page.getByText('measured at time 2').waitFor()
  await page.getByText(/On average over these cells/).waitFor()
  await page.waitForTimeout(500)
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByRole('heading', { name: heading }).waitFor()
  await button('Clear the group').click()
  await page.getByText('Click a cell to see its future').waitFor()
})

test('groups are chosen by label and compared', async () => {
  await open('t=3')
  const choose = async (fate: string) => {
    await page.getByRole('combobox', { name: 'fate', exact: true }).selectOption(fate)
    await page.getByLabel('Measured at').selectOption('4')
    await button('Take these cells').click()
  }
  await choose('fate 1')
  await page.getByRole('heading', { name: /^\d+ cells of fate 1, time 4$/ }).waitFor()
  const shareOf = async (fate: string, at = 0) => Number((await page.locator('section', { hasText: 'Their future' }).locator('.shares').nth(at).locator('li', { hasText: fate }).locator('.number').innerText()).replace(' %', ''))
  expect(await shareOf('fate 1')).toBeGreaterThan(80)
  await button('Compare with another group').click()
  await choose('fate 2')
  await page.getByText(/beside \d+ cells of fate 1, time 4/).waitFor()
  expect(await shareOf('fate 2')).toBeGreaterThan(80)
  expect(await shareOf('fate 1', 1)).toBeGreaterThan(80)
  expect(await page.locator('.paths.many .other').count()).toBe(24)
  await page.getByRole('heading', { name: 'Interactions that differ most' }).waitFor()
  expect(await page.locator('.operator').count()).toBe(2)
  const difference = async () => (await page.locator('.beside table .number').nth(1).innerText())
  const first = await difference()
  await page.waitForTimeout(500)
  const { group, groupBeside } = Object.fromEntries(await hash())
  await page.goto('about:blank')
  await open(new URLSearchParams({ group: groupBeside!, groupBeside: group! }).toString())
  await page.getByRole('heading', { name: 'Interactions that differ most' }).waitFor()
  expect(await difference()).toBe(first.startsWith('+') ? first.replace('+', '−') : first.replace('−', '+'))
  await button('Stop comparing').click()
  await page.locator('.paths.many .other').first().waitFor({ state: 'detached' })
})

test('a knock-out in a group shifts its mean end, beside similar genes', async () => {
  await open('group=cells,4,fate,fate%25201&gene=Timer1')
  await page.getByRole('heading', { name: 'of fate 1, time 4' }).waitFor()
  await page.locator('.paths.many .changed').first().waitFor()
  const caption = await page.locator('.effect figcaption').innerText()
  expect(Number(/moves their mean end by ([\d.]+)/.exec(caption)![1])).toBeGreaterThan(0)
  expect(caption).toContain('10 similar genes')
  expect(await page.locator('.effect .control').count()).toBe(10)
  expect(await page.locator('.changes tr').count()).toBe(6)
  await page.getByLabel(/Timer1 left/).fill('1')
  await page.locator('.paths.many .changed').first().waitFor({ state: 'detached' })
})

test('a cell is found by its name, by a part of it, and not by another one', async () => {
  await open()
  const find = page.getByLabel('Cell name or number')
  await find.fill('nobody')
  await find.press('Enter')
  await page.getByText("No cell is called 'nobody'. Numbers go from 0 to 1599.").waitFor()
  await find.fill('AC23757-1') // the fourth
  await find.press('Enter')
  await page.getByRole('heading', { name: 'Cell 3', exact: true }).waitFor()
  await page.getByText('AC23757-1', { exact: true }).waitFor()
})

test('a projection is labelled as one, and the paths are carried there', async () => {
  await open('cell=700&t=3')
  const fan = page.locator('.paths .future')
  const before = await fan.getAttribute('d')
  await page.getByLabel('Picture').selectOption('X_umap')
  await page.getByText('UMAP: a projection. The model does not live here').waitFor()
  await page.locator('.axis-names').getByText('UMAP 1 (projection)').waitFor()
  await fan.waitFor()
  expect(await fan.getAttribute('d')).not.toBe(before)
  // The chosen cell was measured at this time: it is where the file says.
  const at = (mark: string) => page.locator(`.chosen-mark ${mark}`).boundingBox().then((box) => [box!.x + box!.width / 2, box!.y + box!.height / 2])
  const [ring, origin] = [await at('.ring'), await at('.origin')]
  for (const d of [0, 1]) expect(Math.abs(ring[d]! - origin[d]!)).toBeLessThan(1)
  await page.getByRole('tab', { name: 'How good is it?' }).click()
  await page.locator('.axis-names').getByText('PC1').waitFor()
})

test('a lasso on a projection takes the cells measured inside', async () => {
  await open('on=X_umap&t=2')
  await page.locator('.busy').waitFor({ state: 'detached' })
  const { x, y, width, height } = (await page.locator('.plot').boundingBox())!
  await button('Lasso').click()
  await page.mouse.move(x + 2, y + 2)
  await page.mouse.down()
  for (const [px, py] of [[width - 4, 4], [width - 4, height - 4], [4, height - 4], [4, 8]]) await page.mouse.move(x + px!, y + py!, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('heading', { name: '1,600 cells in the lasso' }).waitFor()
  await page.getByText('measured at time 0 to 7').waitFor()
})

test('colour by how far futures part', async () => {
  await open('color=parting&t=2')
  await page.locator('.legend').getByText('how far futures part').waitFor()
})

test('the slider scrubs, steps go to snapshots, play moves on and pauses', async () => {
  await open()
  const ink = await inkOf()
  await page.getByLabel('Time shown').fill('3.5')
  expect(await clock()).toBeCloseTo(3.5, 1)
  expect(await inkOf()).not.toBe(ink)
  await button('To the next snapshot').click()
  expect(await clock()).toBe(4)
  await button('To the snapshot before').click()
  expect(await clock()).toBe(3)
  await button('Play').click()
  await page.waitForFunction(() => Number(document.querySelector('.clock')!.textContent!.replace('t = ', '')) > 3.2)
  await button('Pause').click()
})

test('two cells are compared', async () => {
  await open('cell=700&t=3')
  await button('Compare with another cell').click()
  await page.getByLabel('Cell name or number').fill('710')
  await page.keyboard.press('Enter')
  await page.getByText(/beside cell 700 \(AC\d+-1\), measured at time 3/).waitFor()
  expect(await page.locator('.paths .other').count()).toBe(1)
  const change = async () => Number((await page.locator('.beside .changes .number').first().innerText()).replace('−', '-'))
  const first = await change()
  await page.waitForTimeout(500) // the address follows
  await page.goto(page.url().replace(/cell=\d+/, 'cell=700').replace(/beside=\d+/, 'beside=710'))
  await page.getByText('beside cell 710').waitFor()
  expect(await change()).toBeCloseTo(-first, 2)
  await button('Stop comparing').click()
  await page.locator('.paths .other').waitFor({ state: 'detached' })
})

test('a knock-out shifts the future, and no change does not', async () => {
  await open('cell=700&gene=Timer1')
  await page.locator('.paths .changed').waitFor()
  const shift = async () => Number(/moves its end by ([\d.]+)/.exec(await page.locator('.effect figcaption').innerText())![1])
  const knockedOut = await shift()
  expect(knockedOut).toBeGreaterThan(0)
  expect(await page.locator('.changes tr').count()).toBe(6)
  await page.getByLabel(/Timer1 left/).fill('0.9')
  await page.waitForFunction((old) => !document.querySelector('.effect figcaption')!.textContent!.includes(old), knockedOut.toFixed(2))
  expect(await shift()).toBeLessThan(knockedOut)
  await page.getByLabel(/Timer1 left/).fill('1')
  await page.locator('.paths .changed').waitFor({ state: 'detached' })
})

test('a link reproduces the view', async () => {
  await open('cell=700&color=gene:Timer1&t=2.5&x=1&y=2&shown=all&theme=dark&zoom=0.4,0.6,2&gene=Timer1&level=0.5')
  await page.locator('.paths .changed').waitFor()
  await page.waitForTimeout(500)
  const link = page.url()
  const first = await page.locator('.overlay').innerHTML()
  await page.goto('about:blank')
  await page.goto(link)
  await page.locator('.paths .changed').waitFor()
  expect(await page.locator('.overlay').innerHTML()).toBe(first)
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
})

test.each(['light', 'dark'] as const)('legend and points have the same colours: %s', async (theme) => {
  await open(`theme=${theme}&color=group&shown=0&ghosts=0&t=0`)
  // All cells of time 0 are undecided: their colour is the only one in the plot beside the ground.
  const color = await page.locator('.legend circle').first().getAttribute('fill')
  const found = await page.evaluate(async (expected) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.plot canvas[tabindex]')!
    const gl = canvas.getContext('webgl2')!
    return new Promise<number>((done) => {
      // The pixels live until the frame is shown: read them right after the next drawing.
      const drawArrays = gl.drawArrays.bind(gl)
      gl.drawArrays = (...given) => {
        drawArrays(...given)
        const pixels = new Uint8Array(4 * canvas.width * canvas.height)
        gl.readPixels(0, 0, canvas.width, canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
        const wanted = [1, 3, 5].map((at) => parseInt(expected!.slice(at, at + 2), 16))
        let count = 0
        for (let i = 0; i < pixels.length; i += 4) {
          if (pixels[i + 3]! > 200 && wanted.every((value, c) => Math.abs((pixels[i + c]! * 255) / pixels[i + 3]! - value) < 4)) ++count
        }
        done(count)
      }
      canvas.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }))
    })
  }, color)
  expect(found).toBeGreaterThan(50)
})

test('pictures, tables and the model can be saved', async () => {
  await open('cell=700&t=2')
  await page.locator('.network').waitFor()
  const save = async (name: string) => {
    await page.locator('.menu summary').click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.menu').getByText(name).click()])
    const path = join(demo.folder, download.suggestedFilename())
    await download.saveAs(path)
    return path
  }
  const svg = textOf(await save('Picture as SVG'))
  expect(svg.match(/<circle/g)!.length).toBeGreaterThan(1600)
  expect(svg).not.toMatch(/var\(--|NaN/)
  const png = readFileSync(await save('Picture as PNG'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const cells = textOf(await save('Cells at this time')).trim().split('\n')
  expect(cells).toHaveLength(1 + 4 * 200) // of the times 0 to 3
  expect(cells[0]).toBe('cell,name,measured_at,time,fate,X_pca_1,X_pca_2,X_pca_3,X_pca_4,X_pca_5')
  expect(textOf(await save('Interactions as CSV'))).toMatch(/^regulator,target,effect\nTimer1|\w+,/)
  expect(readFileSync(await save('Model as safetensors')).equals(readFileSync(demo.model))).toBe(true)
  await page.setContent(svg)
  expect(await page.locator('svg circle').count()).toBeGreaterThan(1600)
})

test('training without a time ends below every simple method', async () => {
  await open('tab=evaluate&held=2')
  await button('Train without time 2').click()
  await page.getByText('nearer to its cells than every simple method').waitFor({ timeout: 110_000 })
  const w1 = async (row: string) => Number(await page.locator('.scores tr', { hasText: row }).locator('.number').first().innerText())
  for (const method of ['previous', 'next', 'OT-Interpolate']) expect(await w1('Cell-MNN')).toBeLessThan(await w1(method))
})

test('the loss falls while it trains', async () => {
  await open('tab=train&steps=200')
  await button('Train').click()
  await page.getByText('Step 200 of 200, done').waitFor()
  const ys = (await page.locator('.curve .line.total').getAttribute('d'))!.match(/[ML,][\d.]+,([\d.]+)|L[\d.]+,([\d.]+)/g)!.map((point) => Number(point.split(',').at(-1)))
  expect(ys.at(-1)!).toBeGreaterThan(ys[0]! + 20) // pixels downwards
  await button('Explore this model').click()
  await page.getByText('Click a cell to see its future').waitFor()
})

describe('files', () => {
  const files = (...paths: string[]) => page.locator('input[type=file]').setInputFiles(paths)
  const write = (name: string, content: string) => {
    const path = join(demo.folder, name)
    writeFileSync(path, content)
    return path
  }
  const cells = ['day,X_pca_1,X_pca_2', ...Array.from({ length: 90 }, (_, i) => `${i % 3},${Math.sin(i)},${Math.cos(2 * i) + (i % 3)}`)].join('\n')

  test('a csv is understood, corrected and opened; then it can be trained', async () => {
    await open()
    await files(write('own cells.csv', cells.replaceAll('day', 'when')))
    await page.getByText(/no column has a usual name of a time.*'when'.*as time column/).waitFor()
    await page.getByLabel('Time column').fill('when')
    await page.keyboard.press('Tab')
    await page.getByText('90 cells with 2 components at 3 times, no genes').waitFor()
    await button('Open these cells').click()
    await page.getByRole('heading', { name: 'Train it here' }).waitFor()
    expect(await page.title()).toContain('own cells')
  })

  test('damaged files are refused with a sentence', async () => {
    await open()
    await files(write('broken.npz', 'no zip'))
    await page.getByText('not a valid npz').waitFor()
    await button('Cancel').click()
    await files(write('broken.safetensors', 'x'.repeat(40)))
    await page.getByRole('alert').waitFor()
    await files(write('picture.jpg', ''))
    await page.getByText('is no file that this page reads').waitFor()
  })

  test('a model of other dimensions is refused', async () => {
    await open()
    await files(write('two.csv', cells))
    await button('Open these cells').click()
    await files(demo.model)
    await page.getByText('The model has 5 dimensions and the cells have 2').waitFor()
  })

  test('models that are opened together tell where they part', async () => {
    await open('cell=300&t=3')
    await page.locator('.paths .future').waitFor()
    expect(await page.locator('.paths .by-other').count()).toBe(0)
    await files(demo.model, demo.otherModel)
    await page.locator('.paths .by-other').waitFor()
    await page.getByText('by 1 other model').waitFor()
    expect(await page.locator('.paths .by-other').getAttribute('d')).not.toBe(await page.locator('.paths .future').getAttribute('d'))
    await page.getByRole('combobox', { name: 'Colour' }).selectOption('models')
    await page.locator('.legend .name').getByText('how far the models part').waitFor()
  })

  test('h5ad: by a site, not by a single file', async () => {
    await open()
    await files(demo.data)
    await page.getByText('cannot read h5ad').waitFor()
    const server = serve(demo.site)
    await context.setOffline(false)
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
    await files(demo.data)
    await page.getByText('1,600 cells with 5 components at 8 times, 24 genes').waitFor()
    await button('Open these cells').click()
    await page.getByRole('heading', { name: 'Train it here' }).waitFor()
    // Both columns of labels can be chosen, for colours and for groups.
    const select = (name: string) => page.getByRole('combobox', { name, exact: true })
    await select('Colour').selectOption('group')
    for (const column of ['leiden', 'fate']) {
      await select('Labels').selectOption(column)
      await page.locator('.legend .name').getByText(column).waitFor()
      expect(await page.locator('.legend .label').allTextContents()).toEqual((column === 'fate' ? [0, 1, 2] : [0, 1]).map((label) => `${column} ${label}`))
    }
    await page.getByRole('tab', { name: 'Explore' }).click()
    await select('Picture').selectOption('X_umap')
    await page.getByText('UMAP: a projection').waitFor()
    server.close()
    expect(requests.every((url) => url.startsWith('http://localhost:'))).toBe(true)
    requests = []
  })
})

function serve(folder: string): Server {
  return createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : request.url!.slice(1)
    response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'text/html')
    response.end(readFileSync(join(folder, name)))
  }).listen(0)
}

test('the tour is walked with the keyboard', async () => {
  await open('tab=tour')
  for (const title of ['An operator for each cell', 'The flow', 'MMD: do two clouds look alike?', 'The kinetic term', 'The held-out score']) {
    await button(/^Next/).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: title }).waitFor()
  }
  await button('Do the test').press('Enter')
  await page.getByRole('heading', { name: 'How good is it?' }).waitFor()
})

test('keys move and magnify the plot', async () => {
  await open('t=3')
  await page.locator('.plot canvas[tabindex]').focus()
  await page.keyboard.press('+')
  await page.keyboard.press('ArrowRight')
  await page.waitForTimeout(500)
  const [x, , k] = (await hash()).get('zoom')!.split(',').map(Number)
  expect(k).toBeCloseTo(1.3)
  expect(x).toBeGreaterThan(0.5)
  await page.keyboard.press('0')
  await page.waitForTimeout(500)
  expect((await hash()).has('zoom')).toBe(false)
  await page.keyboard.press('Space')
  await button('Pause').waitFor()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Cell \d+$/ }).waitFor()
  // The cell in the middle is marked there.
  const [plot, mark] = [await page.locator('.plot').boundingBox(), await page.locator('.chosen-mark .ring').boundingBox()]
  expect(Math.hypot(mark!.x + mark!.width / 2 - plot!.x - plot!.width / 2, mark!.y + mark!.height / 2 - plot!.y - plot!.height / 2)).toBeLessThan(60)
  await page.keyboard.press('Escape')
  await page.getByText('Click a cell to see its future').waitFor()
})

test('tabs change with the arrow keys', async () => {
  await open()
  await page.getByRole('tab', { name: 'Explore' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: 'How good is it?' }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('heading', { name: 'Snapshots' }).waitFor()
  expect(await page.getByRole('tab', { name: 'Tour' }).evaluate((tab) => tab === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 't = 5: go there' }).press('Enter')
  await page.waitForFunction(() => document.querySelector('.clock')!.textContent === 't = 5.00')
})

/** Everything that can be operated with the mouse can be reached with the Tab key. */
test('the Tab key reaches every control', async () => {
  await open('cell=700&gene=Timer1')
  await page.locator('.network').waitFor()
  const wanted = await page.evaluate(() => [...document.querySelectorAll('button, select, input, summary, canvas[tabindex]')].filter((one) => !(one as HTMLButtonElement).disabled && one.checkVisibility() && (one as HTMLElement).tabIndex >= 0).length)
  const reached = new Set<string>()
  for (let i = 0; i < wanted + 3; ++i) {
    await page.keyboard.press('Tab')
    reached.add(await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')]
      const one = document.activeElement!
      return one === document.body ? '' : String(all.indexOf(one))
    }))
  }
  reached.delete('')
  expect(reached.size).toBeGreaterThanOrEqual(wanted)
})

const VIEWS: Record<string, string> = {
  explore: 'tab=explore&cell=700&gene=Timer1',
  evaluate: 'tab=evaluate',
  train: 'tab=train',
  tour: 'tab=tour&cell=700',
  'nothing chosen': 't=2',
  'a projection': 'on=X_umap&t=2',
  'two groups': 'group=cells,4,,&groupBeside=cells,3,,&gene=Timer1',
}

test.each(Object.keys(VIEWS).flatMap((view) => [[view, 'light'], [view, 'dark']] as const))('accessible: %s, %s', async (view, theme) => {
  await open(`${VIEWS[view]}&theme=${theme}`)
  if (view === 'two groups') await page.getByRole('heading', { name: 'Interactions that differ most' }).waitFor()
  await page.waitForTimeout(300)
  await page.addScriptTag({ path: join(import.meta.dirname, '../node_modules/axe-core/axe.min.js') })
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run())
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([])
})
