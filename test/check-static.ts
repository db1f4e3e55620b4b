// The part of `npm run check` that runs no test; CI runs the tests with `npm test`.
import { CHECKS } from './checks.ts'
import { runSteps } from './steps.ts'

await runSteps(CHECKS)
