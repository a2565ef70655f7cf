import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts'],
    // Child processes (workers, the served bundle) run what `npm run build` makes.
    globalSetup: 'test/support/build.ts',
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
