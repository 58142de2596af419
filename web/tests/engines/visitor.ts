/** What somebody does with the page, and what they see, through any WebDriver. Waiting is asking again. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { WebDriver } from './webdriver.ts'

const PATIENCE = 120_000 // ms; the machine may have one core, and other work

export const eventually = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: PATIENCE, interval: 200 })

export class Visitor {
  readonly driver: WebDriver
  readonly #downloads: string

  constructor(driver: WebDriver, downloads: string) {
    this.driver = driver
    this.#downloads = downloads
  }

  /** Opens the page anew and waits until its cells move. What goes wrong from now on is kept for complaints(). */
  async open(page: string, hash: string): Promise<void> {
    await this.driver.navigate('about:blank')
    await this.driver.navigate(`${page}#${hash}`)
    await this.driver.run(() => {
      const complaints: string[] = []
      Object.assign(window, { complaints })
      for (const name of ['error', 'unhandledrejection', 'securitypolicyviolation'])
        addEventListener(name, (event) =>
          complaints.push(
            `${name}: ${String((event as ErrorEvent).message ?? (event as PromiseRejectionEvent).reason)}`,
          ),
        )
    })
    await eventually(() => this.driver.run(() => performance.getEntriesByName('cells moving').length)).toBe(1)
  }

  complaints(): Promise<string[]> {
    return this.driver.run(() => (window as unknown as { complaints: string[] }).complaints)
  }

  /** The middle of what can be seen of the first element with this text or label; null if there is none. */
  placeOf(selector: string, text = ''): Promise<[x: number, y: number] | null> {
    return this.driver.run(
      (selector, text) => {
        const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
          (one) => (one.getAttribute('aria-label') ?? one.textContent).includes(text) && !one.matches(':disabled'),
        )
        if (!found) return null
        found.scrollIntoView({ block: 'nearest' })
        const { x, y, width, height } = found.getBoundingClientRect()
        return width > 0 ? ([x + width / 2, y + height / 2] as [number, number]) : null
      },
      selector,
      text,
    )
  }

  /** Clicks in the middle of an element, once it is there. */
  async press(selector: string, text?: string): Promise<void> {
    await eventually(() => this.placeOf(selector, text)).not.toBeNull()
    await this.driver.click(...(await this.placeOf(selector, text))!)
  }

  count(selector: string): Promise<number> {
    return this.driver.run((selector) => document.querySelectorAll(selector).length, selector)
  }

  textOf(selector: string): Promise<string> {
    return this.driver.run((selector) => document.querySelector<HTMLElement>(selector)?.innerText ?? '', selector)
  }

  async clock(): Promise<number> {
    return Number((await this.textOf('.clock')).replace('t = ', ''))
  }

  /** How many pixels of the plot have another colour than its corner, as they are seen. */
  async inked(): Promise<number> {
    return this.driver.run(
      async (png) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
        const ratio = image.width / innerWidth
        const { x, y, width, height } = document.querySelector('.plot')!.getBoundingClientRect()
        const canvas = new OffscreenCanvas(Math.floor(width * ratio), Math.floor(height * ratio))
        const context = canvas.getContext('2d')!
        context.drawImage(image, -x * ratio, -y * ratio)
        const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer)
        return pixels.filter((pixel) => pixel !== pixels[0]).length
      },
      await this.driver.picture(),
    )
  }

  /** What draws measured and moving cells. */
  drawing(): Promise<string[]> {
    return this.driver.run(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('.plot canvas')].map((canvas) =>
        canvas.getContext('2d') ? '2d' : 'webgl2',
      ),
    )
  }

  /** The saved file with this ending, once it is whole. */
  async saved(ending: string, isWhole: (bytes: Buffer) => boolean): Promise<Buffer> {
    const bytes = () => {
      const name = readdirSync(this.#downloads).find((name) => name.endsWith(ending))
      return name === undefined ? Buffer.alloc(0) : readFileSync(join(this.#downloads, name))
    }
    await eventually(() => isWhole(bytes())).toBe(true)
    return bytes()
  }
}
