import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'vitest'
import { program } from '../support/demo.ts'
import { demo, page } from '../support/page.ts'

test('more than 20,000 cells are not drawn without WebGL, and a sentence says so', async () => {
  const [data, html] = [join(demo.folder, 'many.h5ad'), join(demo.folder, 'many.html')]
  const cellmnn = (...given: string[]) => execFileSync(program, [...given, '--quiet'])
  cellmnn('simulate', '--times', '0,1,2,3,4,5,6,7', '--cells', '2501', '-o', data)
  const few = ['--cells', '20001', '--network-genes', '0', '--force']
  cellmnn('export', demo.model, data, ...few, '-o', html)
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext as (...given: unknown[]) => unknown
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
      return given[0] === 'webgl2' ? null : original.apply(this, given)
    } as never
  })
  await page.goto(pathToFileURL(html).href)
  await page.getByText('without it 20,000 cells are the most').waitFor()
  await page.getByRole('heading', { name: 'Click a cell to see its future' }).waitFor()
})
