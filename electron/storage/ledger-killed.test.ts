import { fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { blockOf, GENESIS, OWNERS } from './fixtures/ledger-story.ts'
import { sqliteStorage } from './sqlite-storage.ts'

/** Each kill costs the start of a process. The count that was asked for: `KILLS=300 npx vitest run ledger-killed`. */
const KILLS = Number(process.env['KILLS'] ?? 24)
/** A block takes some milliseconds: the kill falls into one of the first dozen. */
const LONGEST_MS = 60
const restless = fileURLToPath(new URL('fixtures/restless-ledger.ts', import.meta.url))

/** @returns the newest block that the process said was written. */
async function killedOnce(folder: string): Promise<number> {
  const child = fork(restless, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let written = 0
  child.on('message', (told: { written?: number }) => {
    written = Math.max(written, told.written ?? 0)
  })
  const gone = once(child, 'close')
  await once(child, 'message')
  child.send('go')
  await after(randomInt(LONGEST_MS))
  child.kill('SIGKILL')
  await gone
  return written
}

/** Every block up to the tip is there once and whole; of blocks that were to leave, at most those at the very end. */
function inspected(folder: string): { readonly tip: number; readonly lost: number[]; readonly doubled: number[] } {
  const storage = sqliteStorage(folder)
  try {
    const tip = storage.ledgerTip(GENESIS)?.number ?? 0
    const lines = new Map<number, string[]>()
    for (let after: string | undefined; ; ) {
      const page = storage.ledgerPage(GENESIS, { order: 'oldest', limit: 5_000, after })
      for (const { account, block, tao, alpha } of page)
        lines.set(block, [...(lines.get(block) ?? []), `${account} ${tao} ${alpha}`])
      after = page.at(-1)?.cursor
      if (page.length < 5_000) break
    }
    const wanted = (number: number, branch: string) =>
      blockOf(number, branch).entries.map(({ account, tao, alpha }) => `${account} ${tao} ${alpha}`)
    const isWhole = (number: number): boolean =>
      ['', 'fork'].some((branch) => {
        // A branch that had no time to lose may still stand at the tip and right below it.
        if (branch !== '' && number < tip - 1) return false
        return [...wanted(number, branch)].sort().join() === [...(lines.get(number) ?? [])].sort().join()
      })
    const numbers = Array.from({ length: tip }, (_, index) => index + 1)
    for (const account of OWNERS)
      expect(storage.ledgerSpans(GENESIS, account)).toEqual(tip === 0 ? [] : [{ from: 1, to: tip }])
    return {
      tip,
      lost: numbers.filter((number) => !isWhole(number)),
      doubled: [...lines].filter(([, rows]) => new Set(rows).size !== rows.length).map(([number]) => number),
    }
  } finally {
    storage.close()
  }
}

test(`a ledger killed at ${KILLS} random points loses nothing that it said was written, and doubles nothing`, {
  timeout: 1_200_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-ledger-killed-'))
  let reached = 0
  for (let kill = 0; kill < KILLS; kill += 1) {
    reached = Math.max(reached, await killedOnce(folder))
    const { tip, lost, doubled } = inspected(folder)
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] })
    expect(tip).toBeGreaterThanOrEqual(reached)
  }
  rmSync(folder, { recursive: true, force: true })
  expect(reached).toBeGreaterThan(0)
  process.stdout.write(`killed ${KILLS} times amid ${reached} blocks\n`)
})
