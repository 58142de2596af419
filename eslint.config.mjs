import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  globalIgnores(['**/dist/']),
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['wasm/package/vitest.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Of the rules that know types, those that say the same whether the package has been built or not.
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-optional-chain': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
      // Places of typed arrays are counted here, and the compiler cannot know that they exist.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The way of Rollup.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Doing nothing is an answer.
      '@typescript-eslint/no-empty-function': 'off',
      // A name with _ in front is left out on purpose.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['python/src/**/*.js'],
    languageOptions: {
      globals: { addEventListener: 'readonly', document: 'readonly', removeEventListener: 'readonly' },
    },
  },
  {
    files: ['{web,wasm/package}/tests/**/*.mjs'], // node, and functions that are handed to a page
    languageOptions: {
      globals: Object.fromEntries(
        [
          'Buffer',
          'OffscreenCanvas',
          'PerformanceObserver',
          'btoa',
          'console',
          'Event',
          'createImageBitmap',
          'document',
          'fetch',
        ]
          .concat(['performance', 'process', 'requestAnimationFrame', 'setTimeout', 'WebAssembly', 'window'])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
)
