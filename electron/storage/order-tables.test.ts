import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { netuid, raoPerAlpha, ss58, U64_MAX } from '../../shared/units/amounts.ts'
import type { SignedOrder } from './order-storage.port.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import type { StoragePort } from './storage.port.ts'

const GENESIS = `0x${'2f'.repeat(32)}`
const key = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
let folder: string
let storage: StoragePort
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-orders-'))
  storage = sqliteStorage(folder)
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true })
})

const signed = (orderId: string, signedAtMs: number): SignedOrder => ({
  orderId,
  signature: `0x${'ab'.repeat(64)}`,
  signedAtMs,
  order: {
    signer: key,
    hotkey: key,
    netuid: netuid(3),
    type: 'LimitBuy',
    amount: U64_MAX,
    limitPrice: raoPerAlpha(U64_MAX),
    expiryMs: 4_000_000_000_000,
    feePpb: 0,
    feeTo: key,
    relayers: [key],
    chainId: 964,
    partialFills: true,
  },
})

test('signed orders come back whole, newest first, each once, and outlive a restart', () => {
  storage.putSignedOrder(GENESIS, signed('0x01', 1))
  storage.putSignedOrder(GENESIS, signed('0x02', 2))
  storage.putSignedOrder(GENESIS, signed('0x01', 3))
  storage.close()
  storage = sqliteStorage(folder)
  expect(storage.signedOrders(GENESIS)).toEqual([signed('0x02', 2), signed('0x01', 1)])
  expect(storage.signedOrders(`0x${'00'.repeat(32)}`)).toEqual([])
})
