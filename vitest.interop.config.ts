import {defineConfig} from 'vitest/config'

// `npm run test:interop` makes the Python environment that these tests need, and then runs them.
export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    pool: 'forks',
    // A first start of scikit-learn compiles its Python files.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
