/** How fast a page is: node tests/measure.mjs PAGE.html. Prints JSON. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { launch } from './support/browser.mjs'

const path = resolve(process.argv[2] ?? 'dist/page.html')
const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' })
await page.addInitScript(() => {
  window.tasks = []
  new PerformanceObserver((list) =>
    window.tasks.push(...list.getEntries().map(({ duration, startTime }) => ({ duration, startTime }))),
  ).observe({ type: 'longtask', buffered: true })
})
await page.goto(pathToFileURL(path).href)
await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
await page.waitForTimeout(500)
const opening = await page.evaluate(() => ({
  firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  cellsDrawn: performance.getEntriesByName('cells drawn')[0].startTime,
  cellsMoving: performance.getEntriesByName('cells moving')[0].startTime,
  longestTask: Math.max(0, ...window.tasks.map(({ duration }) => duration)),
}))

/** Frames a second, and the longest task, while it plays. */
const plays = () =>
  page.evaluate(async () => {
    window.tasks.length = 0
    const gaps = []
    let last = performance.now()
    const end = last + 4000
    await new Promise((done) =>
      requestAnimationFrame(function frame(now) {
        gaps.push(now - last)
        last = now
        now < end ? requestAnimationFrame(frame) : done()
      }),
    )
    return {
      framesPerSecond: (1000 * gaps.length) / gaps.reduce((a, b) => a + b),
      longestFrame: Math.max(...gaps.slice(1)),
      longestTask: Math.max(0, ...window.tasks.map(({ duration }) => duration)),
    }
  })
if (await page.getByRole('button', { name: 'Play' }).count()) await page.getByRole('button', { name: 'Play' }).click()
const playing = await plays()
await page.getByLabel('Moving').selectOption('all')
const playingAll = await plays()
await page.getByRole('button', { name: 'Pause' }).click()

const panelAfterClick = await page.evaluate(async () => {
  const begin = performance.now()
  document.querySelector('.panel .main').click()
  while (!document.querySelector('.operator')) await new Promise((done) => setTimeout(done, 2))
  return performance.now() - begin
})
await browser.close()

const bytes = readFileSync(path)
const rounded = (values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Math.round(value)]))
console.log(
  JSON.stringify(
    {
      page: path,
      bytes: bytes.length,
      gzipped: gzipSync(bytes).length,
      openingMs: rounded(opening),
      playing: rounded(playing),
      playingAllCells: rounded(playingAll),
      panelAfterClickMs: Math.round(panelAfterClick),
    },
    null,
    2,
  ),
)
