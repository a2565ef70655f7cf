// How the window is built: `dist/renderer`, for the server and for Electron alike.
import {fileURLToPath} from 'node:url'
import react from '@vitejs/plugin-react'
import {defineConfig} from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: at('.'),
  base: '/',
  publicDir: at('../resources/icons'),
  // Also where a test builds it.
  mode: 'production',
  define: {'process.env.NODE_ENV': JSON.stringify('production')},
  plugins: [react()],
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
  },
  worker: {format: 'es'},
})
