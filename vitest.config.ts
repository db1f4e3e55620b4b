import { defineConfig } from 'vitest/config'
import { startBundles } from './test/support/programs.ts'

/** Walks and scans of `npm run test:long`. Together with the rest they would not fit CI's 15 minutes. */
const LONG = '**/*.long.test.ts'
const isLong = process.env['TAOFORGE_TESTS'] === 'long'
const shared = { plugins: [startBundles] }
const patience = { testTimeout: 30_000, hookTimeout: 60_000 }
const never = ['node_modules/**', 'out/**', ...(isLong ? [] : [LONG])]

/** Nothing here outlives its test file in a module: files may share a process, and what they import is read once. */
const PURE = [
  'shared/**/*.test.ts',
  'renderer/**/*.test.{ts,tsx}',
  'electron/{practice,chain,services,host,mining}/**/*.test.ts',
]

export default defineConfig({
  test: {
    // For two cores: what waits for blocks and pages leaves room for a third.
    maxWorkers: 3,
    projects: isLong
      ? [{ ...shared, test: { name: 'long', include: [LONG], exclude: never, ...patience } }]
      : [
          {
            ...shared,
            test: {
              name: 'programs',
              include: ['electron/**/*.test.ts', 'test/**/*.test.ts'],
              exclude: [...never, ...PURE],
              ...patience,
            },
          },
          { ...shared, test: { name: 'modules', include: PURE, exclude: never, isolate: false, ...patience } },
        ],
  },
})
