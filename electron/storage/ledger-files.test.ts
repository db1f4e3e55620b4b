import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExportAsk, exportText } from '../../shared/ledger/export-text.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import { ledgerReader } from './export-worker/read-ledger.ts'
import { blockOf, GENESIS, OWNERS } from './fixtures/ledger-story.ts'
import { ledgerFiles } from './ledger-files.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import type { StoragePort } from './storage.port.ts'

/** Enough for several texts on their way: more than may wait for a slow taker. */
const BLOCKS = 150

let folder = ''
let storage: StoragePort
const workers: WorkerHandle[] = []
const watched: SpawnPort = {
  start(name, options) {
    const worker = nodeSpawn.start(name, options)
    workers.push(worker)
    return worker
  },
}
const ask: ExportAsk = {
  genesis: GENESIS,
  what: 'transactions',
  method: 'fifo',
  own: OWNERS,
  walletNames: new Map(OWNERS.map((address) => [address, '=SUM(A1)'])),
  subnetNames: new Map([[1, 'ä, "b"']]),
}
const files = () => ledgerFiles({ spawn: watched, dataFolder: folder })
const gone = (worker: WorkerHandle | undefined) => new Promise<void>((resolve) => worker?.onExit(() => resolve()))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-files-'))
  storage = sqliteStorage(folder)
  for (let number = 1; number <= BLOCKS; number += 1)
    storage.recordBlock(GENESIS, blockOf(number), { accounts: OWNERS, openings: [] })
})
afterAll(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a file of the ledger by a process of its own', () => {
  test('is the file, whole and in order, beside a host that has the data folder open', async () => {
    let text = ''
    const made = await files().stream(ask, {
      put: async (more) => {
        text += more
      },
    })
    const expected = [...exportText(ask, ledgerReader(folder, GENESIS))]
    expect(made).toEqual({ ok: true, value: expected.length - 1 })
    expect(text).toBe(expected.join(''))
    await gone(workers.at(-1))
  })

  test('waits for whoever takes it, and is said not to be finished when its process is killed', async () => {
    let taken = 0
    const made = await files().stream(ask, {
      put: async () => {
        taken += 1
        // Nobody takes the second text: the process has sent no more than what may be on its way, and is there still.
        if (taken === 2) {
          workers.at(-1)?.kill()
          await gone(workers.at(-1))
        }
      },
    })
    expect(made).toEqual({ ok: false, error: { code: 'ledger/export-ended' } })
  })

  test('ends with its process when it is cancelled, when the host closes, and when nobody takes it any more', async () => {
    const asked = new AbortController()
    const cancelled = await files().stream(ask, { put: async () => asked.abort(), signal: asked.signal })
    expect(cancelled).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
    await gone(workers.at(-1))

    const closing = files()
    const closed = await closing.stream(ask, { put: async () => closing.close() })
    expect(closed).toEqual({ ok: false, error: { code: 'ledger/export-ended' } })

    const left = files().stream(ask, { put: () => Promise.reject(new Error('the browser went away')) })
    await expect(left).rejects.toThrow('the browser went away')
    await gone(workers.at(-1))
  })
})
