import { expect, test } from 'vitest'
import {
  button,
  clock,
  context,
  eventually,
  inAddress,
  middleOf,
  newPage,
  open,
  page,
  picture,
  pretendToHaveACard,
} from '../support/page.ts'

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
  const [ring, origin] = [await middleOf('.chosen-mark .ring'), await middleOf('.chosen-mark .origin')]
  expect(Math.hypot(ring.x - origin.x, ring.y - origin.y)).toBeLessThan(1)
  await page.getByRole('tab', { name: 'How good is it?' }).click()
  await page.locator('.axis-names').getByText('PC1').waitFor()
})

test('colour by how far futures part', async () => {
  await open('color=parting&t=2')
  await page.locator('.legend').getByText('how far futures part').waitFor()
})

test('the slider scrubs, steps go to snapshots, play moves on and pauses', async () => {
  await open()
  const before = await picture()
  expect((await picture()).equals(before)).toBe(true)
  await page.getByLabel('Time shown').fill('3.5')
  expect(await clock()).toBeCloseTo(3.5, 1)
  await eventually(async () => (await picture()).equals(before)).toBe(false)
  await button('To the next snapshot').click()
  expect(await clock()).toBe(4)
  await button('To the snapshot before').click()
  expect(await clock()).toBe(3)
  await button('Play').click()
  await eventually(clock).toBeGreaterThan(3.2)
  await button('Pause').click()
})

test('keys move and magnify the plot', async () => {
  await open('t=3')
  await page.locator('.plot canvas[tabindex]').focus()
  await page.keyboard.press('+')
  await page.keyboard.press('ArrowRight')
  const zoom = () => (inAddress('zoom') ?? '0.5,0.5,1').split(',').map(Number)
  await eventually(() => zoom()[0]).toBeGreaterThan(0.5)
  expect(zoom()[2]).toBeCloseTo(1.3)
  await page.keyboard.press('0')
  await eventually(() => inAddress('zoom')).toBeNull()
  await page.keyboard.press('Space')
  await button('Pause').waitFor()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Cell \d+$/ }).waitFor()
  // The cell in the middle is marked there.
  const [plot, mark] = [await middleOf('.plot'), await middleOf('.chosen-mark .ring')]
  expect(Math.hypot(mark.x - plot.x, mark.y - plot.y)).toBeLessThan(60)
  await page.keyboard.press('Escape')
  await page.getByText('Click a cell to see its future').waitFor()
})

test('the plot comes back after the browser took its WebGL contexts', async () => {
  await pretendToHaveACard()
  await open('t=3')
  const before = await picture()
  const canvases = await page.locator('.plot canvas').elementHandles()
  const lost = await Promise.all(
    canvases.map((canvas) =>
      canvas.evaluateHandle((one) => {
        const context = (one as HTMLCanvasElement).getContext('webgl2')!.getExtension('WEBGL_lose_context')!
        const gone = new Promise((done) => one.addEventListener('webglcontextlost', done, { once: true }))
        context.loseContext()
        return gone.then(() => context)
      }),
    ),
  )
  expect(lost).toHaveLength(2)
  await eventually(async () => (await picture()).equals(before)).toBe(false)
  for (const context of lost) await context.evaluate((one) => one.restoreContext())
  await eventually(async () => (await picture()).equals(before)).toBe(true)
})

test('without WebGL, as it does not come back, is not there or has no card, the plot is drawn', async () => {
  const inked = () =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.plot canvas')!
      const context = canvas.getContext('2d')
      if (!context) return -1
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      return data.filter((value, i) => i % 4 === 3 && value > 0).length
    })
  await open('t=3')
  await eventually(inked).toBeGreaterThan(1000) // headless Chromium has no card
  await pretendToHaveACard()
  await page.reload()
  await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
  expect(await inked()).toBe(-1) // the canvas belongs to WebGL
  for (const canvas of await page.locator('.plot canvas').elementHandles())
    await canvas.evaluate((one) =>
      (one as HTMLCanvasElement).getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext(),
    )
  await eventually(inked).toBeGreaterThan(1000)
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext as (...given: unknown[]) => unknown
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
      return given[0] === 'webgl2' ? null : original.apply(this, given)
    } as never
  })
  await page.reload()
  await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
  await eventually(inked).toBeGreaterThan(1000)
  expect(await page.locator('.problem').count()).toBe(0)
})

test('cells look the same with and without a graphics card', async () => {
  await open('t=3.3')
  const without = (await picture()).toString('base64')
  await pretendToHaveACard()
  await page.reload()
  await page.waitForFunction(() => performance.getEntriesByName('cells moving').length > 0)
  const different = async () =>
    page.evaluate(
      async (pngs) => {
        const [a, b] = await Promise.all(
          pngs.map(async (png) => {
            const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
            const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
            context.drawImage(image, 0, 0)
            return context.getImageData(0, 0, image.width, image.height).data
          }),
        )
        return a!.filter((value, i) => Math.abs(value - b![i]!) > 48).length / a!.length
      },
      [without, (await picture()).toString('base64')],
    )
  await eventually(different).toBeLessThan(0.0002)
})

test('two fingers magnify around their middle, and buttons do', async () => {
  await newPage({ hasTouch: true, viewport: { width: 390, height: 800 }, reducedMotion: 'reduce' })
  await open('t=3')
  const zoom = async () => (inAddress('zoom') ?? '0.5,0.5,1').split(',').map(Number)
  const { x, y } = await middleOf('.plot')
  const session = await context.newCDPSession(page)
  const touch = (type: string, ...xs: number[]) =>
    session.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints: xs.map((at, id) => ({ x: at, y, id })),
    })
  await touch('touchStart', x - 30)
  await touch('touchStart', x - 30, x + 30)
  await touch('touchMove', x - 60, x + 60)
  await touch('touchMove', x - 90, x + 90)
  await touch('touchEnd')
  await eventually(async () => (await zoom())[2]).toBeCloseTo(3, 1)
  const [cx, cy] = await zoom()
  expect(cx).toBeCloseTo(0.5, 1)
  expect(cy).toBeCloseTo(0.5, 1)
  expect(inAddress('cell')).toBeNull()
  await button('Show all').click()
  await eventually(() => inAddress('zoom')).toBeNull()
  await button('Magnify').click()
  await eventually(async () => (await zoom())[2]).toBeCloseTo(1.5)
})

test('on a phone the plot stays in view while one reads the panel', async () => {
  await newPage({ viewport: { width: 390, height: 800 }, reducedMotion: 'reduce' })
  await open('cell=700&t=3')
  await page.locator('.network').waitFor()
  await page.locator('.network').scrollIntoViewIfNeeded()
  const { y, height } = (await page.locator('.plot').boundingBox())!
  expect(y).toBeGreaterThanOrEqual(0)
  expect(height).toBeGreaterThan(200)
})
