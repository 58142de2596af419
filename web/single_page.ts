/** The page as one file: what `cellmnn export` fills with a model and cells. */
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** What the page may do: run its own script, workers made of it and WebAssembly; nothing is sent anywhere else. */
const policy = (script: string) =>
  [
    "default-src 'none'",
    `script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    "worker-src 'self' blob:",
    "connect-src 'self' blob: data:",
    "img-src 'self' blob: data:",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** Script and style move into the html. What is loaded later (h5wasm) stays a file beside it. */
export function singlePage(): Plugin {
  return {
    name: 'single-page',
    enforce: 'post',
    apply: 'build',
    generateBundle: {
      order: 'post', // after Vite's own
      handler(_, bundle) {
        const html = Object.values(bundle).find((file) => file.fileName === 'page.html')
        if (html?.type !== 'asset') throw new Error('there is no page.html')
        let page = String(html.source)
        const replace = (pattern: RegExp, content: string) => {
          if (!pattern.test(page)) throw new Error(`page.html does not match ${pattern}`)
          page = page.replace(pattern, () => content)
        }
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && file.isEntry) {
            // A closing tag inside the script would end it.
            const script = file.code.replaceAll('</script', '<\\/script')
            replace(/<script type="module"[^>]*><\/script>/, '')
            replace(/<\/body>/, `<script type="module">${script}</script>\n</body>`)
            const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(script)}" />`
            replace(/<meta charset="utf-8" \/>/, `<meta charset="utf-8" />\n    ${meta}`)
            delete bundle[file.fileName]
          } else if (file.fileName.endsWith('.css') && file.type === 'asset') {
            replace(/<link rel="stylesheet"[^>]*>/, `<style>${String(file.source)}</style>`)
            delete bundle[file.fileName]
          }
        }
        html.source = page
      },
    },
  }
}
