import { expect, test } from 'vitest'
import { barriers } from '../support/axe.ts'
import { button, open, page } from '../support/page.ts'

const VIEWS: Record<string, string> = {
  explore: 'tab=explore&cell=700&gene=Timer1',
  fates: 'tab=fates&labels=fate',
  genes: 'tab=genes&gene=Timer1',
  'the truth': 'tab=genes&truth=1',
  labels: 'color=group&lit=1&arrows=1&t=3',
  evaluate: 'tab=evaluate',
  train: 'tab=train',
  tour: 'tab=tour&cell=700',
  'the tour: guess': 'tab=tour&step=1',
  'the tour: one gene': 'tab=tour&step=2',
  'the tour: two genes': 'tab=tour&step=3',
  'the tour: matrix': 'tab=tour&step=4',
  'a term': 'tab=tour&step=5',
  'a case': 'tab=tour&lesson=confounder&truth=1',
  'for teachers': 'tab=tour&large=1&hide=train,files&views=t%3D2|t%3D3',
  frozen: 't=2&freeze=1',
  'nothing chosen': 't=2',
  'a projection': 'on=X_umap&t=2',
  'two groups': 'group=cells,4,,&groupBeside=cells,3,,&gene=Timer1',
}

test.each(
  Object.keys(VIEWS).flatMap(
    (view) =>
      [
        [view, 'light'],
        [view, 'dark'],
      ] as const,
  ),
)('accessible: %s, %s', async (view, theme) => {
  await open(`${VIEWS[view]}&theme=${theme}`)
  if (view === 'two groups') await page.getByRole('heading', { name: 'Interactions that differ most' }).waitFor()
  await page.locator('.panel h2').waitFor()
  if (view === 'a term') await page.getByRole('button', { name: 'whitened' }).first().click()
  if (view === 'for teachers') await page.getByText('For teachers').click()
  if (view === 'a case') await page.getByRole('heading', { name: 'Who truly acts on whom' }).waitFor()
  await page.locator('.busy').waitFor({ state: 'detached' })
  expect(await barriers()).toEqual([])
})

test('where the system has its own colours, those that are the message stay', async () => {
  await open('cell=700&t=3')
  const bar = page.locator('.shares .bar i').filter({ visible: true }).first()
  await bar.waitFor()
  const color = () => bar.evaluate((one) => getComputedStyle(one).backgroundColor)
  const before = await color()
  await page.emulateMedia({ forcedColors: 'active' })
  expect(await color()).toBe(before)
  const pressed = () => button('Lasso').evaluate((one) => getComputedStyle(one).backgroundColor)
  const rest = await pressed()
  await button('Lasso').click()
  expect(await pressed()).not.toBe(rest)
})
