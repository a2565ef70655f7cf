import {availableParallelism} from 'node:os'
import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts'],
    // Child processes (workers, the served bundle) run what `npm run build` makes.
    globalSetup: 'test/support/build.ts',
    pool: 'forks',
    // One a core: by default a core is left free, which on two is half of them.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
