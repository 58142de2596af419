/** What the tests open: simulated cells with a model, exported by the program. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const program = process.env.CELLMNN_PROGRAM ?? fileURLToPath(new URL('../../build/native/bin/cellmnn', import.meta.url))

export interface Demo {
  folder: string
  /** The address of the exported page. */
  page: string
  /** A folder for a server. */
  site: string
  data: string
  model: string
}

export function makeDemo(): Demo {
  const folder = mkdtempSync(join(tmpdir(), 'cellmnn-page-'))
  const path = (name: string) => join(folder, name)
  const cellmnn = (...given: string[]) => execFileSync(program, [...given, '--quiet'])
  const [data, model] = [path('cells.h5ad'), path('model.safetensors')]
  cellmnn('simulate', '--times', '0,1,2,3,4,5,6,7', '--cells', '200', '-o', data)
  cellmnn('train', data, '--steps', '400', '-o', model)
  cellmnn('export', model, data, '--title', 'test cells', '-o', path('page.html'))
  cellmnn('export', model, data, '--site', path('site'))
  return { folder, page: pathToFileURL(path('page.html')).href, site: path('site'), data, model }
}

export const textOf = (path: string): string => readFileSync(path, 'utf8')
