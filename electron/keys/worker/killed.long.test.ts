import { test } from 'vitest'
import { killAtRandomPoints } from '../fixtures/kills.ts'

const KILLS = 300

test(
  `no key is lost, torn or readable by others when the process is killed at ${KILLS} random points`,
  {
    timeout: 1_200_000,
  },
  () => killAtRandomPoints(KILLS),
)
