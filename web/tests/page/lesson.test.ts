import { describe, expect, test } from 'vitest'
import { en } from '../../src/text/en.ts'
import { CASES } from '../../src/text/table.ts'
import { button, eventually, inAddress, open, page } from '../support/page.ts'

const heading = (name: string | RegExp) => page.getByRole('heading', { name })
const setSlider = (label: RegExp, value: string) => page.getByLabel(label).fill(value)

describe('terms', () => {
  test('say what they mean when they are pressed, and Escape ends it', async () => {
    await open('tab=tour&step=5&cell=700')
    const term = button('whitened').first()
    await term.press('Enter')
    await page.getByText(en.glossary.whitened.says).waitFor()
    expect(await term.getAttribute('aria-expanded')).toBe('true')
    await term.press('Escape')
    await page.getByText(en.glossary.whitened.says).waitFor({ state: 'detached' })
    expect(inAddress('cell')).toBe('700')
    await button('component').first().click()
    await button(/^matrix$/).click()
    expect(await page.locator('.term-says').count()).toBe(1)
  })

  test('can be pressed outside of the tour, too', async () => {
    await open('tab=evaluate')
    await button('noise floor').click()
    await page.getByText(en.glossary.noiseFloor.says).waitFor()
  })
})

describe('a guess', () => {
  test('is pinned before the path is seen, and scored', async () => {
    await open('tab=tour&step=1')
    await page.locator('.chosen-mark').waitFor()
    expect(await page.locator('.paths').count()).toBe(0)
    expect(await button('Show the path').count()).toBe(0)
    await button('Pin my guess').click()
    const { x, y, width, height } = (await page.locator('.plot').boundingBox())!
    await page.mouse.click(x + 0.6 * width, y + 0.3 * height)
    await page.locator('.guess .pin').waitFor()
    expect(await page.locator('.paths').count()).toBe(0)
    await button('Show the path').click()
    await page.locator('.paths .future').waitFor()
    const rows = page.locator('.guess-scores tr')
    expect(await rows.count()).toBe(3)
    const [yours, stays, middle] = (await page.locator('.guess-scores .number').allInnerTexts()).map(Number)
    const won = yours! < Math.min(stays!, middle!)
    await page.getByText(`${won ? 1 : 0} of 1 guesses were nearer`).waitFor()
    await button('Another cell').click()
    await page.locator('.paths').waitFor({ state: 'detached' })
    expect(await page.locator('.guess').count()).toBe(0)
  })

  test('is pinned with the keyboard', async () => {
    await open('tab=tour&step=1')
    await button('Pin my guess').press('Enter')
    await page.locator('.plot canvas[tabindex]').focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.locator('.guess .pin').waitFor()
    await button('Show the path').press('Enter')
    await page.getByText('of 1 guesses').waitFor()
  })
})

describe('the page checks', () => {
  test('where one gene comes to rest', async () => {
    await open('tab=tour&step=2')
    await page.getByText(en.steps.oneGene.figure!.task!).waitFor()
    await setSlider(/^a = /, '-1.5')
    await setSlider(/what is made/, '1.5')
    await page.getByText(en.steps.oneGene.figure!.done!).waitFor()
    await setSlider(/what is made/, '1.4')
    await page.getByText(en.steps.oneGene.figure!.task!).waitFor()
  })

  test('whether the path of two genes turns', async () => {
    await open('tab=tour&step=3')
    await setSlider(/second gene on the first/, '0.8')
    await page.getByText(en.steps.twoGenes.figure!.task!).waitFor()
    await setSlider(/second gene on the first/, '-0.8')
    await page.getByText(en.steps.twoGenes.figure!.done!).waitFor()
  })

  test('answers to questions, and says why only then', async () => {
    const { options, right, why } = en.steps.matrix.question!
    await open('tab=tour&step=4')
    await page.getByLabel(options[right === 0 ? 1 : 0]!).check()
    await page.getByText(en.words.wrong).waitFor()
    expect(await page.getByText(why).count()).toBe(0)
    await page.getByLabel(options[right]!).check()
    await page.getByText(why).waitFor()
  })
})

describe('a teacher', () => {
  test('hides parts by the link', async () => {
    await open('tab=tour&hide=train,genes,controls,timeline,files')
    await heading('Snapshots').waitFor()
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Explore', 'Fates', 'How good is it?', 'Tour'])
    for (const part of ['.controls', '.timeline', '.menu']) expect(await page.locator(part).count(), part).toBe(0)
    await open('hide=panel')
    await page.locator('aside').waitFor({ state: 'detached' })
  })

  test('makes letters large', async () => {
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
    await open('tab=tour')
    const usual = await size()
    await page.getByText('For teachers').click()
    await page.getByLabel('Large letters').check()
    await eventually(size).toBeGreaterThan(1.25 * usual)
    await eventually(() => inAddress('large')).toBe('1')
  })

  test('freezes the page, and lets it go on', async () => {
    await open('tab=tour&t=2')
    await page.getByText('For teachers').click()
    await button('Freeze').click()
    const { x, y, width, height } = (await page.locator('.plot').boundingBox())!
    for (const part of [0.3, 0.4, 0.5, 0.6]) await page.mouse.click(x + part * width, y + 0.5 * height)
    expect(await page.locator('.chosen-mark').count()).toBe(0)
    await button('Go on').click()
    await page.getByRole('tab', { name: 'Train' }).click()
    await heading('Train it here').waitFor()
  })

  test('keeps views under numbers', async () => {
    await open('tab=tour&step=3&t=2')
    await page.getByText('For teachers').click()
    await button('Keep this view').click()
    await page.getByRole('tab', { name: 'Train' }).click()
    await button('View 1').click()
    await heading(en.steps.twoGenes.title).waitFor()
    await eventually(() => inAddress('views')).not.toBeNull()
    await page.reload()
    await button('View 1').waitFor()
  })
})

describe('simulated cells with a question', () => {
  const openCase = async (hash: string) => {
    await open(`tab=tour&${hash}`)
    await page.getByText(/simulated here in/).waitFor()
  }

  test.each(CASES.map((name) => [name, en.cases[name].title] as const))(
    'are made in the tab: %s',
    async (name, title) => {
      await openCase(`lesson=${name}&truth=1`)
      await heading(title).waitFor()
      await page.locator('.true-paths path').first().waitFor()
      expect(await page.locator('.true-paths circle').count()).toBe(40)
      for (const { ask } of en.cases[name].questions) await page.getByText(ask).waitFor()
      await heading(en.words.trueNetwork).waitFor()
      expect(await page.locator('.axis-names text').first().textContent()).toMatch(
        name === 'branching' ? /^PC1$/ : /^[A-Z][a-z]*$/,
      )
    },
  )

  test('go back to the cells of the page', async () => {
    await openCase('lesson=decay')
    expect(await page.locator('.about').innerText()).toContain('decay: 1,000 cells at 5 times')
    await button(en.words.ownCells).click()
    await heading('Snapshots').waitFor()
    await eventually(() => page.locator('.about').innerText()).toContain('test cells: 1,600 cells')
    await page.locator('.busy').waitFor({ state: 'detached' })
    await eventually(() => inAddress('lesson')).toBe(null)
    await page.getByLabel(en.words.lesson).selectOption('switch')
    await heading('A switch').waitFor()
    await eventually(() => inAddress('lesson')).toBe('switch')
    await page.goBack()
    await eventually(() => page.locator('.about').innerText()).toContain('test cells: 1,600 cells')
  })

  test('change when a gene is knocked out, or more times are measured', async () => {
    await openCase('lesson=confounder&truth=1')
    await page.getByText('Hidden (not measured) helps Late').waitFor()
    await page.getByLabel(en.words.knockOut).selectOption('Early')
    await eventually(() => inAddress('knocked')).toBe('Early')
    await openCase('lesson=two-times')
    await page.getByText('400 cells at 2 times').first().waitFor()
    await button(en.words.moreTimes).click()
    await page.getByText('1,000 cells at 5 times, simulated').waitFor()
  })

  test('are a world in which a model can be trained', async () => {
    await openCase('lesson=switch')
    await button(en.words.train).click()
    await eventually(() => page.getByText(/^Step \d+ of 300/).count()).toBe(0)
    await eventually(() => button('Play').isEnabled()).toBe(true)
  })

  test('play their truth without a model', async () => {
    await openCase('lesson=switch&truth=1')
    const places = () =>
      page.locator('.true-paths circle').evaluateAll((all) => all.map((one) => one.getAttribute('cx')).join())
    const before = await places()
    await button('To the next snapshot').click()
    expect(await places()).not.toBe(before)
    await button('Play').click()
    await button('Pause').waitFor()
  })

  test('let go of the lesson when other cells are opened', async () => {
    await openCase('lesson=switch')
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 3},${Math.sin(i)},${Math.cos(2 * i)}`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'cells.csv', mimeType: 'text/csv', buffer: Buffer.from(`day,x,y\n${rows.join('\n')}\n`) })
    await button('Open these cells').click()
    await eventually(() => page.locator('.about').innerText()).toContain('cells: 60 cells')
    await eventually(() => inAddress('lesson')).toBeNull()
  })
})
