/**
 * Whether a page can be left playing: node tests/soak.mjs PAGE.html [MINUTES], 60 if not given.
 *
 * It plays all cells, and each minute looks at another cell and its panels. Prints heap, nodes and listeners after a
 * collection of garbage. Fails if, after the first tenth, the nodes or listeners grow by more than a tenth or the heap,
 * which is small and varies, by more than a half, or if the page says an error.
 */
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch } from './support/browser.mjs'

const minutes = Number(process.argv[3] ?? 60)
const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en' })
const errors = []
page.on('pageerror', (error) => errors.push(error.message))
page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
const devtools = await page.context().newCDPSession(page)
await devtools.send('Performance.enable')

async function measured() {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const value = (name) => metrics.find((metric) => metric.name === name).value
  return { heap: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') }
}

await page.goto(`${pathToFileURL(resolve(process.argv[2])).href}#t=0`)
await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
await page.getByLabel('Moving').selectOption('all')
await page.getByRole('button', { name: 'Play', exact: true }).click()
console.log('| minute | heap MB | nodes | listeners |\n|---|---|---|---|')
const seen = new Set()
let before
for (let look = 1; look <= 60; ++look) {
  await page.waitForTimeout(1000 * minutes)
  await page.getByRole('button', { name: 'Show me one', exact: true }).click()
  await page.locator('.panel .main').first().waitFor()
  seen.add(await page.evaluate(() => window.location.hash))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor() // it plays on
  const now = await measured()
  console.log(
    `| ${((look * minutes) / 60).toFixed(1)} | ${(now.heap / 1e6).toFixed(1)} | ${now.nodes} | ${now.listeners} |`,
  )
  assert.deepEqual(errors, [])
  if (look >= 6) before ??= now
  if (before) {
    assert.ok(now.heap < 1.5 * before.heap, 'the heap grows')
    assert.ok(now.nodes < 1.1 * before.nodes, 'the nodes grow')
    assert.ok(now.listeners < 1.1 * before.listeners, 'the listeners grow')
  }
}
await browser.close()
assert.ok(seen.size > 1, 'no other cell was chosen')
console.log(`${seen.size} cells were looked at: memory is flat`)
