/** Names, links and files that would like to be more than text. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { File, ready } from 'h5wasm/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { listColumn, program, put, setAttribute } from '../support/demo.ts'
import { button, demo, open, page } from '../support/page.ts'

const hostile = (name: string) => `<img src="x" onerror="window.ran=1"></script><b>${name}</b>`
const ran = () => page.evaluate(() => (window as { ran?: number }).ran)

describe('what is hostile stays text', () => {
  const path = (name: string) => join(demo.folder, name)
  const at = pathToFileURL(path('hostile.html')).href

  beforeAll(async () => {
    const cellmnn = (...given: string[]) => execFileSync(program, [...given, '--quiet'])
    copyFileSync(demo.data, path('hostile.h5ad'))
    await ready
    const file = new File(path('hostile.h5ad'), 'a')
    const size = (name: string) => (file.get(name) as unknown as { shape: number[] }).shape[0]!
    const [cells, genes] = [size('obsm/X_pca'), size('varm/PCs')]
    const names = (what: string, count: number) => Array.from({ length: count }, (_, i) => hostile(`${what}${i}`))
    put(file, 'obs', 'evil', names('cell', cells), [cells])
    setAttribute(file, 'obs', '_index', 'evil')
    const state = Array.from({ length: cells }, (_, i) => hostile(`state${i % 2}`))
    put(file, 'obs', 'state', state, [cells])
    listColumn(file, 'state')
    put(file, 'var', 'evil', names('gene', genes), [genes])
    setAttribute(file, 'var', '_index', 'evil')
    file.close()
    cellmnn('train', path('hostile.h5ad'), '--steps', '20', '-o', path('hostile.safetensors'))
    cellmnn(
      ...['export', path('hostile.safetensors'), path('hostile.h5ad'), '--title', hostile('title')],
      ...['--group-key', 'state', '-o', path('hostile.html')],
    )
  })

  test('names of cells, genes and labels, and the title', async () => {
    await page.goto(at)
    await page.getByText('<b>state0</b>').first().waitFor({ state: 'attached' })
    expect(await page.title()).toContain('<b>title</b>')
    for (const panel of await page.getByRole('tab').all()) {
      await panel.click()
      await page.locator('[role=tabpanel]:visible').first().waitFor()
    }
    await page.getByRole('tab', { name: 'Genes' }).click()
    await page.getByRole('combobox', { name: 'Gene', exact: true }).click()
    await page
      .getByRole('option', { name: /<b>gene\d+<\/b>/ })
      .first()
      .waitFor()
    expect(await page.locator('b', { hasText: /gene|cell|state|title/ }).count()).toBe(0)
    expect(await ran()).toBeUndefined()
  })

  test('a link', async () => {
    const text = encodeURIComponent(hostile('link'))
    const keys = ['cell', 'gene', 'group', 'color', 'tab', 'axes', 't', 'title', 'hide', 'lesson']
    await open(keys.map((key) => `${key}=${text}`).join('&'))
    await page.goto(`${demo.page}#${'%'.repeat(2000)}&cell=-1&t=1e999`)
    await button(/play/i).first().waitFor()
    expect(await page.locator('b', { hasText: 'link' }).count()).toBe(0)
    expect(await ran()).toBeUndefined()
  })

  test('the names in a file that is opened', async () => {
    await open()
    const rows = Array.from({ length: 90 }, (_, i) => `"${hostile('row').replaceAll('"', '""')}",${i % 3},${i},1`)
    writeFileSync(path(`evil.csv`), ['cell,day,X_pca_1,"<b>X</b>"', ...rows].join('\n'))
    await page.locator('input[type=file]').setInputFiles([path('evil.csv')])
    await page.getByRole('dialog').getByText('90 cells').waitFor()
    expect(await page.locator('b', { hasText: /row|X/ }).count()).toBe(0)
    expect(await ran()).toBeUndefined()
  })
})
