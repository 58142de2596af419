import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { program, textOf } from '../support/demo.ts'
import { button, context, demo, forgetRequests, open, page, requests } from '../support/page.ts'
import { addressOf, serve } from '../support/serve.ts'

describe('files', () => {
  const files = (...paths: string[]) => page.locator('input[type=file]').setInputFiles(paths)
  const write = (name: string, content: string) => {
    const path = join(demo.folder, name)
    writeFileSync(path, content, 'latin1')
    return path
  }
  const cells = [
    'day,X_pca_1,X_pca_2',
    ...Array.from({ length: 90 }, (_, i) => `${i % 3},${Math.sin(i)},${Math.cos(2 * i) + (i % 3)}`),
  ].join('\n')

  test('a csv is understood, corrected and opened; then it can be trained', async () => {
    await open()
    await files(write('own cells.csv', cells.replaceAll('day', 'when')))
    await page.getByText(/no column has a usual name of a time.*'when'.*with 'Time column'/).waitFor()
    await page.getByLabel('Time column').fill('when')
    await page.keyboard.press('Tab')
    await page.getByText('90 cells with 2 components at 3 times, no genes').waitFor()
    await button('Open these cells').click()
    await page.getByRole('heading', { name: 'Train it here' }).waitFor()
    expect(await page.title()).toContain('own cells')
  })

  test('a file that comes right after Cancel is not lost; Escape lets go of it', async () => {
    await open()
    const dialog = page.getByRole('dialog')
    await files(write('first.csv', cells))
    await dialog.getByText('90 cells').waitFor()
    // The browser tells late that the dialog before was closed.
    await page.evaluate(() => document.querySelector('dialog')!.dispatchEvent(new Event('close')))
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
    await dialog.getByText('90 cells').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await files(write('second.csv', cells))
    await dialog.getByText('90 cells').waitFor()
  })

  test('times have their labels and unit, and what was not obvious is said', async () => {
    await open()
    const times = ['0-5 h', '1d', 'late'].map((label) => `,${label}`)
    const rows = cells.split('\n').slice(1)
    const table = [
      'cell,time,PC1,PC2,UMAP_1,UMAP_2',
      ...rows.map((row, i) => `c${i}${row.replace(/^./, (k) => times[+k]!)},1,2`),
    ]
    await files(write('ranges.csv', table.join('\n')))
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/the label 'late' holds no number.*with 'Times of labels' "late=TIME"/).waitFor()
    await dialog.getByLabel('Times of labels').fill('late=4')
    await page.keyboard.press('Tab')
    await dialog.getByText(/converted to the unit d \(0-5 h = 0.104/).waitFor()
    await dialog.getByLabel('Unit of time').fill('h')
    await page.keyboard.press('Tab')
    await dialog.getByRole('columnheader', { name: 'Time, h' }).waitFor()
    await button('Open these cells').click()
    await page.getByText('t = 2.50 h').waitFor()
    await page.locator('.legend .name').getByText('time measured, in h').waitFor()
    await page.getByRole('option', { name: 'time 24 h (1d)' }).first().waitFor({ state: 'attached' })
  })

  test('damaged files are refused with a sentence', async () => {
    await open()
    await files(write('broken.npz', 'no zip'))
    await page.getByText('not a valid npz').waitFor()
    await button('Cancel').click()
    await files(write('quoted.csv', `cell,day,x\n"${'a'.repeat(3e6)}`))
    await page.getByText('line 2: a quoted field is not closed').waitFor()
    await button('Cancel').click()
    const deep = `{"a":{"dtype":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(deep.length))
    await files(write('deep.safetensors', length.toString('latin1') + deep))
    await page.getByRole('alert').getByText('not a valid safetensors file').waitFor()
    await button('Close').click()
    await files(write('broken.safetensors', 'x'.repeat(40)))
    await page.getByRole('alert').getByText('not a valid safetensors file').waitFor()
    await files(write('picture.jpg', ''))
    await page.getByText('is no file that this page reads').waitFor()
    await files(write('filtered_feature_bc_matrix.h5', ''))
    await page.getByText("may hold counts, which this page does not read: 'cellmnn preprocess'").waitFor()
  })

  test('a model of other dimensions is refused', async () => {
    await open()
    await files(write('two.csv', cells))
    await button('Open these cells').click()
    await files(demo.model)
    await page.getByText('The model has 5 dimensions and the cells have 2').waitFor()
  })

  test('a model of other cells is refused with the difference', async () => {
    await open()
    const row = (time: number, k: number) => [time, ...[1, 2, 3, 4, 5].map((d) => Math.sin(7 * k + d))].join()
    const rows = Array.from({ length: 60 }, (_, k) => row(24 * (k % 3), k))
    await files(write('hours.csv', ['time,PC1,PC2,PC3,PC4,PC5', ...rows].join('\n')))
    await button('Open these cells').click()
    await files(demo.model)
    await page.getByRole('alert').getByText('its times 0, 24, 48 are not those of training, 0, 1, 2').waitFor()
    await page.getByRole('heading', { name: 'Train it here' }).waitFor()
    await button('Open all the same').click()
    await page.getByRole('tab', { name: 'Explore' }).click()
    await button('Show me one').click()
    await page.locator('.problem').getByText('0, 24, 48 are not those of training').waitFor()
  })

  /** Cells of the demo at days 0 and 1, with these labels. */
  const someOfTheDemo = async (...labels: string[]) => {
    await open()
    await page.locator('.menu summary').click()
    const [download] = await Promise.all([page.waitForEvent('download'), button('Cells as CSV').click()])
    const rows = textOf(await download.path())
      .trim()
      .split('\n')
    const cells = labels.flatMap((label, k) =>
      rows.slice(1 + 200 * k, 101 + 200 * k).map((row) => row.replace(`,${k},`, `,${label},`)),
    )
    return write('some.csv', [rows[0], ...cells].join('\n'))
  }
  const trainInDays = () => {
    const model = join(demo.folder, 'days.safetensors')
    execFileSync(program, ['train', demo.data, '--time-unit', 'd', '--steps', '5', '--quiet', '-o', model])
    return model
  }

  test('times in another unit are converted to that of the model', async () => {
    await files(await someOfTheDemo('0h', '24h'))
    await button('Open these cells').click()
    await page.getByText('t = 0.00 h').waitFor()
    await files(trainInDays())
    await page.getByText('t = 0.00 d').waitFor()
    await page.getByRole('option', { name: 'time 1 d (24h)' }).first().waitFor({ state: 'attached' })
    expect(await page.locator('.problem').count()).toBe(0)
  })

  test('of more components than a model has the first are taken', async () => {
    const [header, ...rows] = textOf(await someOfTheDemo('0', '1')).split('\n')
    const wider = [
      header!.replace('X_pca_5', 'X_pca_5,X_pca_6'),
      ...rows.map((row) => row.replace(/((?:,[^,]*){6})$/, ',0$1')),
    ]
    await files(write('wider.csv', wider.join('\n')))
    await page.getByRole('dialog').getByLabel('Components').fill('6')
    await page.keyboard.press('Tab')
    await page.getByText('200 cells with 6 components').waitFor()
    await button('Open these cells').click()
    await files(demo.model)
    await page.getByRole('tab', { name: 'Explore' }).click()
    await button('Show me one').click()
    await page.locator('.operator').first().waitFor()
    expect(await page.locator('.problem').count()).toBe(0)
  })

  test('a training ends when other cells are opened', async () => {
    await open('tab=train&steps=10000')
    await button('Train').click()
    await page.getByText(/Step \d+/).waitFor()
    await files(write('own.csv', cells))
    await button('Open these cells').click()
    await page.getByText('Not started').waitFor()
    await page.waitForTimeout(1000)
    expect(await page.locator('.status').innerText()).toBe('Not started')
    await page.getByRole('tab', { name: 'Explore' }).click()
    await page.getByText('These cells have no model yet').waitFor()
  })

  test('models that are opened together tell where they part', async () => {
    await open('cell=300&t=3')
    await page.locator('.paths .future').waitFor()
    expect(await page.locator('.paths .by-other').count()).toBe(0)
    await files(demo.model, demo.otherModel)
    await page.locator('.paths .by-other').waitFor()
    await page.getByText('by 1 other model').waitFor()
    expect(await page.locator('.paths .by-other').getAttribute('d')).not.toBe(
      await page.locator('.paths .future').getAttribute('d'),
    )
    await page.getByRole('combobox', { name: 'Colour' }).selectOption('models')
    await page.locator('.legend .name').getByText('how far the models part').waitFor()
  })

  test('h5ad: by a site, not by a single file', async () => {
    await open()
    await files(demo.data)
    await page.getByText('cannot read h5ad').waitFor()
    const server = serve(demo.site)
    await context.setOffline(false)
    await page.goto(addressOf(server))
    const damaged = readFileSync(demo.data)
    damaged.fill(0xa5, 1000, damaged.length / 2) // what is behind the superblock: names, types and places
    await files(write('damaged.h5ad', damaged.toString('latin1')))
    await page.getByText('a damaged or truncated HDF5 file').waitFor()
    await button('Cancel').click()
    await files(join(import.meta.dirname, '../../../tests/fixtures/lzf.h5ad'))
    await page.getByText("compressed by 'lzf', which cannot be read here: write it anew with").waitFor()
    await button('Cancel').click()
    await files(demo.data)
    await page.getByText('1,600 cells with 5 components at 8 times, 24 genes').waitFor()
    await button('Open these cells').click()
    await page.getByRole('heading', { name: 'Train it here' }).waitFor()
    // Both columns of labels can be chosen, for colours and for groups.
    const select = (name: string) => page.getByRole('combobox', { name, exact: true })
    await select('Colour').selectOption('group')
    for (const column of ['leiden', 'fate']) {
      await select('Labels').selectOption(column)
      await page.locator('.label-legend summary').getByText(column).waitFor()
      expect(await page.locator('.legend .label').allTextContents()).toEqual(
        (column === 'fate' ? [0, 1, 2] : [0, 1]).map((label) => `${column} ${label}`),
      )
    }
    await page.getByRole('tab', { name: 'Explore' }).click()
    await select('Picture').selectOption('X_umap')
    await page.getByText('UMAP: a projection').waitFor()
    server.close()
    expect(requests.every((url) => url.startsWith('http://localhost:'))).toBe(true)
    forgetRequests()
  })
})
