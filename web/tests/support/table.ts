/** The rows of a table that the program wrote. */
import { readFileSync } from 'node:fs'

export function rowsOf(table: string): Record<string, string>[] {
  const [header, ...rows] = readFileSync(table, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t').map((value) => value.replace(/^"(.*)"$/, '$1')))
  return rows.map((row) => Object.fromEntries(row.map((value, i) => [header![i]!, value])))
}
