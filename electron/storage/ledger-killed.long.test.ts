import { test } from 'vitest'
import { killLedger } from './fixtures/ledger-kills.ts'

const KILLS = 300

test(
  `a ledger killed at ${KILLS} random points loses nothing that it said was written, and doubles nothing`,
  {
    timeout: 1_800_000,
  },
  () => killLedger(KILLS),
)
