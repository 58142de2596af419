import { defineConfig } from 'vitest/config'
import { packedWasm } from './packed_wasm.ts'

const PATIENT = { testTimeout: 600_000, hookTimeout: 600_000 } // one core, beside other work

export default defineConfig({
  test: {
    fileParallelism: false,
    projects: [
      {
        plugins: [packedWasm()],
        test: {
          name: 'logic',
          include: ['tests/*/*.test.ts'],
          exclude: ['tests/page/**', 'tests/engines/**'],
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'page',
          include: ['tests/page/*.test.ts'],
          globalSetup: 'tests/support/share_demo.ts',
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'engines',
          include: ['tests/engines/*.test.ts'],
          globalSetup: 'tests/support/share_demo.ts',
          ...PATIENT,
        },
      },
    ],
  },
})
