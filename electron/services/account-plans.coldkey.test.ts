import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ColdkeySwap } from '../../shared/accounts/coldkey-swap.ts'
import type { AppError } from '../../shared/errors.ts'
import { ok } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import { rao, type Ss58, ss58 } from '../../shared/units/amounts.ts'
import type { AccountsPort } from '../chain/accounts.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { HoldingsPort } from '../chain/holdings.port.ts'
import type { PlacesPort } from '../chain/places.port.ts'
import type { StakingPort } from '../chain/staking.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { AccountPlans } from './account-plans.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const hashOf = (text: string): string => `0x${Buffer.from(text).toString('hex').slice(0, 64)}`
const direct = { kind: 'direct' } as const
const swap: ColdkeySwap = { coldkey: ALICE, executableAt: 150, clearableAt: 160, newColdkeyHash: hashOf(BOB) }
const announce: Intent = { kind: 'announce-coldkey-swap', newColdkey: BOB }
const execute: Intent = { kind: 'execute-coldkey-swap', newColdkey: BOB }
const clear: Intent = { kind: 'clear-coldkey-swap' }
const dispute: Intent = { kind: 'dispute-coldkey-swap' }

let folder = ''
let storage: StoragePort
let now: ColdkeySwap | undefined
let refusal: AppError | undefined
let checked: string[] = []
let quoted = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-plans-'))
  storage = sqliteStorage(folder)
  now = undefined
  refusal = undefined
  checked = []
  quoted = 0
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The chain at block 100, and what it says about ALICE. */
function plans(): AccountPlans {
  const chain: Partial<AccountsPort> = {
    coldkeySwaps: async () => ok({ atBlock: 100, delayBlocks: 50, waitBlocks: 10, swaps: now ? [now] : [] }),
    coldkeySwapCost: async () => ok(rao(100n)),
    coldkeyHash: async (address) => ok(hashOf(address)),
    quoteCall: async (signer) => {
      quoted += 1
      return ok({
        atBlock: 100,
        signer,
        free: rao(10_000n),
        existentialDeposit: rao(500n),
        txFee: rao(1n),
        weight: { refTime: 1n, proofSize: 1n },
        callHash: hashOf('call'),
        callHex: '0x01',
      })
    },
  }
  // The casts: each is asked for what stands here, and nothing else.
  return new AccountPlans({
    chain: chain as AccountsPort & ChainPort & HoldingsPort & PlacesPort & StakingPort,
    storage,
    wallets: { active: () => ({ address: ALICE }) } as unknown as WalletService,
    network: { genesis: () => '0x01' } as unknown as NetworkService,
    recipients: {
      refusal: async (to: Ss58) => {
        checked.push(to)
        return refusal
      },
    },
  })
}
const codeOf = async (intent: Intent): Promise<string> => {
  const plan = await plans().plan({ via: direct, intent })
  return plan.ok ? 'planned' : plan.error.code
}

describe('who gets power is checked as who gets money', () => {
  test.each<[string, Intent]>([
    ['a new coldkey', announce],
    ['a delegate', { kind: 'add-proxy', delegate: BOB, proxyType: 'Staking', delay: 0 }],
    ['a delegate in a batch', { kind: 'batch', mode: 'all', intents: [clear, announce] }],
  ])('%s that imitates a known address is refused, before the chain is asked', async (_name, intent) => {
    refusal = { code: 'address/look-alike', address: BOB, of: ALICE, name: 'me' }
    expect(await codeOf(intent)).toBe('address/look-alike')
    expect([checked, quoted]).toEqual([[BOB], 0])
  })
})

describe('a change of coldkey', () => {
  test.each<[string, Intent, ColdkeySwap | undefined, string]>([
    ['carried out without an announcement', execute, undefined, 'swap/not-announced'],
    ['cleared without an announcement', clear, undefined, 'swap/not-announced'],
    ['disputed without an announcement', dispute, undefined, 'swap/not-announced'],
    ['carried out before its time', execute, swap, 'swap/too-early'],
    ['cleared before its time', clear, { ...swap, executableAt: 100 }, 'swap/too-early'],
    ['announced anew before its time', announce, swap, 'swap/too-early'],
    ['carried out to another coldkey', execute, { ...swap, newColdkeyHash: hashOf(ALICE) }, 'swap/other-coldkey'],
    ['carried out after a dispute', execute, { ...swap, executableAt: 1, disputedAt: 99 }, 'swap/disputed'],
    ['disputed twice', dispute, { ...swap, disputedAt: 99 }, 'swap/disputed'],
  ])('is refused when %s', async (_name, intent, announced, expected) => {
    now = announced
    expect(await codeOf(intent)).toBe(expected)
    expect(quoted).toBe(0)
  })
  test('can be disputed at any time, carried out from its block on, and cleared later', async () => {
    now = swap
    expect(await codeOf(dispute)).toBe('planned')
    now = { ...swap, executableAt: 100 }
    expect(await codeOf(execute)).toBe('planned')
    now = { ...swap, executableAt: 90, clearableAt: 100 }
    expect(await codeOf(clear)).toBe('planned')
  })
  test('is charged the first time only', async () => {
    expect(await plans().plan({ via: direct, intent: announce })).toMatchObject({ value: { charge: 100n } })
    now = { ...swap, executableAt: 90, clearableAt: 100 }
    expect(await plans().plan({ via: direct, intent: announce })).toMatchObject({ value: { charge: 0n } })
  })
  test('is ours from the moment it is confirmed, and not before', async () => {
    const plan = await plans().plan({ via: direct, intent: announce })
    if (!plan.ok) throw new Error(plan.error.code)
    expect(storage.knownSwaps('0x01')).toEqual([])
    await plans().confirmed(plan.value)
    expect(storage.knownSwaps('0x01')).toEqual([{ coldkey: ALICE, newColdkey: BOB, newColdkeyHash: hashOf(BOB) }])
  })
})
