import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

// The tests see the package as its users do: dist/, by its names.
const dist = (file: string) => fileURLToPath(new URL(`dist/${file}`, import.meta.url))
const resolve = {
  alias: [
    { find: /^cellmnn$/, replacement: dist('index.js') },
    { find: /^cellmnn\/(worker|h5ad|genes)$/, replacement: dist('$1.js') },
    { find: 'cellmnn/worker/given', replacement: dist('given.js') },
    { find: 'cellmnn/genes/worker', replacement: dist('genes_worker.js') },
  ],
}

const EVERYWHERE = [
  'tests/everywhere/*.test.ts',
  ...(process.env.CELLMNN_MEASURE ? ['tests/measure/*.test.ts'] : []), // reports of speed
]
const PATIENT = { testTimeout: 600_000, hookTimeout: 600_000 } // one core, beside other work

const chromium = (name: string, headers: Record<string, string>): TestProjectConfiguration => ({
  resolve,
  server: { headers },
  optimizeDeps: { include: ['h5wasm'] },
  test: {
    name,
    include: [...EVERYWHERE],
    ...PATIENT,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          executablePath: process.env.CELLMNN_CHROMIUM ?? '/usr/bin/chromium',
          args: [
            '--no-sandbox',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
    },
  },
})

export default defineConfig({
  test: {
    browser: { connectTimeout: 600_000 }, // a loaded machine is slow to start one
    projects: [
      { resolve, test: { name: 'node', include: [...EVERYWHERE, 'tests/node/*.test.ts'], ...PATIENT } },
      chromium('chromium', {}),
      chromium('chromium-isolated', {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      }),
    ],
  },
})
