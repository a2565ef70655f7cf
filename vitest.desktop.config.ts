import {defineConfig} from 'vitest/config'

// The built desktop shell against a fake of Electron, and the real one where its binary is installed.
export default defineConfig({
  test: {
    include: ['test/electron/**/*.test.ts'],
    globalSetup: 'test/support/build-desktop.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
