/** `import text from 'x.wasm?packed'`: the file as base64 of its gzip, which is smaller in a page than the file. */
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const QUERY = '?packed'

export function packedWasm(): Plugin {
  return {
    name: 'packed-wasm',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return null
      const found = await this.resolve(source.slice(0, -QUERY.length), importer, { skipSelf: true })
      return found && found.id + QUERY
    },
    async load(id) {
      if (!id.endsWith(QUERY)) return null
      const packed = gzipSync(await readFile(id.slice(0, -QUERY.length)), { level: 9 })
      return `export default ${JSON.stringify(packed.toString('base64'))}`
    },
  }
}
