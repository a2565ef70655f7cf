import {defineConfig} from 'vitest/config'

// The window in a real browser, against a real host.
export default defineConfig({
  test: {
    include: ['test/ui/**/*.test.ts'],
    globalSetup: 'test/support/build-window.ts',
    pool: 'forks',
    // A browser and a host each: two at a time are enough for a small machine.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
