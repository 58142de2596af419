/** How fast pages are, as a table: node tests/measure.mjs PAGE.html... */
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { launch } from './support/browser.mjs'

const SECONDS = 4 // of play
const PATIENCE = 300_000 // ms

/** In the page: frames a second while it plays. */
const framesPerSecond = (seconds) =>
  new Promise((done) => {
    const begin = performance.now()
    let frames = -1
    requestAnimationFrame(function frame(now) {
      ++frames
      if (now - begin < 1000 * seconds) requestAnimationFrame(frame)
      else done((1000 * frames) / (now - begin))
    })
  })

/** In the page: how long it takes from a change until what it led to is drawn. */
async function changed(label, value) {
  const select = [...document.querySelectorAll('select')].find((one) => one.labels[0]?.textContent.includes(label))
  const begin = performance.now()
  select.value = value
  select.dispatchEvent(new Event('change', { bubbles: true }))
  for (let frame = 0; frame < 3; ++frame) await new Promise((drawn) => requestAnimationFrame(drawn))
  return performance.now() - begin
}

/** In the page: how long it takes from a click until `selector` has a text like this. */
function answered(button, selector, pattern) {
  const [begin, like] = [performance.now(), new RegExp(pattern)]
  document.querySelector(button).click()
  return new Promise((done) =>
    requestAnimationFrame(function look() {
      if ([...document.querySelectorAll(selector)].some((one) => like.test(one.textContent)))
        done(performance.now() - begin)
      else requestAnimationFrame(look)
    }),
  )
}

async function measured(browser, path) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' })
  page.setDefaultTimeout(PATIENCE)
  await page.addInitScript(() => {
    window.tasks = []
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    })
  })
  const longestTask = () => page.evaluate(() => Math.max(0, ...window.tasks.splice(0)))
  const press = (name) => page.getByRole('button', { name, exact: true }).click()
  const plays = async (moving) => {
    await page.getByLabel('Moving').selectOption(moving)
    await press('Play')
    const frames = await page.evaluate(framesPerSecond, SECONDS)
    await press('Pause')
    return frames
  }
  await page.goto(`${pathToFileURL(path).href}#t=0`)
  await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
  const [drawn, moving] = await page.evaluate(() =>
    ['cells drawn', 'cells moving'].map((name) => performance.getEntriesByName(name)[0].startTime),
  )
  const opening = await longestTask()
  const latest = await plays('relay')
  const all = await plays('all')
  const playing = await longestTask()
  const axis = await page.evaluate(`(${changed})('Across', '2')`)
  const panel = await page.evaluate(`(${answered})('.panel .main', '.operator', '')`)
  const first = await page.evaluate(`(${answered})('#tab-evaluate', '.scores td.number', '^\\\\d')`)
  const begin = performance.now()
  await page.locator('aside progress').waitFor({ state: 'detached' })
  const usual = first + performance.now() - begin
  await page.close()

  const bytes = readFileSync(path)
  const [mb, ms, s] = [1e6, 1, 1000].map((unit) => (value) => (value / unit).toFixed(unit === 1 ? 0 : 2))
  return {
    page: basename(path),
    size: `${mb(bytes.length)} MB`,
    gzipped: `${mb(gzipSync(bytes).length)} MB`,
    'first cells': `${s(drawn)} s`,
    moving: `${s(moving)} s`,
    'frames/s, latest snapshot': latest.toFixed(0),
    'frames/s, all cells': all.toFixed(0),
    'longest task, opening': `${ms(opening)} ms`,
    'longest task, playing': `${ms(playing)} ms`,
    'another axis': `${s(axis)} s`,
    'click to panel': `${ms(panel)} ms`,
    'first score': `${s(first)} s`,
    'scores of 2,500 cells a time': `${s(usual)} s`,
  }
}

const browser = await launch()
const rows = []
for (const path of process.argv.slice(2)) rows.push(await measured(browser, resolve(path)))
await browser.close()
const line = (cells) => `| ${cells.join(' | ')} |`
const names = Object.keys(rows[0])
console.log([line(names), line(names.map(() => '---')), ...rows.map((row) => line(Object.values(row)))].join('\n'))
