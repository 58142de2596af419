/** The points of the picture that the page saves. */
import { join } from 'node:path'
import { textOf } from './demo.ts'
import { demo, page } from './page.ts'

/** The radii of those that move. */
export async function movingRadii(): Promise<number[]> {
  await page.locator('.menu summary').click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.menu').getByText('Picture as SVG').click(),
  ])
  const file = join(demo.folder, 'saved_picture.svg')
  await saved.saveAs(file)
  const moving = textOf(file).split('<g fill-opacity')[2]!
  return [...moving.split('</g>')[0]!.matchAll(/ r="([\d.]+)"/g)].map(([, r]) => Number(r))
}
