/** The page in German: nothing of it is English, it can be used by everybody, and its language is remembered. */
import { describe, expect, test } from 'vitest'
import { de } from '../../src/text/de.ts'
import { en } from '../../src/text/en.ts'
import { barriers } from '../support/axe.ts'
import { button, eventually, inAddress, newPage, open, page } from '../support/page.ts'
import { englishOnPage } from '../support/said.ts'

const heading = (name: string | RegExp) => page.getByRole('heading', { name })
const tab = (name: keyof typeof de.frame.tabs) => page.getByRole('tab', { name: de.frame.tabs[name] }).click()

/** Once what is computed is there. */
async function isGerman(): Promise<void> {
  await page.locator('.busy, .computing').first().waitFor({ state: 'detached' })
  await eventually(() => page.locator('.busy, .computing').count()).toBe(0)
  expect(await englishOnPage()).toEqual([])
}

const CELLS = Array.from({ length: 60 }, (_, i) => `${i % 3},${Math.sin(i)},${Math.cos(2 * i)}`)

describe('everything is said in German', () => {
  test('about a cell, a changed gene and a group', async () => {
    await open('lang=de&t=2&color=group')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.locator('.about').innerText()).toBe('test cells: 1.600 Zellen zu 8 Zeiten')
    expect(await page.locator('.clock').innerText()).toBe('t = 2,00')
    await isGerman()
    await button(de.explore.showOne).click()
    await heading(/^Zelle \d+$/).waitFor()
    await page.locator('.network').waitFor()
    await page.getByText('Ihr Schicksal').waitFor()
    await isGerman()
    await page.locator('#change-a-gene .main').click()
    await page.locator('.effect').waitFor()
    await heading(de.fateChange.title).waitFor()
    await page.locator('.fate-changes').waitFor()
    await isGerman()
    expect(await barriers()).toEqual([])
    await page.locator('.menu summary').click()
    await isGerman()
    await open('lang=de&group=cells,4,,&groupBeside=cells,3,,&gene=Timer1')
    await heading(de.group.differ).waitFor()
    await page.locator('.effect').waitFor()
    await isGerman()
  })

  test('about fates, genes and a test', async () => {
    await open('lang=de&tab=fates')
    await page.locator('.trend circle').first().waitFor()
    await isGerman()
    expect(await barriers()).toEqual([])
    await tab('genes')
    await page.locator('.edges tbody tr').first().waitFor()
    await page.getByRole('button', { name: /ausschalten$/ }).click()
    await page.getByText(/wird von Zeit 0 an festgehalten/).waitFor()
    await isGerman()
    await tab('evaluate')
    await eventually(() => page.locator('.scores .number').allInnerTexts()).not.toContain('…')
    await isGerman()
    expect(await page.locator('.scores tbody .number').first().innerText()).toMatch(/^\d,\d{3}$/)
  })

  test('about a training, other cells and what cannot be opened', async () => {
    await open('lang=de&tab=train&steps=200&held=2')
    await isGerman()
    expect(await barriers()).toEqual([])
    await button(de.training.train).click()
    await page.getByText('Schritt 200 von 200, fertig').waitFor({ timeout: 500_000 })
    await isGerman()
    const files = page.locator('input[type=file]')
    await files.setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('') })
    await page.getByText('‚x.jpg‘ kann diese Seite nicht lesen').waitFor()
    await isGerman()
    const buffer = Buffer.from(`day,x,y\n${CELLS.join('\n')}\n`)
    await files.setInputFiles({ name: 'cells.csv', mimeType: 'text/csv', buffer })
    await page.getByText('60 Zellen mit 2 Komponenten zu 3 Zeiten, keine Gene').waitFor()
    await button(de.opening.openThese).click()
    await tab('explore')
    await heading(de.explore.noModel).waitFor()
    await isGerman()
  })

  test.each([0, 1, 5, 8, 10, 11])('in step %d of the lesson', async (step) => {
    await open(`lang=de&tab=tour&step=${step}`)
    await page.locator('.tour h2').waitFor()
    await isGerman()
  })
})

test('English would be found', async () => {
  await open('lang=en')
  const { explore, timeline } = en
  expect(await englishOnPage()).toEqual(expect.arrayContaining([explore.click, explore.showOne, timeline.shown]))
})

describe('the language', () => {
  const toLanguage = (name: string) => page.getByRole('button', { name, exact: true })
  test('is that of the browser, unless a link says another one', async () => {
    await newPage({ locale: 'de-AT', reducedMotion: 'reduce' })
    await open()
    await heading(de.explore.click).waitFor()
    expect(inAddress('lang')).toBeNull()
    await open('lang=en')
    await heading('Click a cell to see its future').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })

  test('is chosen by a button, and stands in the link', async () => {
    await open('cell=700')
    await heading('Cell 700').waitFor()
    await toLanguage('DE').click()
    await heading('Zelle 700').waitFor()
    await eventually(() => inAddress('lang')).toBe('de')
    await page.reload()
    await heading('Zelle 700').waitFor()
    await toLanguage('EN').click()
    await heading('Cell 700').waitFor()
  })
})
