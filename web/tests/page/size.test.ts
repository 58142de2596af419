import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const gzipped = (file: string) =>
  gzipSync(readFileSync(new URL(`../../dist/${file}`, import.meta.url)), { level: 9 }).length

test('sizes', () => {
  expect(gzipped('page.html')).toBeLessThan(350_000)
  expect(gzipped('genes_module.js')).toBeLessThan(166_000)
})
