import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

// The tests see the package as its users do: dist/, by its names.
const dist = (file: string) => fileURLToPath(new URL(`dist/${file}`, import.meta.url))
const resolve = {
  alias: [
    { find: /^cellmnn$/, replacement: dist('index.js') },
    { find: /^cellmnn\/(worker|h5ad)$/, replacement: dist('$1.js') },
  ],
}

const chromium = (name: string, headers: Record<string, string>): TestProjectConfiguration => ({
  resolve,
  server: { headers },
  optimizeDeps: { include: ['h5wasm'] },
  test: {
    name,
    include: ['tests/everywhere/*.test.ts'],
    testTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          executablePath: process.env.CELLMNN_CHROMIUM ?? '/usr/bin/chromium',
          args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync'],
        },
      }),
    },
  },
})

export default defineConfig({
  test: {
    projects: [
      { resolve, test: { name: 'node', include: ['tests/*/*.test.ts'], testTimeout: 300_000 } },
      chromium('chromium', {}),
      chromium('chromium-isolated', {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      }),
    ],
  },
})
