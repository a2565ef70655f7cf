import {defineConfig} from 'vitest/config'

// The window in a real browser, against a real host.
export default defineConfig({
  test: {
    include: ['test/ui/**/*.test.ts'],
    globalSetup: 'test/support/build-window.ts',
    pool: 'forks',
    // A browser and a host each: two at a time are enough for a small machine.
    maxWorkers: 2,
    // What is waited for comes at once on a quiet machine; these are for a busy one.
    testTimeout: 240_000,
    hookTimeout: 60_000,
    expect: {poll: {timeout: 60_000}},
  },
})
