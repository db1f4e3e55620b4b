import { test } from 'vitest'
import { killAtRandomPoints } from '../fixtures/kills.ts'

/** Each kill costs the start of a process; `killed.long.test.ts` kills 300 times. */
const KILLS = 24

test(
  `no key is lost, torn or readable by others when the process is killed at ${KILLS} random points`,
  {
    timeout: 240_000,
  },
  () => killAtRandomPoints(KILLS),
)
