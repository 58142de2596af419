import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const read = (file: string) => readFileSync(new URL(`../../dist/${file}`, import.meta.url))
const gzipped = (file: string) => gzipSync(read(file), { level: 9 }).length

test('sizes', () => {
  expect(gzipped('page.html')).toBeLessThan(350_000)
  expect(gzipped('genes_module.js')).toBeLessThan(166_000)
})

test('the page has the module of the package that was built last', () => {
  const [packed] = /[A-Za-z0-9+/=]{100000,}/.exec(read('page.html').toString())!
  const built = readFileSync(new URL('../../../wasm/package/dist/wasm/cellmnn.wasm', import.meta.url))
  expect(gunzipSync(Buffer.from(packed, 'base64')).equals(built)).toBe(true)
})
