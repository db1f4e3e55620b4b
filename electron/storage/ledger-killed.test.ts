// Each kill costs the start of a process; `ledger-killed.long.test.ts` has 300 of them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ledgerKills } from './fixtures/ledger-kills.ts'

const KILLS = 24

test(`a ledger killed at ${KILLS} random points loses nothing that it said was written, and doubles nothing`, {
  timeout: 1_800_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-ledger-killed-'))
  let reached = 0
  for await (const { tip, written, ...found } of ledgerKills(folder, KILLS)) {
    expect(found).toEqual({ lost: [], doubled: [], broken: [] })
    expect(tip).toBeGreaterThanOrEqual(written)
    reached = written
  }
  rmSync(folder, { recursive: true, force: true })
  expect(reached).toBeGreaterThan(0)
})
