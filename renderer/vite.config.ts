// How the window is built: `dist/renderer`, for the server and for Electron alike.
import {fileURLToPath} from 'node:url'
import react from '@vitejs/plugin-react'
import {defineConfig, type HtmlTagDescriptor, type Plugin} from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: at('.'),
  base: '/',
  publicDir: at('../resources/icons'),
  // Also where a test builds it.
  mode: 'production',
  define: {'process.env.NODE_ENV': JSON.stringify('production')},
  plugins: [react(), preloadWindow()],
  build: {
    outDir: at('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    minify: true,
    // Nothing is put into the page as data: or blob:, so that the policy holds.
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    chunkSizeWarningLimit: 4000,
    sourcemap: false,
    license: {fileName: 'licenses.md'},
  },
  worker: {format: 'es'},
})

/** The page names all that the window begins with, so that the browser fetches and compiles it while `main.ts` runs. */
function preloadWindow(): Plugin {
  return {
    name: 'preload-window',
    transformIndexHtml: {
      order: 'post',
      handler: (html, {bundle = {}}) => {
        const chunks = Object.values(bundle).filter(made => made.type === 'chunk')
        const named = new Map(chunks.map(chunk => [chunk.fileName, chunk]))
        const found = new Set(
          chunks.filter(({facadeModuleId}) => facadeModuleId?.endsWith('/renderer/window.tsx')),
        )
        for (const {imports} of found)
          for (const name of imports) {
            const chunk = named.get(name)
            if (chunk) found.add(chunk)
          }
        if (found.size === 0) throw new Error('there is no chunk of window.tsx')
        // What `main.ts` itself begins with is in the page already.
        const later = [...found].filter(({fileName}) => !html.includes(fileName))
        const styles = [...found].flatMap(({viteMetadata}) => [
          ...(viteMetadata?.importedCss ?? []),
        ])
        return [
          ...later.map(({fileName}) => preload({rel: 'modulepreload', href: `/${fileName}`})),
          ...styles.map(file => preload({rel: 'preload', as: 'style', href: `/${file}`})),
        ]
      },
    },
  }
}

const preload = (attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: {crossorigin: true, ...attrs},
  injectTo: 'head',
})
