/** The package as it is published: packed, installed into an empty folder, run, bundled. */
import { execFile } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from 'vite'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { trained } from '../support.js'

const PACKAGE = join(import.meta.dirname, '../..')
const ROOT = join(PACKAGE, '../..')
const run = promisify(execFile)

let folder: string
let archive: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellmnn-package-'))
  const { stdout } = await run('npm', ['pack', '--pack-destination', folder, '--silent'], { cwd: PACKAGE })
  archive = join(folder, stdout.trim().split('\n').at(-1)!)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await run('npm', ['install', '--no-audit', '--no-fund', '--offline', '--omit=optional', '--omit=peer', archive], {
    cwd: folder,
  })
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a module in the folder and returns what it printed. */
async function script(source: string): Promise<string> {
  const path = join(folder, 'script.js')
  await writeFile(path, source)
  return (await run(process.execPath, [path], { cwd: folder })).stdout
}

test('it brings no other package, and no script that runs on installing', async () => {
  const installed = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))
  expect(installed).toEqual(['cellmnn'])
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules/cellmnn/package.json'), 'utf8')) as {
    scripts?: object
    dependencies?: object
  }
  expect(manifest.scripts).toBeUndefined()
  expect(manifest.dependencies).toBeUndefined()
})

test('the JavaScript of README.md runs as printed', async () => {
  const [, section] = readFileSync(join(ROOT, 'README.md'), 'utf8').split('## In JavaScript')
  const [, code] = /```js\n([\s\S]*?)```/.exec(section!)!
  const [, printed] = /```\n([\s\S]*?)```/.exec(section!.slice(section!.indexOf('It prints')))!
  expect(code!.trim().split('\n').length).toBeLessThanOrEqual(12)
  expect(await script(code!)).toBe(printed)
})

test('one good and one bad file', async () => {
  using model = trained()
  await writeFile(join(folder, 'model.safetensors'), model.toBytes())
  await writeFile(join(folder, 'bad.safetensors'), model.toBytes().slice(0, 1000))
  const source = (file: string) => `
    import { readFile } from 'node:fs/promises'
    import { loadCellMnn } from 'cellmnn'
    const lib = await loadCellMnn()
    try {
      console.log(lib.loadModel(await readFile('${file}')).info.dims)
    } catch (error) {
      console.log(error.name, error.code, error.message)
    }`
  expect(await script(source('model.safetensors'))).toBe('5\n')
  expect(await script(source('bad.safetensors'))).toMatch(
    /^CellMnnError bad-input the file is not a valid safetensors file: /,
  )
})

test('without h5wasm, h5ad files are refused with what to do', async () => {
  const out = await script(`
    import { readH5ad } from 'cellmnn/h5ad'
    await readH5ad(new Uint8Array(8)).catch((error) => console.log(error.code, error.message))`)
  expect(out).toBe("unsupported reading h5ad needs the package h5wasm: 'npm install h5wasm'\n")
})

test('workers run in node, and let it end', async () => {
  const out = await script(`
    import { startWorkers } from 'cellmnn/worker'
    const lib = await startWorkers({ workers: 2 })
    console.log(await lib.wasserstein([[0]], [[4]]))`)
  expect(out).toBe('4\n')
})

describe('npx cellmnn', () => {
  const npx = (...given: string[]) => run(join(folder, 'node_modules/.bin/cellmnn'), given, { cwd: folder })

  test('predicts', async () => {
    using model = trained()
    await writeFile(join(folder, 'model.safetensors'), model.toBytes())
    await writeFile(join(folder, 'cells.csv'), 'day,a,b,c,d,e\n0,0.1,0.2,0.3,0.4,0.5\n')
    const { stdout } = await npx('predict', 'model.safetensors', 'cells.csv', '1', '2')
    const [header, ...rows] = stdout.trim().split('\n')
    expect(header).toBe('time,predicted_time,X_predicted_1,X_predicted_2,X_predicted_3,X_predicted_4,X_predicted_5')
    const { data: expected } = model.predict([[0.1, 0.2, 0.3, 0.4, 0.5]], 0, [1, 2])
    expect(rows.map((row) => row.split(',').slice(2).map(Number)).flat()).toEqual([...expected])
  })

  test('refuses with one line', async () => {
    await expect(npx('predict')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('usage: cellmnn predict') as string,
    })
    await expect(npx('predict', 'no', 'no', '1')).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^cellmnn: error: [^\n]*\n$/) as string,
    })
  })
})

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: PACKAGE, strict: true })
  expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>))).toEqual([])
})

test('sizes', () => {
  const file = (name: string) => readFileSync(join(PACKAGE, 'dist/wasm', name))
  const report = ['cellmnn.wasm', 'cellmnn.js', 'cellmnn_genes.wasm', 'cellmnn_genes.js'].map((name) => ({
    file: name,
    bytes: file(name).length,
    gzipped: gzipSync(file(name), { level: 9 }).length,
  }))
  console.table(report)
  const [module, glue, genes, genesGlue] = report
  expect(module!.bytes).toBeLessThanOrEqual(430_000) // Emscripten 3.1.6 makes it smaller than 3.1.69
  expect(module!.gzipped).toBeLessThanOrEqual(170_000)
  expect(glue!.bytes).toBeLessThanOrEqual(80_000)
  expect(genes!.bytes).toBeLessThanOrEqual(335_000)
  expect(genes!.gzipped).toBeLessThanOrEqual(137_000)
  expect(genesGlue!.bytes).toBeLessThanOrEqual(80_000)
  expect(statSync(archive).size).toBeLessThan(435_000)
})

describe('a site built by vite', () => {
  let site: string

  beforeAll(async () => {
    site = join(folder, 'site')
    await mkdir(site)
    await writeFile(join(site, 'index.html'), '<!doctype html><script type="module" src="main.js"></script>')
    await writeFile(
      join(site, 'main.js'),
      `
      import { loadCellMnn } from 'cellmnn'
      import 'cellmnn/explorer'
      import { startWorkers } from 'cellmnn/worker'
      import wasmUrl from 'cellmnn/cellmnn.wasm?url'
      window.results = (async () => {
        const begin = performance.now()
        const lib = await loadCellMnn()
        const model = lib.loadModel(await (await fetch('model.safetensors')).arrayBuffer())
        const { shape } = model.predict([[0.1, 0.2, 0.3, 0.4, 0.5]], 0, [1, 2])
        const loading = performance.now() - begin
        const remote = await startWorkers({ workers: 2, wasmUrl })
        const explorer = customElements.get('cellmnn-explorer') !== undefined
        const distance = await remote.wasserstein([[0]], [[2]])
        return { shape, loading, explorer, distance, isolated: crossOriginIsolated }
      })()`,
    )
    await mkdir(join(site, 'public'))
    using model = trained()
    writeFileSync(join(site, 'public/model.safetensors'), model.toBytes())
    await build({
      root: site,
      logLevel: 'warn',
      worker: { format: 'es' },
      build: { target: 'es2022', assetsInlineLimit: 0 },
    })
  })

  test('holds the module under its own name', async () => {
    const assets = await readdir(join(site, 'dist/assets'))
    expect(assets.filter((name) => /^cellmnn-[\w-]+\.wasm$/.test(name))).toHaveLength(1)
  })

  test.each([
    ['without special headers', {}, false],
    [
      'with COOP and COEP',
      { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
      true,
    ],
  ])('runs in Chromium %s', async (_, headers, isolated) => {
    const types: Record<string, string> = {
      '.html': 'text/html',
      '.js': 'text/javascript',
      '.wasm': 'application/wasm',
    }
    const server = createServer((request, response) => {
      const path = request.url === '/' ? '/index.html' : request.url!
      readFile(join(site, 'dist', path)).then(
        (content) =>
          response
            .writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
            .end(content),
        () => response.writeHead(404).end(),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, resolve))
    const browser = await chromium.launch({
      executablePath: process.env.CELLMNN_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-quic'],
    })
    try {
      const page = await browser.newPage()
      page.setDefaultTimeout(300_000)
      await page.goto(`http://localhost:${(server.address() as { port: number }).port}/`)
      const results = await page.evaluate(
        () =>
          (
            window as unknown as {
              results: Promise<{
                shape: number[]
                loading: number
                explorer: boolean
                distance: number
                isolated: boolean
              }>
            }
          ).results,
      )
      expect(results).toMatchObject({ shape: [2, 1, 5], explorer: true, distance: 2, isolated })
      console.log(`load to first prediction: ${results.loading.toFixed(0)} ms`) // a report
    } finally {
      await browser.close()
      server.close()
    }
  })
})
