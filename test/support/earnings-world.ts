import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeAddress, encodeAddress } from '@polkadot/util-crypto'
import type { ChainPort } from '../../electron/chain/chain.port.ts'
import type { EarningsPort } from '../../electron/chain/earnings.port.ts'
import type { LedgerPort } from '../../electron/chain/ledger.port.ts'
import type { RuntimeCall } from '../../electron/practice/definitions/runtime-types.ts'
import { Store } from '../../electron/practice/runtime/core/store.ts'
import { createRuntime } from '../../electron/practice/runtime/create-runtime.ts'
import { stakeOf } from '../../electron/practice/runtime/stake/ledger.ts'
import { fromHex, toHex } from '../../electron/practice/scale/hex.ts'
import type { StorageItem } from '../../electron/practice/scale/storage.ts'
import { accountOf, miner, nominator, subnetOwner, validator } from '../../electron/practice/seed/accounts.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'
import { signedExtrinsic } from '../../electron/practice/signing/signed-extrinsic.ts'
import { type Network, startNetwork } from '../../electron/practice/start-network.ts'
import { Overlay } from '../../electron/practice/state/overlay.ts'
import { readOnly } from '../../electron/practice/state/versioned-state.ts'
import { EarningsService } from '../../electron/services/earnings.service.ts'
import type { NetworkService } from '../../electron/services/network.service.ts'
import type { WalletService } from '../../electron/services/wallet.service.ts'
import { sqliteStorage } from '../../electron/storage/sqlite-storage.ts'
import type { StoragePort } from '../../electron/storage/storage.port.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { type Ss58, ss58 } from '../../shared/units/amounts.ts'
import { must, never, newChain, realClock } from './chain/chain-session.ts'

// Random moves of many coldkeys over a real practice chain, read over its socket; blocks come when a test says so.

const TAO = 1_000_000_000n
export const addressOf = (uri: string): Ss58 => ss58(encodeAddress(devKey(uri).publicKey, 42))
/** Who acts, and who is booked: nominators, miners of which some earn, a validator, a subnet's owner. */
export const COLDKEYS = [
  ...[0, 1, 2, 3].map(nominator),
  ...[0, 4, 8].map((n) => miner(n).coldkeyUri),
  validator(1).coldkeyUri,
  subnetOwner(1).coldkeyUri,
]
/** As in a wallet's folder. */
export const ownHotkeys = (coldkey: string) =>
  [...Array.from({ length: 12 }, (_, n) => miner(n)), validator(1), subnetOwner(1)]
    .filter(({ coldkeyUri }) => coldkeyUri === coldkey)
    .map(({ hotkeyUri }) => ({ name: hotkeyUri, address: addressOf(hotkeyUri), encrypted: false }))
const MINERS = Array.from({ length: 12 }, (_, n) => miner(n).hotkeyUri)
const HOTKEYS = [...[0, 1, 2, 3].map((n) => validator(n).hotkeyUri), ...MINERS.slice(0, 4)]
const NETUIDS = [0, 1, 2, 3]

type Reads = ChainPort & EarningsPort & LedgerPort

/** Numbers that look random and come again: a failure can be looked at. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

/** One app beside the chain: a storage, and the service that books into it. Several may look at the same chain. */
export class Book {
  storage: StoragePort
  readonly faults: string[] = []
  readonly #world: World
  readonly #folder = mkdtempSync(join(tmpdir(), 'taoforge-epochs-'))
  readonly #heads = new Set<() => void>()
  readonly #services: EarningsService[] = []

  /** @param change what it is told instead of the truth */
  constructor(world: World, change: Partial<Reads> = {}) {
    this.#world = world
    this.storage = sqliteStorage(this.#folder)
    this.start(change)
  }

  /** A service; another one may still be at work. */
  start(change: Partial<Reads> = {}): void {
    this.#heads.clear()
    const onHead: ChainPort['onHead'] = (listener) => {
      const call = () => listener({ number: 0, hash: '', seenAtMs: 0 })
      this.#heads.add(call)
      return () => void this.#heads.delete(call)
    }
    const wallets = COLDKEYS.map((uri) => ({ address: addressOf(uri), hotkeys: ownHotkeys(uri) }))
    const log = (_level: string, event: string, fields?: object) =>
      void (event === 'earnings.book' && this.faults.push(JSON.stringify(fields)))
    const { chain, network } = this.#world
    const service = new EarningsService({
      chain: { ...chain, ...change, onHead },
      storage: this.storage,
      clock: realClock,
      log: { log },
      wallets: {
        active: () => wallets[0],
        state: () => ({ wallets }),
        onChange: () => () => undefined,
      } as unknown as WalletService,
      network: { genesis: () => network.genesis } as unknown as NetworkService,
    })
    this.#services.push(service)
  }

  /** As after an end of the app: what it knew is what lies on disk. */
  async restart(): Promise<void> {
    await this.stop()
    this.storage = sqliteStorage(this.#folder)
    this.start()
  }

  async stop(): Promise<void> {
    await Promise.all(this.#services.splice(0).map((service) => service.close()))
    this.storage.close()
  }
  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  tell(): void {
    for (const call of this.#heads) call()
  }

  /** Everything that is final is booked. */
  async settle(): Promise<void> {
    const { network } = this.#world
    const final = network.node.chain.finalized.header.number
    await until(() => {
      this.tell()
      return COLDKEYS.every((uri) => (this.storage.bookedThrough(network.genesis, addressOf(uri)) ?? 0) >= final)
    })
  }

  rows(uri: string): readonly EpochRow[] {
    return this.storage.epochRows(this.#world.network.genesis, addressOf(uri), -1)
  }
}

export class World {
  readonly network: Network
  readonly chain: Reads
  readonly #roll: (sides: number) => number
  readonly #closers: (() => Promise<void> | void)[] = []
  readonly #books: Book[] = []
  sent = 0
  dropped = 0

  private constructor(network: Network, chain: Reads, seed: number) {
    this.network = network
    this.chain = chain
    this.#roll = dice(seed)
  }

  static async start(seed: number): Promise<World> {
    const network = await startNetwork({
      runtime: createRuntime(),
      port: 0,
      // None by itself.
      blockMs: 3_600_000,
      seed,
      onFault: (error) => {
        throw error
      },
      onFailure: () => undefined,
      limitOrders: false,
      rootHoldBlocks: 0,
    } as Parameters<typeof startNetwork>[0])
    const chain = newChain()
    const world = new World(network, chain, seed)
    world.#closers.push(() => network.close())
    for (let n = 0; n < 3; n += 1) network.node.produce()
    must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
    world.#closers.push(() => chain.disconnect())
    return world
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }

  /** @param change what it is told instead of the truth */
  book(change: Partial<Reads> = {}): Book {
    const book = new Book(this, change)
    this.#books.push(book)
    this.#closers.push(() => book.remove())
    return book
  }

  /** Another branch wins; what the dropped blocks included comes later. */
  async reorganize(): Promise<void> {
    this.dropped += this.network.node.reorganize()
    await this.#seen(this.#books)
  }

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
      ['claim_root', { subnets: [] }],
      ['recycle_alpha', { hotkey, amount, netuid: 1 + roll(3) }],
    ]
    this.send(uri, ...any(calls))
  }

  /** Without waiting for it. */
  send(uri: string, type: string, value: object): void {
    this.#submit(uri, { type: 'SubtensorModule', value: { type, value } } as unknown as RuntimeCall)
  }

  /** By root, in one call after the other. */
  sudo(...calls: readonly object[]): void {
    for (const call of calls)
      this.#submit('//Alice', { type: 'Sudo', value: { type: 'sudo', value: { call } } } as unknown as RuntimeCall)
  }

  #submit(uri: string, call: RuntimeCall): void {
    try {
      this.network.node.pool.submit(signedExtrinsic(this.network.node, devKey(uri), call), () => undefined)
      this.sent += 1
    } catch {
      // Refused before it reached a block: nothing moved.
    }
  }

  /** One block with moves of all coldkeys. @param books those that see it; absent: all */
  async block(books: readonly Book[] = this.#books): Promise<void> {
    for (const uri of COLDKEYS) for (let times = 1 + this.#roll(2); times > 0; times -= 1) this.#act(uri)
    this.network.node.produce()
    await this.#seen(books)
  }

  async #seen(books: readonly Book[]): Promise<void> {
    const { best, finalized } = this.network.node.chain
    await until(() => {
      const state = this.chain.state()
      const final = state.state === 'ready' ? (state.finalized?.number ?? 0) : 0
      return state.state === 'ready' && state.best.number >= best.header.number && final >= finalized.header.number
    })
    for (const book of books) book.tell()
  }

  /** By the chain's own code, from its own state. */
  stakeAt(block: number, row: EpochRow, uri: string): bigint {
    const state = this.network.node.chain.stateAt(block)
    if (!state) throw new Error(`no state of block ${block}`)
    const store = new Store(new Overlay(readOnly(state)))
    return stakeOf(store, { hotkey: toHex(decodeAddress(row.hotkey)), coldkey: accountOf(uri), netuid: row.netuid })
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}

/** A call of root that writes one value of storage. */
export function setStorage<K extends readonly unknown[], V, D>(
  item: StorageItem<K, V, D>,
  keys: NoInfer<K>,
  value: NoInfer<V>,
): object {
  const items = [[fromHex(item.key(...keys)), item.type.codec.enc(value)]]
  return { type: 'System', value: { type: 'set_storage', value: { items } } }
}

/** What the newest block of the chain has there. */
export function storedAt<K extends readonly unknown[], V, D>(
  { network }: World,
  item: StorageItem<K, V, D>,
  ...keys: NoInfer<K>
): V | D {
  const raw = network.node.chain.stateAt(network.node.chain.best.header.number)?.get(item.key(...keys))
  return raw === undefined ? item.default : item.type.codec.dec(raw)
}
