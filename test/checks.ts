import type { Step } from './steps.ts'

/** Everything that needs no running program, cheapest first. */
export const CHECKS: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types: shared', command: ['tsc', '-p', 'tsconfig.shared.json'] },
  { name: 'types: electron', command: ['tsc', '-p', 'tsconfig.electron.json'] },
  { name: 'types: renderer', command: ['tsc', '-p', 'tsconfig.renderer.json'] },
  { name: 'types: tests', command: ['tsc', '-p', 'tsconfig.test.json'] },
  {
    name: 'import rules',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'shared', 'electron', 'renderer'],
  },
  { name: 'dead code', command: ['knip'] },
]
