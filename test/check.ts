// `npm run check`: what has to be good before every commit.
import { CHECKS } from './checks.ts'
import { runSteps } from './steps.ts'

await runSteps([
  ...CHECKS,
  { name: 'unit tests', command: ['vitest', 'run', 'shared', 'electron', 'renderer', 'test/house'] },
])
