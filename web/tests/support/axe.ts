import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { page } from './page.ts'

interface Violation {
  id: string
  impact: string
  nodes: { html: string }[]
}

/** What axe finds on the page that bars somebody from it. */
export async function barriers(): Promise<string[]> {
  // The page's policy lets no other script in.
  await page.evaluate(await readFile(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run(),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}
