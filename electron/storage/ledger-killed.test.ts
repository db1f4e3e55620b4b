// Each kill costs the start of a process; `ledger-killed.long.test.ts` has 300 of them.
import { test } from 'vitest'
import { killLedger } from './fixtures/ledger-kills.ts'

const KILLS = 24

test(
  `a ledger killed at ${KILLS} random points loses nothing that it said was written, and doubles nothing`,
  {
    timeout: 1_800_000,
  },
  () => killLedger(KILLS),
)
