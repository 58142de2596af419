/** Pictures of the main states, to be looked at: node tests/screenshots.mjs PAGE.html FOLDER [NAME ...]. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch } from './support/browser.mjs'

const [page = 'dist/page.html', folder = 'screenshots', ...only] = process.argv.slice(2)
const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
const PROJECTOR = { width: 1920, height: 1080 }

const wait = (ms) => (shown) => shown.waitForTimeout(ms)
const click = (name) => (shown) => shown.getByRole('button', { name, exact: true }).first().click()
const write = (label, text) => async (shown) => {
  await shown.getByLabel(label).first().fill(text)
  await shown.keyboard.press('Enter')
}
const clickPlot = (x, y) => async (shown) => {
  const box = await shown.locator('.plot').boundingBox()
  await shown.mouse.click(box.x + x * box.width, box.y + y * box.height)
}
const CELLS = Array.from({ length: 60 }, (_, i) => `${i % 3},${Math.sin(i)},${Math.cos(2 * i)}`)
const openFile = (name, mimeType, text) => (shown) =>
  shown.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(text) })
const openCells = openFile('cells.csv', 'text/csv', `day,x,y\n${CELLS.join('\n')}\n`)
/** Shows what lies below in the panel. */
const down = (by) => (shown) =>
  shown.evaluate((by) => {
    const panel = document.querySelector('aside')
    ;(panel.scrollHeight > panel.clientHeight ? panel : document.documentElement).scrollTop += by
  }, by)

/** Name, state in the address, what is done, size. */
const STATES = [
  ['first', 't=2'],
  ['first-dark', 't=2&theme=dark'],
  ['first-phone', 't=2', [], PHONE],
  ['first-projector', 't=2', [], PROJECTOR],
  ['cell', 'cell=900&t=4'],
  ['cell-below', 'cell=900&t=4', [down(620)]],
  ['cell-dark', 'cell=900&t=4&theme=dark'],
  ['cell-phone', 'cell=900&t=4', [down(620)], PHONE],
  ['cell-projector', 'cell=900&t=4', [], PROJECTOR],
  ['cell-not-found', 't=2', [write(/^Cell (name or )?number$/, 'nobody')]],
  ['two-cells', 'cell=900&beside=905&t=4', [down(200)]],
  ['knock-out', 'cell=900&t=4', [click(/^Knock out/), wait(400), down(1050)]],
  ['knock-out-dark', 'cell=900&t=4&theme=dark', [click(/^Knock out/), wait(400), down(1050)]],
  ['knock-out-fates', 'cell=900&gene=Timer1&t=4', [wait(2500), down(1500)]],
  ['fates', 'tab=fates', [wait(1500)]],
  ['fates-below', 'tab=fates', [wait(1500), down(900)]],
  ['fates-dark', 'tab=fates&theme=dark', [wait(1500), down(500)]],
  ['fates-phone', 'tab=fates', [wait(1500), down(900)], PHONE],
  ['group', 'group=cells,3,,&t=4'],
  ['group-below', 'group=cells,3,,&t=4', [down(500)]],
  ['group-awaits', 'group=cells,3,,&t=4', [click('Compare with another group')]],
  ['two-groups', 'group=cells,4,,&groupBeside=cells,3,,&t=5'],
  ['two-groups-below', 'group=cells,4,,&groupBeside=cells,3,,&t=5', [down(420)]],
  ['group-knock-out', 'group=cells,3,,&t=4', [click(/^Knock out/), wait(800), down(1300)]],
  ['group-knock-out-phone', 'group=cells,3,,&t=4', [click(/^Knock out/), wait(800), down(1900)], PHONE],
  ['group-empty', 'group=lasso,3,0,1,100,100,101,100,101,101&t=3'],
  ['lasso', 'group=lasso,3,0,1,-4,-4,4,-4,4,4,-4,4&t=3'],
  ['truth', 'truth=1&cell=900&t=4'],
  ['truth-dark', 'tab=genes&truth=1&t=4&theme=dark', [wait(2500), down(2000)]],
  ['parting', 'color=parting&t=3'],
  ['parting-dark', 'color=parting&t=3&theme=dark'],
  ['growth', 'color=growth&shown=all&t=3'],
  ['projection', 'on=X_umap&cell=900&t=4'],
  ['projection-dark', 'on=X_umap&color=group&t=3&theme=dark'],
  ['projection-phone', 'on=X_umap&t=3', [], PHONE],
  ['evaluate', 'tab=evaluate', [wait(2500)]],
  ['evaluate-dark', 'tab=evaluate&theme=dark', [wait(2500)]],
  ['evaluate-training', 'tab=evaluate&steps=5000', [click(/^Train without/), wait(5000)]],
  ['train', 'tab=train'],
  ['train-running', 'tab=train&steps=5000', [click('Train'), wait(5000)]],
  ['train-phone', 'tab=train', [down(500)], PHONE],
  ...Array.from({ length: 12 }, (_, step) => [`tour-${step + 1}`, `tab=tour&step=${step}`, [wait(800)]]),
  ['tour-dark', 'tab=tour&step=3&theme=dark', [wait(800)]],
  ['tour-phone', 'tab=tour&step=3', [down(500), wait(800)], PHONE],
  ['tour-term', 'tab=tour&step=5', [click('whitened'), wait(300)]],
  ['guess', 'tab=tour&step=1', [click('Pin my guess'), clickPlot(0.7, 0.3), click('Show the path'), wait(300)]],
  ['guess-phone', 'tab=tour&step=1', [click('Pin my guess'), clickPlot(0.7, 0.3), click('Show the path')], PHONE],
  ...['switch', 'repressilator', 'branching', 'convergence', 'decay', 'growth', 'two-times', 'confounder'].map(
    (name) => [`case-${name}`, `tab=tour&lesson=${name}&truth=1&t=2`, [wait(2500)]],
  ),
  [
    'case-trained',
    'tab=tour&lesson=switch&t=2&theme=dark',
    [wait(1500), click('Train a model of them here'), wait(9000)],
  ],
  ['case-phone', 'tab=tour&lesson=decay&truth=1', [wait(2000), down(400)], PHONE],
  ['teacher', 'tab=tour&step=2&large=1&hide=train,fates,files&views=tab%3Dtour|t%3D2', [down(2000)]],
  ['frozen', 'tab=tour&freeze=1&t=2'],
  ['german-cell', 'lang=de&cell=900&gene=Timer1&t=4', [wait(2500), down(900)]],
  ['german-dark', 'lang=de&color=group&lit=1&t=2&theme=dark'],
  ['german-fates-phone', 'lang=de&tab=fates', [wait(1500), down(900)], PHONE],
  ['german-phone', 'lang=de&t=2', [], PHONE],
  ['save-menu', 't=2', [(shown) => shown.locator('.menu summary').click()]],
  [
    'problem',
    't=2',
    [
      (shown) =>
        shown
          .locator('input[type=file]')
          .setInputFiles({ name: 'picture.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('') }),
    ],
  ],
  [
    'file-refused',
    't=2',
    [
      (shown) =>
        shown
          .locator('input[type=file]')
          .setInputFiles({ name: 'cells.csv', mimeType: 'text/csv', buffer: Buffer.from('when,x,y\n1,2,3\n2,3,4\n') }),
    ],
  ],
  ['file-understood', 't=2', [openCells]],
  [
    'no-model',
    't=2',
    [openCells, click('Open these cells'), (shown) => shown.getByRole('tab', { name: 'Explore' }).click()],
  ],
]

mkdirSync(folder, { recursive: true })
const browser = await launch()
for (const [name, hash, actions = [], viewport = DESK] of STATES) {
  if (only.length > 0 && !only.includes(name)) continue
  const hasTouch = viewport === PHONE
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', hasTouch, locale: 'en' })
  const shown = await context.newPage()
  shown.on('console', (message) => {
    if (message.type() === 'error') console.error(`${name}: ${message.text()}`)
  })
  shown.on('pageerror', (error) => console.error(`${name}: ${error}`))
  try {
    await shown.goto(`${pathToFileURL(resolve(page)).href}#${hash}`)
    await shown.waitForFunction(
      (mark) => performance.getEntriesByName(mark).length > 0,
      hash.includes('lesson=') ? 'cells drawn' : 'cells moving',
    )
    await shown.waitForTimeout(300)
    for (const action of actions) await action(shown)
    await shown.locator('.busy').waitFor({ state: 'detached', timeout: 60_000 })
    await shown.waitForTimeout(300)
  } catch (error) {
    console.error(`${name}: ${error.message.split('\n')[0]}`)
    process.exitCode = 1
  }
  await shown.screenshot({ path: join(folder, `${name}.png`) })
  await context.close()
}
await browser.close()
