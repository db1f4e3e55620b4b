import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ColdkeySwap } from '../../shared/accounts/coldkey-swap.ts'
import type { ProxyAnnouncement, ProxyGrant } from '../../shared/accounts/proxy.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok } from '../../shared/result.ts'
import { rao, ss58 } from '../../shared/units/amounts.ts'
import type { AccountsPort } from '../chain/accounts.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { AccountPlans } from './account-plans.ts'
import { AccountsService } from './accounts.service.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const CAROL = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const hashOf = (address: string): string => `0x${Buffer.from(address).toString('hex').slice(0, 64)}`
const swapTo = (newColdkey: string, more: Partial<ColdkeySwap> = {}): ColdkeySwap => ({
  coldkey: ALICE,
  executableAt: 150,
  clearableAt: 160,
  newColdkeyHash: hashOf(newColdkey),
  ...more,
})

/** What the world looks like; changed between blocks to see what the service does about it. */
interface World {
  swaps: readonly ColdkeySwap[]
  error: AppError | undefined
  asked: (readonly string[])[]
  genesis: string | undefined
  wallets: readonly { readonly address: typeof ALICE; readonly watchOnly: boolean }[]
  grants: readonly ProxyGrant[]
  announced: readonly ProxyAnnouncement[]
  head: () => void
  leave: () => void
}

let folder = ''
let storage: StoragePort
let world: World
let service: AccountsService
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-accounts-'))
  storage = sqliteStorage(folder)
  world = {
    swaps: [],
    error: undefined,
    asked: [],
    genesis: '0x01',
    wallets: [{ address: ALICE, watchOnly: true }],
    grants: [],
    announced: [],
    head: () => undefined,
    leave: () => undefined,
  }
  service = build()
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

function build(): AccountsService {
  const facts = (account: typeof ALICE) => ({
    atBlock: 100,
    account,
    grants: world.grants,
    deposit: rao(0n),
    announced: world.announced,
    announcedDeposit: rao(0n),
  })
  const cost = rao(1n)
  const chain: Partial<AccountsPort & ChainPort> = {
    onHead: (listener) => {
      world.head = () => listener({ number: 100, hash: '0x', seenAtMs: 0 })
      return () => undefined
    },
    coldkeySwaps: async (coldkeys) => {
      world.asked.push(coldkeys)
      if (world.error) return err(world.error)
      const swaps = world.swaps.filter(({ coldkey }) => coldkeys.includes(coldkey))
      return ok({ atBlock: 100, delayBlocks: 50, waitBlocks: 10, swaps })
    },
    coldkeyHash: async (address) => ok(hashOf(address)),
    proxies: async (account) => ok(facts(account)),
    announcementsAgainst: async () => ok([]),
    proxyRules: async () => err({ code: 'chain/unsupported', what: 'proxy rules' } as never),
    proxyCosts: async () =>
      ok({ base: cost, each: cost, announcementBase: cost, announcementEach: cost, mostProxies: 20 }),
    describeCall: async (callHex) => ok({ callHash: hashOf(callHex), callHex, text: `call ${callHex}` }),
  }
  const network = {
    genesis: () => world.genesis,
    onChange: (listener: () => void) => {
      world.leave = listener
      return () => undefined
    },
  }
  const wallets = { active: () => world.wallets[0], state: () => ({ wallets: world.wallets }) }
  // The casts: each is asked for what stands above, and nothing else.
  return new AccountsService({
    chain: chain as AccountsPort & ChainPort,
    storage,
    wallets: wallets as unknown as WalletService,
    network: network as unknown as NetworkService,
    plans: {} as AccountPlans,
  })
}

/** The guard after the next block. */
const nextBlock = () =>
  new Promise<ReturnType<AccountsService['guard']>>((resolve) => {
    const stop = service.onChange(() => {
      stop()
      resolve(service.guard())
    })
    world.head()
  })

describe('“this was me” is refused', () => {
  test('when nothing is announced', async () => {
    expect(await service.acknowledgeSwap(ALICE, BOB)).toMatchObject({ error: { code: 'swap/not-announced' } })
  })
  test('when the hash on the chain is that of another address; the alarm stays', async () => {
    world.swaps = [swapTo(CAROL)]
    expect(await service.acknowledgeSwap(ALICE, BOB)).toEqual({
      ok: false,
      error: { code: 'swap/other-coldkey', announcedHash: hashOf(CAROL) },
    })
    expect(storage.knownSwaps('0x01')).toEqual([])
    expect((await nextBlock()).alarms).toEqual([ALICE])
  })
  test('without a network', async () => {
    world.genesis = undefined
    expect(await service.acknowledgeSwap(ALICE, BOB)).toMatchObject({ error: { code: 'chain/not-connected' } })
  })
})

describe('the guard', () => {
  test('knows nothing before the first block, and says so', () => {
    expect(service.guard()).toEqual({ swaps: [], alarms: [], error: { code: 'chain/not-connected' } })
  })
  test('watches every wallet once, watch-only ones too', async () => {
    world.wallets = [
      { address: ALICE, watchOnly: true },
      { address: BOB, watchOnly: false },
      { address: ALICE, watchOnly: false },
    ]
    await nextBlock()
    expect(world.asked).toEqual([[ALICE, BOB]])
  })
  test('raises the alarm for a foreign announcement, and takes it back once it was acknowledged', async () => {
    world.swaps = [swapTo(BOB)]
    expect(await nextBlock()).toMatchObject({
      atBlock: 100,
      alarms: [ALICE],
      swaps: [{ foreign: true, blocksLeft: 50 }],
    })
    expect(await service.acknowledgeSwap(ALICE, BOB)).toEqual({ ok: true, value: null })
    expect(service.guard()).toMatchObject({ alarms: [], swaps: [{ foreign: false, newColdkey: BOB }] })
  })
  test('still believes it after a restart, and not an announcement that replaced it', async () => {
    world.swaps = [swapTo(BOB)]
    await service.acknowledgeSwap(ALICE, BOB)
    service = build()
    expect((await nextBlock()).alarms).toEqual([])
    world.swaps = [swapTo(CAROL)]
    expect((await nextBlock()).alarms).toEqual([ALICE])
  })
  test('does not believe on one chain what was said on another', async () => {
    world.swaps = [swapTo(BOB)]
    await service.acknowledgeSwap(ALICE, BOB)
    world.genesis = '0x02'
    world.leave()
    expect(service.guard().atBlock).toBeUndefined()
    expect((await nextBlock()).alarms).toEqual([ALICE])
  })
  test('keeps an alarm when the chain does not answer, with the reason beside it', async () => {
    world.swaps = [swapTo(BOB)]
    await nextBlock()
    world.error = { code: 'chain/unreachable', endpoint: 'ws://127.0.0.1:9', reason: 'refused' }
    expect(await nextBlock()).toMatchObject({ alarms: [ALICE], error: { code: 'chain/unreachable' } })
  })
  test('a disputed announcement is shown and is no alarm', async () => {
    world.swaps = [swapTo(BOB, { disputedAt: 99 })]
    expect(await nextBlock()).toMatchObject({ alarms: [], swaps: [{ stage: 'disputed' }] })
  })
  test('has nothing to watch without wallets, and asks nothing', async () => {
    world.wallets = []
    expect(await nextBlock()).toEqual({ swaps: [], alarms: [] })
    expect(world.asked).toEqual([])
  })
})

describe('acting for another account', () => {
  test('is refused without a grant on the chain, and nothing is kept', async () => {
    world.grants = [{ delegate: CAROL, proxyType: 'Staking', delay: 0 }]
    expect(await service.actFor(BOB)).toEqual({
      ok: false,
      error: { code: 'proxy/not-granted', real: BOB, delegate: ALICE },
    })
    expect(storage.actingFor('0x01', ALICE)).toEqual([])
  })
  test('is refused without a wallet', async () => {
    world.wallets = []
    expect(await service.actFor(BOB)).toMatchObject({ error: { code: 'keys/no-wallet' } })
    expect(await service.proxies()).toMatchObject({ error: { code: 'keys/no-wallet' } })
  })
  test('is remembered for this wallet on this chain, until it is given up', async () => {
    world.grants = [{ delegate: ALICE, proxyType: 'Staking', delay: 0 }]
    expect(await service.actFor(BOB)).toEqual({ ok: true, value: null })
    expect(await service.proxies()).toMatchObject({ value: { actingFor: [BOB] } })
    world.genesis = '0x02'
    expect(await service.proxies()).toMatchObject({ value: { actingFor: [] } })
    world.genesis = '0x01'
    await service.stopActingFor(BOB)
    expect(await service.proxies()).toMatchObject({ value: { actingFor: [] } })
  })
  test('what a kind may do is unknown where the runtime does not tell', async () => {
    const view = await service.proxies()
    expect(view.ok && 'rules' in view.value).toBe(false)
  })
  test('names the announced calls that this app knows, and only these', async () => {
    const announced = { delegate: ALICE, real: BOB, height: 90 }
    world.announced = [
      { ...announced, callHash: hashOf('0x0102') },
      { ...announced, callHash: `0x${'9'.repeat(64)}` },
    ]
    storage.putKnownCall('0x01', hashOf('0x0102'), '0x0102')
    expect(await service.proxies()).toMatchObject({
      value: { known: [{ callHash: hashOf('0x0102'), text: 'call 0x0102' }] },
    })
  })
})
