// The desktop build: main and preload. The window's files are those that the browser gets: renderer/vite.config.ts.
import {defineConfig} from 'electron-vite'
// @ts-expect-error a plain script without types
import {bundled} from './scripts/build.mjs'

export default defineConfig({
  main: {
    build: {
      externalizeDeps: {exclude: bundled},
      outDir: 'dist/electron/main',
      rollupOptions: {
        input: {main: 'electron/main.ts', 'host-process': 'electron/host-process.ts'},
        output: {format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs'},
      },
    },
  },
  preload: {
    build: {
      outDir: 'dist/electron/preload',
      rollupOptions: {
        input: {preload: 'electron/preload.ts'},
        // A sandboxed preload is one CommonJS file.
        output: {format: 'cjs', entryFileNames: '[name].cjs'},
      },
    },
  },
})
