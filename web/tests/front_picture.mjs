/** Pictures of README.md, light and dark: node tests/front_picture.mjs ../cellmnn-demo/demo.html ../docs/pictures. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch } from './support/browser.mjs'

const [page, folder] = process.argv.slice(2)
const VIEW = { width: 1240, height: 700 }
const STATE = 'cell=905&color=group&labels=fate&t=5'
const QUALITY = 0.9

/** Of a PNG, in a page that has nothing else. */
async function webpOf(browser, png) {
  const blank = await browser.newPage()
  const base64 = await blank.evaluate(
    async ({ source, quality }) => {
      const image = await createImageBitmap(await (await fetch(source)).blob())
      const canvas = new OffscreenCanvas(image.width, image.height)
      canvas.getContext('2d').drawImage(image, 0, 0)
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer())
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    },
    { source: `data:image/png;base64,${png.toString('base64')}`, quality: QUALITY },
  )
  await blank.close()
  return Buffer.from(base64, 'base64')
}

const browser = await launch()
for (const theme of ['light', 'dark']) {
  const context = await browser.newContext({ viewport: VIEW, reducedMotion: 'reduce', locale: 'en' })
  const shown = await context.newPage()
  await shown.goto(`${pathToFileURL(resolve(page)).href}#${STATE}&theme=${theme}`)
  await shown.locator('.cloud-words').waitFor()
  await shown.locator('.known').last().waitFor()
  await shown.locator('.computing').waitFor({ state: 'detached' })
  await shown.waitForTimeout(500)
  writeFileSync(join(folder, `page-${theme}.webp`), await webpOf(browser, await shown.screenshot()))
  await context.close()
}
await browser.close()
