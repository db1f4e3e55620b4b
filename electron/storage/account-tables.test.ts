import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import type { StoragePort } from './storage.port.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HASH = `0x${'AB'.repeat(32)}`
let folder: string
let storage: StoragePort
const again = () => {
  storage.close()
  storage = sqliteStorage(folder)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-accounts-'))
  storage = sqliteStorage(folder)
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true })
})

test('an announced coldkey is known again after a restart, once, and on its own chain only', () => {
  const swap = { coldkey: ALICE, newColdkey: BOB, newColdkeyHash: HASH }
  storage.putKnownSwap('0x01', swap)
  storage.putKnownSwap('0x01', swap)
  again()
  expect(storage.knownSwaps('0x01')).toEqual([{ ...swap, newColdkeyHash: HASH.toLowerCase() }])
  expect(storage.knownSwaps('0x02')).toEqual([])
})

test('shared accounts are renamed, removed, and never mixed with play money', () => {
  const account = { address: ALICE, name: 'Vault', threshold: 2, members: [ALICE, BOB] }
  storage.putMultisigAccount('finney', account)
  storage.putMultisigAccount('finney', { ...account, name: 'Safe' })
  again()
  expect(storage.multisigAccounts('finney')).toEqual([{ ...account, name: 'Safe' }])
  expect(storage.multisigAccounts('practice')).toEqual([])
  expect(storage.removeMultisigAccount('finney', ALICE)).toBe(true)
  expect(storage.removeMultisigAccount('finney', ALICE)).toBe(false)
})

test('where a pure proxy was made is kept as it was first written', () => {
  const pure = { address: BOB, spawner: ALICE, proxyType: 'Any', delay: 0, index: 1, height: 77, extIndex: 2 }
  storage.putPureProxy('0x01', pure)
  storage.putPureProxy('0x01', { ...pure, height: 78 })
  again()
  expect(storage.pureProxies('0x01')).toEqual([pure])
})

test('accounts that a wallet acts for, and calls behind hashes, are kept', () => {
  storage.putActingFor('0x01', ALICE, BOB)
  storage.putKnownCall('0x01', HASH, '0x0500')
  again()
  expect(storage.actingFor('0x01', ALICE)).toEqual([BOB])
  expect(storage.actingFor('0x01', BOB)).toEqual([])
  expect(storage.knownCall('0x01', HASH.toLowerCase())).toBe('0x0500')
  expect(storage.knownCall('0x02', HASH)).toBeUndefined()
  expect(storage.removeActingFor('0x01', ALICE, BOB)).toBe(true)
  expect(storage.actingFor('0x01', ALICE)).toEqual([])
})
