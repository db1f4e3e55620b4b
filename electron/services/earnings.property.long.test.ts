import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeAddress } from '@polkadot/util-crypto'
import { afterEach, expect, test } from 'vitest'
import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import { ok } from '../../shared/result.ts'
import { type Ss58, ss58 } from '../../shared/units/amounts.ts'
import { must, never, newChain, realClock } from '../../test/support/chain/chain-session.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort, StakeFlow } from '../chain/earnings.port.ts'
import type { RuntimeCall } from '../practice/definitions/runtime-types.ts'
import { Store } from '../practice/runtime/core/store.ts'
import { createRuntime } from '../practice/runtime/create-runtime.ts'
import { stakeOf } from '../practice/runtime/stake/ledger.ts'
import { accountOf, miner, nominator, subnetOwner, validator } from '../practice/seed/accounts.ts'
import { devKey } from '../practice/signing/dev-key.ts'
import { signedExtrinsic } from '../practice/signing/signed-extrinsic.ts'
import { type Network, startNetwork } from '../practice/start-network.ts'
import { Overlay } from '../practice/state/overlay.ts'
import { readOnly } from '../practice/state/versioned-state.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { EarningsService } from './earnings.service.ts'
import { keyOf } from './earnings-span.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

// Random moves of many coldkeys over many epochs of a real practice chain, over its socket: every row must add up to the last
// unit, and all rows of a position to the change of its stake, which is read from the chain's state by its own code.

const TAO = 1_000_000_000n
const addressOf = (uri: string): Ss58 => ss58(encodeAddress(devKey(uri).publicKey, 42))
/** Who acts, and who is booked: nominators, miners of which some earn, a validator, a subnet's owner. */
const COLDKEYS = [
  ...[0, 1, 2, 3].map(nominator),
  ...[0, 4, 8].map((n) => miner(n).coldkeyUri),
  validator(1).coldkeyUri,
  subnetOwner(1).coldkeyUri,
]
/** As in a wallet's folder. */
const ownHotkeys = (coldkey: string) =>
  [...Array.from({ length: 12 }, (_, n) => miner(n)), validator(1), subnetOwner(1)]
    .filter(({ coldkeyUri }) => coldkeyUri === coldkey)
    .map(({ hotkeyUri }) => ({ name: hotkeyUri, address: addressOf(hotkeyUri), encrypted: false }))
const MINERS = Array.from({ length: 12 }, (_, n) => miner(n).hotkeyUri)
const HOTKEYS = [...[0, 1, 2, 3].map((n) => validator(n).hotkeyUri), ...MINERS.slice(0, 4)]
const NETUIDS = [0, 1, 2, 3]

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Numbers that look random and come again: a failure can be looked at. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

class World {
  readonly network: Network
  readonly storage: StoragePort
  readonly chain: ChainPort & EarningsPort
  readonly #roll: (sides: number) => number
  #heads = new Set<() => void>()
  sent = 0

  constructor(at: { network: Network; storage: StoragePort; chain: ChainPort & EarningsPort; seed: number }) {
    this.network = at.network
    this.storage = at.storage
    this.chain = at.chain
    this.#roll = dice(at.seed)
  }

  static async start(seed: number): Promise<World> {
    // Blocks come when the test says so: the next one by itself would come in hours.
    const network = await startNetwork({
      runtime: createRuntime(),
      port: 0,
      blockMs: 3_600_000,
      seed,
      onFault: (error) => {
        throw error
      },
      onFailure: () => undefined,
      limitOrders: false,
      rootHoldBlocks: 0,
    } as Parameters<typeof startNetwork>[0])
    closers.push(() => network.close())
    const chain = newChain()
    for (let n = 0; n < 3; n += 1) network.node.produce()
    must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
    closers.push(() => chain.disconnect())
    const folder = mkdtempSync(join(tmpdir(), 'taoforge-epochs-'))
    const storage = sqliteStorage(folder)
    closers.push(() => {
      storage.close()
      rmSync(folder, { recursive: true, force: true })
    })
    return new World({ network, storage, chain, seed })
  }

  /** A service, as after a start of the app. @param change what it is told instead of the truth */
  book(change: Partial<EarningsPort & ChainPort> = {}): void {
    this.#heads.clear()
    const onHead: ChainPort['onHead'] = (listener) => {
      const call = () => listener({ number: 0, hash: '', seenAtMs: 0 })
      this.#heads.add(call)
      return () => void this.#heads.delete(call)
    }
    const wallets = COLDKEYS.map((uri) => ({ address: addressOf(uri), hotkeys: ownHotkeys(uri) }))
    new EarningsService({
      chain: { ...this.chain, ...change, onHead },
      storage: this.storage,
      clock: realClock,
      log: {
        log: (_level, event, fields) => void (event === 'earnings.book' && this.faults.push(JSON.stringify(fields))),
      },
      wallets: {
        active: () => wallets[0],
        state: () => ({ wallets }),
        onChange: () => () => undefined,
      } as unknown as WalletService,
      network: { genesis: () => this.network.genesis } as unknown as NetworkService,
    })
  }
  readonly faults: string[] = []

  #act(uri: string): void {
    const roll = this.#roll
    const any = <T>(list: readonly T[]): T => list[roll(list.length)] as T
    const [hotkey, other] = [accountOf(any(HOTKEYS)), accountOf(any(HOTKEYS))]
    const [netuid, to] = [any(NETUIDS), any(NETUIDS)]
    const amount = BigInt(1 + roll(1_000_000)) * (roll(3) === 0 ? 1n : 10_007n)
    const calls: readonly (readonly [string, object])[] = [
      ['add_stake', { hotkey, netuid, amount_staked: TAO / 100n + amount }],
      ['add_stake', { hotkey, netuid, amount_staked: TAO / 100n + amount * 7n }],
      ['remove_stake', { hotkey, netuid, amount_unstaked: amount * 3n }],
      ['remove_stake_full_limit', { hotkey, netuid, limit_price: undefined }],
      [
        'move_stake',
        {
          origin_hotkey: hotkey,
          destination_hotkey: other,
          origin_netuid: netuid,
          destination_netuid: roll(2) ? netuid : to,
          alpha_amount: amount,
        },
      ],
      [
        'transfer_stake',
        {
          destination_coldkey: accountOf(any(COLDKEYS)),
          hotkey,
          origin_netuid: netuid,
          destination_netuid: netuid,
          alpha_amount: amount,
        },
      ],
      ['swap_stake', { hotkey, origin_netuid: netuid, destination_netuid: to, alpha_amount: amount }],
      ['set_coldkey_auto_stake_hotkey', { netuid: 1 + roll(3), hotkey }],
      ['burned_register', { netuid: 1 + roll(2), hotkey: accountOf(any(MINERS)) }],
      ['burn_alpha', { hotkey, amount, netuid: 1 + roll(3) }],
      ['unstake_all', { hotkey }],
    ]
    const [type, value] = any(calls)
    const call = { type: 'SubtensorModule', value: { type, value } } as unknown as RuntimeCall
    try {
      this.network.node.pool.submit(signedExtrinsic(this.network.node, devKey(uri), call), () => undefined)
      this.sent += 1
    } catch {
      // Refused before it reached a block: nothing moved.
    }
  }

  /** One block with a move of some coldkeys, and everything final booked. */
  async block(): Promise<void> {
    for (const uri of COLDKEYS) if (this.#roll(2) === 0) this.#act(uri)
    this.network.node.produce()
    const { number } = this.network.node.chain.best.header
    const final = this.network.node.chain.finalized.header.number
    await until(() => {
      const state = this.chain.state()
      return state.state === 'ready' && state.best.number >= number && (state.finalized?.number ?? 0) >= final
    })
    for (const call of this.#heads) call()
  }

  async settle(): Promise<void> {
    const final = this.network.node.chain.finalized.header.number
    await until(() => {
      for (const call of this.#heads) call()
      return COLDKEYS.every((uri) => (this.storage.bookedThrough(this.network.genesis, addressOf(uri)) ?? 0) >= final)
    })
  }

  rows(uri: string): readonly EpochRow[] {
    return this.storage.epochRows(this.network.genesis, addressOf(uri), -1)
  }

  /** By the chain's own code, from its own state. */
  stakeAt(block: number, row: EpochRow, uri: string, hotkeys: ReadonlyMap<string, string>): bigint {
    const state = this.network.node.chain.stateAt(block)
    if (!state) throw new Error(`no state of block ${block}`)
    const store = new Store(new Overlay(readOnly(state)))
    return stakeOf(store, { hotkey: hotkeys.get(row.hotkey) ?? '', coldkey: accountOf(uri), netuid: row.netuid })
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}

const hex = (): ReadonlyMap<string, string> => {
  const all = [...Array(40).keys()].map((n) => validator(n).hotkeyUri)
  const owners = [1, 2, 3, 4, 5].map((n) => subnetOwner(n).hotkeyUri)
  const miners = [...Array(200).keys()].map((n) => miner(n).hotkeyUri)
  return new Map([...all, ...miners, ...owners].map((uri) => [addressOf(uri), accountOf(uri)]))
}

test('hundreds of random moves over epochs and restarts: no red row, and rows that sum to the stake', {
  timeout: 400_000,
}, async () => {
  const world = await World.start(7)
  // The newest head may be one that is dropped later, and then its epochs never were.
  const dropped: Partial<ChainPort> = {
    epochFacts: async () => {
      const facts = await world.chain.epochFacts()
      return facts.ok ? ok(facts.value.map((one) => ({ ...one, lastEpochBlock: one.lastEpochBlock + 1_000 }))) : facts
    },
  }
  world.book()
  await world.block()
  await world.settle()
  for (let block = 0; block < 240; block += 1) {
    if (block % 60 === 25) world.book(dropped)
    if (block % 60 === 40) world.book()
    await world.block()
    // Now and then the app is off for some blocks, with an epoch among them.
    if (block % 50 < 35) await world.settle()
  }
  await world.settle()
  expect(world.faults).toEqual([])
  const hotkeys = hex()
  const rows = COLDKEYS.flatMap((uri) => world.rows(uri).map((row) => ({ row, uri })))
  expect(rows.filter(({ row }) => redOf(row) !== 0n)).toEqual([])
  expect(rows.filter(({ row }) => row.parts === undefined)).toEqual([])
  for (const of of Map.groupBy(rows, ({ row, uri }) => `${uri}/${keyOf(row)}`).values()) {
    const oldestFirst = of.toReversed()
    const [first, last] = [oldestFirst[0], oldestFirst.at(-1)]
    if (!first || !last) continue
    let stake: bigint = first.row.stakeBefore
    for (const { row } of oldestFirst) {
      const { parts } = row
      if (!parts) throw new Error('no parts')
      expect(row.stakeBefore).toBe(stake)
      stake += row.flows + parts.mined + parts.validated + parts.staked + parts.ownerCut + parts.unexplained
      expect(row.stakeAfter).toBe(stake)
    }
    expect(stake).toBe(world.stakeAt(last.row.epochBlock, last.row, last.uri, hotkeys))
  }
  const total = (of: (row: EpochRow) => bigint) => rows.reduce((sum, { row }) => sum + of(row), 0n)
  process.stdout.write(
    `${JSON.stringify({ sent: world.sent, rows: rows.length, rounded: rows.filter(({ row }) => row.parts?.cause).length, kinds: [total((r) => r.parts?.mined ?? 0n), total((r) => r.parts?.validated ?? 0n), total((r) => r.parts?.staked ?? 0n), total((r) => r.parts?.ownerCut ?? 0n)].map(String), causes: [...new Set(rows.map(({ row }) => row.parts?.cause))] })}\n`,
  )
  expect(world.sent).toBeGreaterThan(800)
  for (const kind of ['mined', 'validated', 'staked', 'ownerCut'] as const)
    expect(total((row) => row.parts?.[kind] ?? 0n)).toBeGreaterThan(0n)
  expect(rows.some(({ row }) => row.parts?.elsewhere)).toBe(true)
})

test('a move that the events do not tell makes its row red by exactly that', { timeout: 200_000 }, async () => {
  const world = await World.start(11)
  let lost: StakeFlow | undefined
  const broken: Partial<EarningsPort> = {
    stakeEvents: async (coldkey, range) => {
      const seen = await world.chain.stakeEvents(coldkey, range)
      const found = seen.ok ? seen.value.flows.find((flow) => flow.alpha > 1_000_000n && flow.netuid !== 0) : undefined
      if (!seen.ok || lost || !found || coldkey !== addressOf(nominator(0))) return seen
      lost = found
      return ok({ ...seen.value, flows: seen.value.flows.filter((flow) => flow !== found) })
    },
  }
  world.book(broken)
  for (let block = 0; block < 60; block += 1) {
    await world.block()
    await world.settle()
  }
  const red = COLDKEYS.flatMap((uri) => world.rows(uri)).filter((row) => redOf(row) !== 0n)
  expect(red.map(({ coldkey, netuid, hotkey }) => ({ coldkey, netuid, hotkey }))).toEqual([
    { coldkey: addressOf(nominator(0)), netuid: lost?.netuid, hotkey: lost?.hotkey },
  ])
  const [row] = red
  const rounding = redOf(row as EpochRow) - (lost?.alpha ?? 0n)
  expect(rounding >= -20n && rounding <= 20n).toBe(true)
})
