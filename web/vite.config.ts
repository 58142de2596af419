import { defineConfig } from 'vite'
import { packedWasm } from './packed_wasm.ts'
import { singlePage } from './single_page.ts'

export default defineConfig({
  base: './',
  plugins: [packedWasm(), singlePage()],
  // A page opened from file:// may start classic workers from a Blob, but no modules.
  worker: { format: 'iife' },
  server: { fs: { allow: ['..'] } }, // the package
  build: {
    outDir: 'dist',
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      input: 'page.html',
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
})
