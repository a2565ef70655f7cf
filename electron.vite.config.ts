// The desktop build: main and preload beside the window that the browser gets, too.
import {defineConfig} from 'electron-vite'
import renderer from './renderer/vite.config.ts'

export default defineConfig({
  main: {
    build: {
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
  renderer: {
    ...renderer,
    build: {...renderer.build, rollupOptions: {input: 'renderer/index.html'}},
  },
})
