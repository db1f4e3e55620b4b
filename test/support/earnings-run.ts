import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { encodeAddress } from '@polkadot/util-crypto'
import Database from 'better-sqlite3'
import { PALLETS } from '../../electron/practice/definitions/pallets.ts'
import type { RuntimeCall } from '../../electron/practice/definitions/runtime-types.ts'
import { createRuntime } from '../../electron/practice/runtime/create-runtime.ts'
import { accountOf, PRACTICE_VALIDATOR, subnetOwner, validator } from '../../electron/practice/seed/accounts.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'
import { signedExtrinsic } from '../../electron/practice/signing/signed-extrinsic.ts'
import { type Network, startNetwork } from '../../electron/practice/start-network.ts'
import { startValidator } from '../../electron/practice/validator/practice-validator.ts'
import { type HostSession, sessionWith } from './host-session.ts'
import { type OwnHost, startHost } from './running-host.ts'

// Two hours of blocks in minutes, and a whole host that is killed and started again beside them. Keys are the published
// development ones; the host only watches the coldkeys, and learns from the chain which hotkeys they own.

/** Two hours at twelve seconds. */
const BLOCKS = 600
/** At least, between two blocks. */
const BLOCK_MS = 60
/** So far a host may be behind before blocks wait for it: less than what a node remembers. */
const MOST_BEHIND = 60
const TAO = 1_000_000_000n
const [CHAT, FULL] = [2, 4]

const addressOf = (uri: string): string => encodeAddress(devKey(uri).publicKey, 42)
const DYING = { coldkey: '//Reconcile//dying', hotkey: '//Reconcile//dying//miner' }
const AGAIN = { coldkey: '//Reconcile//again', hotkey: '//Reconcile//again//miner' }
const ELSEWHERE = { coldkey: '//Reconcile//elsewhere', hotkey: '//Reconcile//elsewhere//miner' }
const TRADER = '//Reconcile//trader'
const FRIEND = '//Reconcile//friend'
const STRANGER = '//Reconcile//stranger'
/** All of these are looked at. A validator, its owner and the owner of a subnet earn in the other ways there are. */
const WATCHED = {
  dying: DYING.coldkey,
  again: AGAIN.coldkey,
  elsewhere: ELSEWHERE.coldkey,
  trader: TRADER,
  friend: FRIEND,
  validator: validator(1).coldkeyUri,
  owner: subnetOwner(1).coldkeyUri,
}
/** Of the full subnet: together more than half of its stake, so that their vote is the consensus. */
const VOTERS = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29].map((n) => validator(n).hotkeyUri)

export interface EarningsRun {
  readonly endpoint: string
  /** The file of all epochs, as the host wrote it. */
  readonly csv: string
  readonly blocks: number
  readonly moves: number
  readonly dropped: number
  readonly restarts: number
  close(): Promise<void>
}

type SubtensorCall = Extract<RuntimeCall, { readonly type: 'SubtensorModule' }>['value']

/** Numbers that look random and come again: a failure can be looked at. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

class Stage {
  readonly network: Network
  readonly faults: unknown[]
  readonly #roll = dice(3)
  #host: OwnHost | undefined
  #book: Database.Statement | undefined
  #stopped = false
  moves = 0
  dropped = 0
  restarts = 0

  constructor(network: Network, faults: unknown[]) {
    this.network = network
    this.faults = faults
    void this.#pump()
  }

  /** Sends a call without waiting. A refusal is an answer, too: nothing moved then. */
  send(uri: string, value: SubtensorCall): void {
    const { node } = this.network
    try {
      node.pool.submit(signedExtrinsic(node, devKey(uri), { type: 'SubtensorModule', value } as RuntimeCall))
      this.moves += 1
    } catch {
      // Refused before it reached a block.
    }
  }

  give(uri: string, tao: bigint): void {
    const { node } = this.network
    const dest = { type: 'Id', value: accountOf(uri) } as const
    const call: RuntimeCall = {
      type: 'Balances',
      value: { type: 'transfer_keep_alive', value: { dest, value: tao * TAO } },
    }
    node.pool.submit(signedExtrinsic(node, devKey('//Alice'), call))
  }

  get best(): number {
    return this.network.node.chain.best.header.number
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  blocks(count: number): Promise<void> {
    const to = this.best + count
    return this.until(() => this.best >= to)
  }

  uidOf(hotkey: string, netuid: number): number | undefined {
    const { Uids } = PALLETS.SubtensorModule.storage
    const raw = this.network.node.chain.stateAt(this.best)?.get(Uids.key(netuid, accountOf(hotkey)))
    return raw && Uids.type.codec.dec(raw)
  }

  trade(): void {
    const roll = this.#roll
    const any = <T>(list: readonly T[]): T => list[roll(list.length)] as T
    const hotkeys = [validator(0), validator(1), validator(11), validator(20)].map(({ hotkeyUri }) =>
      accountOf(hotkeyUri),
    )
    const [hotkey, other] = [any(hotkeys), any(hotkeys)]
    const [netuid, to] = [any([0, 1, 2, 3, 4]), any([0, 1, 2, 3, 4])]
    const alpha_amount = TAO / 5n + BigInt(roll(1_000_000_000))
    const within = { origin_netuid: netuid, destination_netuid: netuid, alpha_amount }
    const calls = [
      { type: 'add_stake', value: { hotkey, netuid, amount_staked: TAO + alpha_amount } },
      { type: 'add_stake', value: { hotkey, netuid, amount_staked: 3n * alpha_amount } },
      { type: 'remove_stake', value: { hotkey, netuid, amount_unstaked: alpha_amount } },
      { type: 'remove_stake_full_limit', value: { hotkey, netuid, limit_price: undefined } },
      { type: 'move_stake', value: { ...within, origin_hotkey: hotkey, destination_hotkey: other } },
      { type: 'swap_stake', value: { hotkey, origin_netuid: netuid, destination_netuid: to, alpha_amount } },
      { type: 'transfer_stake', value: { ...within, hotkey, destination_coldkey: accountOf(FRIEND) } },
      { type: 'claim_root', value: { subnets: [] } },
    ] as unknown as readonly SubtensorCall[]
    this.send(TRADER, any(calls))
  }

  /** @param weight of the miner, beside one of a thousand for everybody else; 0: none at all */
  vote(weight: number): void {
    const own = this.uidOf(AGAIN.hotkey, FULL)
    const others = Array.from({ length: 72 }, (_, uid) => uid).filter((uid) => uid !== own)
    const dests = own === undefined || weight === 0 ? others : [...others, own]
    const weights = dests.map((uid) => (uid === own ? weight : 1_000))
    for (const voter of VOTERS)
      this.send(voter, {
        type: 'set_weights',
        value: { netuid: FULL, dests, weights, version_key: 0n },
      } as SubtensorCall)
  }

  /** On the same data folder each time. */
  async start(data?: string): Promise<HostSession> {
    this.#host = await startHost({ args: ['--network', this.network.ws], ...(data === undefined ? {} : { data }) })
    const session = await sessionWith(this.#host)
    const file = new Database(join(this.#host.data, 'taoforge.sqlite'), { readonly: true })
    this.#book = file.prepare('select min(block) as block from booked_through')
    return session
  }
  /** As a power cut ends it. @returns its folder */
  async kill(): Promise<string> {
    const host = this.#host
    if (!host) throw new Error('no host')
    this.#book?.database.close()
    this.#book = undefined
    await host.crash()
    return host.data
  }
  async restart(downBlocks: number): Promise<void> {
    const data = await this.kill()
    await this.blocks(downBlocks)
    await (await this.start(data)).close()
    this.restarts += 1
  }
  reorganize(): void {
    this.dropped += this.network.node.reorganize()
  }

  /** Blocks come as fast as the host follows, and go on while it is off. */
  async #pump(): Promise<void> {
    while (!this.#stopped) {
      this.network.node.produce()
      await new Promise((resolve) => setTimeout(resolve, BLOCK_MS))
      // Never for long: the host looks when a block comes.
      const until = Date.now() + 700
      while (this.#behind() > MOST_BEHIND && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Final blocks that are not booked for every account; none while the host is off. */
  #behind(): number {
    const { number } = this.network.node.chain.finalized.header
    return this.#book ? number - ((this.#book.get() as { block: number | null }).block ?? number) : 0
  }

  /** What is final now is booked for every account. */
  async booked(): Promise<void> {
    this.#stopped = true
    const final = this.network.node.chain.finalized.header.number
    // Heads that come while it books are met by the next one.
    while (this.#behind() > this.network.node.chain.finalized.header.number - final) {
      this.network.node.produce()
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  async close(): Promise<void> {
    this.#stopped = true
    this.#book?.database.close()
    this.#book = undefined
    await this.#host?.stop()
    await this.network.close()
  }
}

/** Three miners of which one dies, one loses its place and registers again, and one has its pay sent elsewhere; and a trader. */
export async function earningsRun(): Promise<EarningsRun> {
  const faults: unknown[] = []
  const onFault = (error: unknown) => void faults.push(error)
  const network = await startNetwork({
    runtime: createRuntime(),
    port: 0,
    // None by itself.
    blockMs: 3_600_000,
    seed: 5,
    limitOrders: false,
    rootHoldBlocks: 0,
    onFault,
    onFailure: onFault,
  } as Parameters<typeof startNetwork>[0])
  const { node } = network
  const key = devKey(PRACTICE_VALIDATOR.hotkeyUri)
  const stopValidator = startValidator({ node, key, netuids: [CHAT], roundMs: 300, timeoutMs: 1_000, onFault })
  const stage = new Stage(network, faults)
  const answering = [await answers(), await answers()] as const
  const close = async () => {
    stopValidator()
    for (const server of answering) stop(server)
    await stage.close()
  }
  try {
    await begin(stage, answering)
    const csv = await play(stage, { dying: answering[0], stopValidator })
    if (faults.length > 0) throw faults[0]
    const { moves, dropped, restarts } = stage
    return { endpoint: network.ws, csv, blocks: BLOCKS, moves, dropped, restarts, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function begin(stage: Stage, [first, second]: readonly [Server, Server]): Promise<void> {
  for (const uri of [...new Set(Object.values(WATCHED)), STRANGER]) stage.give(uri, 2_000n)
  for (const { hotkey } of [DYING, ELSEWHERE]) stage.give(hotkey, 1n)
  await stage.blocks(3)
  const session = await stage.start()
  for (const [name, uri] of Object.entries(WATCHED))
    await session.must('wallet.importWatchOnly', { name, source: addressOf(uri), cryptoType: 'sr25519' })
  await session.close()
  // The places without pay are the worst ones only after a first epoch.
  await stage.blocks(30)
  for (const [miner, netuid] of [
    [DYING, CHAT],
    [ELSEWHERE, CHAT],
    [AGAIN, FULL],
  ] as const)
    stage.send(miner.coldkey, { type: 'burned_register', value: { netuid, hotkey: accountOf(miner.hotkey) } })
  await stage.blocks(2)
  const hotkey = accountOf(PRACTICE_VALIDATOR.hotkeyUri)
  stage.send(ELSEWHERE.coldkey, { type: 'set_coldkey_auto_stake_hotkey', value: { netuid: CHAT, hotkey } })
  for (const [miner, server] of [
    [DYING, first],
    [ELSEWHERE, second],
  ] as const) {
    const { port } = server.address() as AddressInfo
    const rest = { version: 1, ip: 0x7f000001n, port, ip_type: 4, protocol: 4, placeholder1: 0, placeholder2: 0 }
    stage.send(miner.hotkey, { type: 'serve_axon', value: { netuid: CHAT, ...rest } })
  }
}

/** What happens in which block, and the file at the end. */
async function play(
  stage: Stage,
  { dying, stopValidator }: { readonly dying: Server; readonly stopValidator: () => void },
): Promise<string> {
  const begin = stage.best
  const later = async (blocks: number, act: () => unknown = () => undefined): Promise<void> => {
    for (const to = stage.best + blocks; stage.best < to; ) {
      await stage.blocks(1)
      if (stage.best % 2 === 0) stage.trade()
    }
    await act()
  }
  await later(10, () => stage.vote(60_000))
  await later(90, () => stage.reorganize())
  await later(20, () => stage.vote(0))
  await later(10, () => stage.restart(45))
  await later(20, () => stop(dying))
  // The worst place is that of the miner without votes, now that it is immune no longer.
  await later(20, () =>
    stage.send(STRANGER, { type: 'burned_register', value: { netuid: FULL, hotkey: accountOf(`${STRANGER}//miner`) } }),
  )
  await later(4, () => {
    if (stage.uidOf(AGAIN.hotkey, FULL) !== undefined) throw new Error('the miner was to lose its place')
  })
  await later(30, () =>
    stage.send(AGAIN.coldkey, { type: 'burned_register', value: { netuid: FULL, hotkey: accountOf(AGAIN.hotkey) } }),
  )
  await later(5, () => stage.vote(60_000))
  await later(25, () => stage.reorganize())
  await later(40, () => stage.restart(70))
  await later(40, () => stage.reorganize())
  await later(Math.max(40, begin + BLOCKS - stage.best), stopValidator)
  await stage.booked()
  const session = await stage.start(await stage.kill())
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  const { path } = await session.must<{ path: string }>('earnings.export', { range: 'all', format: 'csv' })
  await session.close()
  return path
}

async function answers(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume()
    const choices = [{ message: { role: 'assistant', content: 'A lamp on a rock.' } }]
    response.end(JSON.stringify({ object: 'chat.completion', choices }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
function stop(server: Server): void {
  server.closeAllConnections()
  server.close()
}
