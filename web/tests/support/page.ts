/** For each test a page in Chromium without a network. Its errors, and requests that leave it, fail the test. */
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import { launch } from './browser.mjs'

export const demo = inject('demo')

let browser: Browser
export let context: BrowserContext
export let page: Page
let complaints: string[] = []
export let requests: string[] = []

/** The machine may have one core, and other work. */
const PATIENCE = 120_000

export async function newPage(options: BrowserContextOptions = {}): Promise<void> {
  await context?.close()
  const usual = { viewport: { width: 1280, height: 800 }, offline: true, locale: 'en' }
  context = await browser.newContext({ ...usual, ...options })
  context.setDefaultTimeout(PATIENCE)
  page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url())) requests.push(request.url())
  })
}

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

beforeEach(async () => {
  complaints = []
  requests = []
  await newPage({ acceptDownloads: true, reducedMotion: 'reduce' })
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
  expect(requests).toEqual([])
})

/** For a test whose requests are those of a server of its own. */
export function forgetRequests(): void {
  requests = []
}

/** Opens the exported page from its file; its cells move, unless they are those of a lesson, which have no model. */
export const open = (hash = ''): Promise<void> => openAt(demo.page, hash)

/** The same of another one. */
export const openFile = (path: string, hash = ''): Promise<void> => openAt(pathToFileURL(path).href, hash)

async function openAt(address: string, hash: string): Promise<void> {
  await page.goto(`${address}#${hash}`)
  const mark = hash.includes('lesson=') ? 'cells drawn' : 'cells moving'
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark)
}

/** From the next page on Chromium seems to have a graphics card, so that cells are drawn by WebGL. */
export const pretendToHaveACard = () =>
  page.addInitScript(() => {
    const original = WebGL2RenderingContext.prototype.getParameter
    WebGL2RenderingContext.prototype.getParameter = function (name: number) {
      return name === 0x9246 ? 'a card' : (original.call(this, name) as unknown) // UNMASKED_RENDERER_WEBGL
    }
  })

/** Asks again and again, until the answer is right. */
export const eventually = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: PATIENCE, interval: 50 })

/** Until none of these is in the page; several may have been. */
export const gone = (some: Locator) => eventually(() => some.count()).toBe(0)

export const button = (name: string | RegExp) => page.getByRole('button', { name })
export const clock = async () => Number((await page.locator('.clock').innerText()).replace('t = ', ''))
/** What stands in the address, which follows the page after a while: a value, or null. */
export const inAddress = (name: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(name)

/** Notes which of these selectors the page fulfils from now on, if only for a moment; ask for those it has seen. */
export async function watch(...selectors: string[]): Promise<() => Promise<string[]>> {
  await page.evaluate((selectors) => {
    const seen = new Set<string>()
    Object.assign(window, { seen })
    new MutationObserver(() => {
      for (const one of selectors) if (document.querySelector(one)) seen.add(one)
    }).observe(document.body, { subtree: true, attributes: true, childList: true })
  }, selectors)
  return () => page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen].sort())
}

/** The plot as it is seen. */
export const picture = () => page.locator('.plot').screenshot()

/** Draws a line around nearly the whole plot. */
export async function drawAround(): Promise<void> {
  const { x, y, width, height } = (await page.locator('.plot').boundingBox())!
  await page.mouse.move(x + 2, y + 2)
  await page.mouse.down()
  const corners = [
    [width - 4, 4],
    [width - 4, height - 4],
    [4, height - 4],
    [4, 8],
  ] as const
  for (const [px, py] of corners) await page.mouse.move(x + px, y + py, { steps: 4 })
  await page.mouse.up()
}

export async function middleOf(selector: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await page.locator(selector).boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}
