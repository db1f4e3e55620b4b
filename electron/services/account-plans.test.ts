import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inOrder, type MultisigOperation } from '../../shared/accounts/multisig.ts'
import type { Via } from '../../shared/accounts/plan-account.ts'
import type { ProxyAnnouncement, ProxyGrant, ProxyRule } from '../../shared/accounts/proxy.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import { alpha, netuid, rao, raoPerAlpha, type Ss58, ss58, U64_MAX } from '../../shared/units/amounts.ts'
import type { AccountsPort } from '../chain/accounts.port.ts'
import type { HoldingsPort } from '../chain/holdings.port.ts'
import type { PlacesPort } from '../chain/places.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { AccountPlans } from './account-plans.ts'
import type { NetworkService } from './network.service.ts'
import type { TradeReads } from './trade-check.ts'
import type { WalletService } from './wallet.service.ts'

const ANN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const CLEO = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
const SHARED = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const HASH = `0x${'ab'.repeat(32)}`
const NOTHING = rao(0n)
const pay: Intent = { kind: 'transfer', to: BOB, amount: rao(1_000_000n) }
const proxy = { kind: 'proxy', real: BOB } as const
const multisig = { kind: 'multisig', address: SHARED } as const

/** What the chain says in a test. */
interface World {
  block: number
  signerFree: bigint
  accountFree: bigint
  grants: readonly ProxyGrant[]
  announced: readonly ProxyAnnouncement[]
  operations: readonly MultisigOperation[]
  rules: readonly ProxyRule[] | undefined
  refusal: AppError | undefined
}
let world: World
let folder = ''
let storage: StoragePort
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-plans-'))
  storage = sqliteStorage(folder)
  storage.putMultisigAccount('practice', {
    name: 'Treasury',
    address: SHARED,
    threshold: 2,
    members: inOrder([ANN, BOB, CLEO]),
  })
  world = {
    block: 100,
    signerFree: 1_000_000_000n,
    accountFree: 10_000_000_000n,
    grants: [],
    announced: [],
    operations: [],
    rules: undefined,
    refusal: undefined,
  }
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

function plans(): AccountPlans {
  const facts = (account: Ss58) => ({
    atBlock: world.block,
    account,
    grants: account === BOB ? world.grants : [],
    deposit: NOTHING,
    announced: world.announced,
    announcedDeposit: NOTHING,
  })
  const chain: Partial<AccountsPort & TradeReads & HoldingsPort> = {
    holdingAnswer: async (coldkey) =>
      ok({
        state: {
          atBlock: world.block,
          coldkey,
          features: { locks: true, destroy: true, autoStake: true, baskets: true, orders: true, shield: true },
          subnets: [],
          root: { byValidator: [{ hotkey: CLEO, owed: rao(700_000n) }], threshold: rao(500_000n) },
          orders: {},
          shieldKey: { present: false },
        },
      }),
    proxies: async (account) => ok(facts(account)),
    proxyRules: async () => (world.rules ? ok(world.rules) : err({ code: 'chain/unsupported', missing: [] })),
    proxyCosts: async () =>
      ok({
        base: rao(60n),
        each: rao(33n),
        announcementBase: rao(36n),
        announcementEach: rao(68n),
        mostProxies: 20,
      }),
    multisig: async (address) =>
      ok({ atBlock: world.block, address, free: rao(world.accountFree), operations: world.operations }),
    multisigDeposit: async () => ok(rao(132n)),
    quoteCall: async (signer) =>
      ok({
        atBlock: world.block,
        signer,
        free: rao(world.signerFree),
        existentialDeposit: rao(500n),
        txFee: rao(1_000n),
        weight: { refTime: 7n, proofSize: 9n },
        callHash: HASH,
        callHex: '0x05',
      }),
    transferSnapshot: async (coldkey) =>
      ok({
        coldkey,
        block: world.block,
        free: rao(world.accountFree),
        held: NOTHING,
        existentialDeposit: rao(500n),
        recipientHolds: rao(500n),
        txFee: rao(1_000n),
      }),
  }
  return new AccountPlans({
    chain: chain as AccountsPort & TradeReads & HoldingsPort & PlacesPort,
    storage,
    wallets: { active: () => ({ address: ANN }) } as WalletService,
    network: { choice: () => ({ kind: 'practice' }), genesis: () => '0x01' } as NetworkService,
    recipients: { refusal: async () => world.refusal },
  })
}
const planned = (via: typeof proxy | typeof multisig, intent: Intent = pay) => plans().plan({ via, intent })
const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } })
const opened = (...approvals: Ss58[]): MultisigOperation => ({
  callHash: HASH,
  timepoint: { height: 90, index: 2 },
  depositor: CLEO,
  deposit: rao(132n),
  approvals,
})

describe('destroying alpha', () => {
  const burn: Intent = { kind: 'burn-alpha', hotkey: CLEO, netuid: netuid(2), amount: alpha(1_500_000_000n) }
  const words = 'burn 1.5 alpha of netuid 2'
  const direct = { kind: 'direct' } as const

  test('needs the words that say it, also inside of another call', async () => {
    const missing = refused('burn/words-missing', { words })
    expect(await plans().plan({ via: direct, intent: burn })).toEqual(missing)
    expect(await plans().plan({ via: direct, intent: burn, typedWords: 'burn 1.5' })).toEqual(missing)
    const batch: Intent = { kind: 'batch', mode: 'all', intents: [burn] }
    expect(await plans().plan({ via: direct, intent: batch })).toEqual(missing)
    expect(await plans().plan({ via: direct, intent: batch, typedWords: words })).toMatchObject({ ok: true })
  })

  test('keeps them for when it is planned again', async () => {
    const batch: Intent = { kind: 'batch', mode: 'all', intents: [burn] }
    const first = await plans().plan({ via: direct, intent: batch, typedWords: words })
    expect(first.ok && (await plans().again(first.value))).toEqual(first)
  })
})

describe('a trade at any price', () => {
  const place = { hotkey: CLEO, netuid: netuid(2) }
  const between = { fromNetuid: netuid(2), toNetuid: netuid(3), amount: alpha(9_000_000_000n) }
  const all: Intent = { kind: 'remove-stake-full', ...place }
  const unbounded: readonly Intent[] = [
    all,
    { ...all, limitPrice: raoPerAlpha(0n) },
    { kind: 'remove-stake', ...place, amount: alpha(9n), limitPrice: raoPerAlpha(0n) },
    { kind: 'add-stake', ...place, amount: rao(9n), limitPrice: raoPerAlpha(U64_MAX) },
    { kind: 'swap-stake', hotkey: CLEO, ...between, limitRatio: 0n },
    { kind: 'move-stake', fromHotkey: CLEO, toHotkey: BOB, ...between },
    { kind: 'transfer-stake', to: BOB, hotkey: CLEO, ...between },
    { kind: 'batch', mode: 'each', intents: [pay, all] },
  ]
  const direct = { kind: 'direct' } as const
  test.each(unbounded)('is not begun by anybody here: $kind', async (intent) => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 0 }]
    for (const via of [direct, proxy, multisig])
      expect(await plans().plan({ via, intent })).toEqual(refused('stake/limit-needed', { netuid: 2 }))
  })
  test('with a limit, on root and within a subnet there is a price', async () => {
    const bounded: readonly Intent[] = [
      { ...all, limitPrice: raoPerAlpha(1n) },
      { ...all, netuid: netuid(0) },
      { kind: 'move-stake', fromHotkey: CLEO, toHotkey: BOB, ...between, toNetuid: netuid(2) },
    ]
    for (const intent of bounded) expect(await plans().plan({ via: direct, intent })).toMatchObject({ ok: true })
  })
  test('that others opened for a shared account can be carried out, as they agreed', async () => {
    world.operations = [opened(CLEO)]
    expect(await planned(multisig, all)).toMatchObject({ ok: true, value: { intent: { kind: 'multisig-execute' } } })
  })
})

describe('a claim from root', () => {
  const claim: Intent = { kind: 'claim-root-of', hotkey: CLEO }
  const claimed = async (via: Via) => {
    const plan = await plans().plan({ via, intent: claim })
    return plan.ok ? plan.value.claims : plan.error
  }

  test('says what it would bring, also for the account that a proxy acts for', async () => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 0 }]
    expect(await claimed({ kind: 'direct' })).toBe(700_000n)
    expect(await claimed(proxy)).toBe(700_000n)
  })

  test('says nothing while it is only announced, or waits for others', async () => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 30 }]
    expect(await claimed(proxy)).toBeUndefined()
    expect(await claimed(multisig)).toBeUndefined()
  })
})

describe('as a proxy, what is refused', () => {
  test('acting without a grant, or with one that keeps the call out', async () => {
    expect(await planned(proxy)).toMatchObject(refused('proxy/not-granted', { real: BOB, delegate: ANN }))
    world.grants = [{ delegate: ANN, proxyType: 'Staking', delay: 0 }]
    world.rules = [{ proxyType: 'Staking', deprecated: false, mode: 'only', calls: [], exceptions: [] }]
    expect(await planned(proxy, { ...pay, to: CLEO })).toMatchObject(
      refused('proxy/may-not', { call: 'Balances.transfer_keep_alive' }),
    )
  })

  test('what the account cannot pay, and a signer who cannot pay the fee', async () => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 0 }]
    world.accountFree = 1_000_000n
    expect(await planned(proxy, { ...pay, to: CLEO })).toMatchObject(refused('transfer/balance-too-low'))
    world.accountFree = 10_000_000n
    world.signerFree = 1_000n
    expect(await planned(proxy, { ...pay, to: CLEO })).toMatchObject(refused('account/balance-too-low'))
  })

  test('paying an imitation, however deep in the call', async () => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 0 }]
    world.refusal = { code: 'keys/locked' }
    expect(await planned(proxy, { kind: 'batch', mode: 'all', intents: [pay] })).toMatchObject(refused('keys/locked'))
  })

  test('an announced call before its delay is over', async () => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 30 }]
    world.announced = [{ delegate: ANN, real: BOB, callHash: HASH, height: 80 }]
    expect(await planned(proxy, { ...pay, to: CLEO })).toMatchObject(refused('proxy/too-early', { blocksLeft: 10 }))
  })
})

describe('as a proxy', () => {
  const intent: Intent = { ...pay, to: CLEO }
  test('the fee is the signer’s, the amount the account’s', async () => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 0 }]
    expect(await planned(proxy, intent)).toMatchObject({
      ok: true,
      value: { coldkey: BOB, signer: ANN, intent: { kind: 'proxied', real: BOB, intent }, freeAfter: 999_999_000n },
    })
  })

  test('with a delay it is announced with a deposit, then made', async () => {
    world.grants = [{ delegate: ANN, proxyType: 'Any', delay: 30 }]
    expect(await planned(proxy, intent)).toMatchObject({
      value: { intent: { kind: 'announce-proxied', real: BOB, callHash: HASH }, deposit: 104n },
    })
    world.announced = [{ delegate: ANN, real: BOB, callHash: HASH, height: 70 }]
    expect(await planned(proxy, intent)).toMatchObject({
      value: { intent: { kind: 'proxied-announced', delegate: ANN, real: BOB, intent }, deposit: 0n },
    })
  })
})

describe('for a shared account', () => {
  test('somebody who is no member is refused, and so is an account that this app does not know', async () => {
    storage.removeMultisigAccount('practice', SHARED)
    expect(await planned(multisig)).toMatchObject(refused('multisig/not-a-member', { address: ANN }))
    storage.putMultisigAccount('practice', {
      name: 'Theirs',
      address: SHARED,
      threshold: 2,
      members: inOrder([BOB, CLEO]),
    })
    expect(await planned(multisig)).toMatchObject(refused('multisig/not-a-member', { address: ANN }))
  })

  test('what it cannot pay is neither proposed nor carried out', async () => {
    world.accountFree = 1_000_000n
    expect(await planned(multisig)).toMatchObject(refused('transfer/balance-too-low'))
    world.operations = [opened(CLEO)]
    expect(await planned(multisig)).toMatchObject(refused('transfer/balance-too-low'))
  })

  test('who approved already waits', async () => {
    world.operations = [opened(ANN)]
    expect(await planned(multisig)).toMatchObject(refused('multisig/waits-for-others', { approvals: 1, threshold: 2 }))
  })

  test('the first proposes and leaves the deposit, the last carries out with its timepoint', async () => {
    const first = await planned(multisig)
    expect(first).toMatchObject({ value: { intent: { kind: 'multisig-execute', threshold: 2 }, deposit: 132n } })
    expect(first.ok && 'timepoint' in first.value.intent).toBe(false)
    world.operations = [opened(CLEO)]
    expect(await planned(multisig)).toMatchObject({
      value: {
        coldkey: SHARED,
        intent: { kind: 'multisig-execute', timepoint: { height: 90, index: 2 } },
        deposit: 0n,
      },
    })
  })

  test('what was confirmed is kept, so that other members at this computer can read it', async () => {
    const plan = await planned(multisig)
    if (!plan.ok) throw new Error(plan.error.code)
    expect(await plans().confirmed(plan.value)).toEqual(ok(undefined))
    expect(storage.knownCall('0x01', HASH)).toBe('0x05')
  })
})
