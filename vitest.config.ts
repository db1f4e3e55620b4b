import { defineConfig } from 'vitest/config'

/** Walks and scans that take a minute or more each: `npm run test:long`. Together with the rest they would not fit CI's 15 minutes. */
const LONG = '**/*.long.test.ts'
const isLong = process.env['TAOFORGE_TESTS'] === 'long'

export default defineConfig({
  test: {
    include: isLong
      ? [LONG]
      : ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: ['node_modules/**', 'out/**', ...(isLong ? [] : [LONG])],
    // Two cores: more workers only fight for them, and chain tests have real block times.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
