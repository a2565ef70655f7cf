import {defineConfig} from 'vitest/config'

// `npm run test:gpu` finds the driver that these tests need, and then runs them.
export default defineConfig({
  test: {
    include: ['test/gpu/**/*.test.ts'],
    globalSetup: 'test/support/build.ts',
    // One process a file, one file at a time: a device belongs to its process.
    pool: 'forks',
    fileParallelism: false,
    // A software driver compiles each shader for seconds when the machine is busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
