import { beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ServeAxonPlan } from '../../shared/transactions/transaction.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort, MinerSnapshot } from '../chain/chain.port.ts'
import { type AnnouncementsDeps, AnnouncementsService } from './announcements.service.ts'

const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const place = { netuid: netuid(3), hotkey: HOTKEY }
const axon = { ip: '8.8.4.4', port: 8091, version: 11_003_000, protocol: 4, block: 100 }

let snapshot: MinerSnapshot
let network: NetworkKind
let serving: ReturnType<AnnouncementsDeps['serving']>
let sent: ServeAxonPlan[]
let locked: boolean
/** The chain never says that it has it. */
let hangs: boolean
let logged: string[]
let heads: Set<(block: number) => Promise<void>>
let service: AnnouncementsService
/** What the chain answers. */
let says: () => Result<typeof snapshot, AppError>

beforeEach(() => {
  snapshot = {
    block: 200,
    netuid: place.netuid,
    subnetName: 'three',
    uid: 7,
    axon,
    servedAtBlock: 100,
    servingRateLimit: 50,
  }
  network = 'finney'
  serving = { state: 'off' }
  sent = []
  locked = false
  hangs = false
  logged = []
  heads = new Set()
  says = () => ok(snapshot)
  const chain: AnnouncementsDeps['chain'] = {
    minerSnapshot: async () => says(),
    // What was prepared is what gets into a block.
    prepare: (async (_signer: unknown, plan: ServeAxonPlan) => {
      sent.push(plan)
      return ok({})
    }) as unknown as ChainPort['prepare'],
    onHead: (listener) => {
      const tell = async (number: number) => {
        listener({ number } as Parameters<typeof listener>[0])
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
      heads.add(tell)
      return () => heads.delete(tell)
    },
  }
  service = new AnnouncementsService({
    chain,
    wallets: { active: () => ({ name: 'w', hotkeys: [{ name: 'rig', address: HOTKEY }] }) as never },
    network: { choice: () => ({ kind: network }), genesis: () => '0x01' },
    transactions: {
      sendBytes: async () => {
        if (locked) return err({ code: 'keys/locked' } as const)
        if (hangs) return new Promise(() => undefined)
        snapshot = { ...snapshot, axon: undefined, servedAtBlock: snapshot.block }
        return ok({} as never)
      },
    },
    clock: {
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs / 100)
        return () => clearTimeout(timer)
      },
    },
    log: { log: (_level, what, facts) => void logged.push(`${what} ${String(facts?.['code'])}`) },
    serving: () => serving,
  })
})
const head = async (block: number) => {
  snapshot = { ...snapshot, block }
  for (const tell of [...heads]) await tell(block)
}

describe('taking an address off the chain', () => {
  test('says address 0, with the port of before: the chain takes no port 0', async () => {
    expect(await service.withdraw(place)).toEqual({ ok: true, value: { waitBlocks: 50, leaving: false } })
    expect(sent).toEqual([
      { kind: 'serve-axon', hotkey: HOTKEY, netuid: 3, ip: '0.0.0.0', port: 8091, version: 11_003_000, protocol: 4 },
    ])
    // There is nothing more to say.
    expect(await service.withdraw(place)).toMatchObject({ ok: true })
    expect(sent).toHaveLength(1)
  })

  test('is refused while it serves, while the chain asks to wait, and for a hotkey of somebody else', async () => {
    serving = { state: 'mining', ...place }
    expect(await service.withdraw(place)).toMatchObject({ error: { code: 'mining/already-running' } })
    serving = { state: 'off' }
    snapshot = { ...snapshot, block: 149 }
    expect(await service.withdraw(place)).toEqual(err({ code: 'mining/serve-too-soon', blocksLeft: 1 }))
    const other = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
    expect(await service.withdraw({ ...place, hotkey: other })).toMatchObject({
      error: { code: 'keys/unknown-hotkey' },
    })
    expect(sent).toEqual([])
  })

  test('after a stop follows by itself with the block that takes it', async () => {
    snapshot = { ...snapshot, block: 120 }
    await service.leave(place)
    expect(await service.announced(place)).toMatchObject({
      value: { waitBlocks: 30, leaving: true, endpoint: { port: 8091 } },
    })
    await head(149)
    expect(sent).toEqual([])
    await head(150)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(sent).toHaveLength(1)
    expect(heads.size).toBe(0)
    expect(await service.announced(place)).toEqual(ok({ waitBlocks: 50, leaving: false }))
  })

  test('is tried again where the chain did not answer, whenever that was', async () => {
    const silent = err({ code: 'chain/unreachable', endpoint: 'x', reason: 'y' } as const)
    says = () => silent
    await service.leave(place)
    expect([logged, heads.size]).toEqual([['mining.withdraw chain/unreachable'], 1])
    says = () => ok(snapshot)
    await head(201)
    await head(205)
    expect(sent).toEqual([])
    await head(206)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect([sent.length, heads.size]).toEqual([1, 0])
  })

  test('waits on where the chain asked for it, and did not say its block then', async () => {
    snapshot = { ...snapshot, block: 120 }
    let asked = 0
    says = () => (++asked === 2 ? err({ code: 'chain/not-connected' } as const) : ok(snapshot))
    await service.leave(place)
    expect(heads.size).toBe(1)
    await head(160)
    await head(165)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect([sent.length, heads.size]).toEqual([1, 0])
  })

  test('is given up when the miner serves again, or the app ends', async () => {
    snapshot = { ...snapshot, block: 120 }
    await service.leave(place)
    serving = { state: 'mining', ...place }
    await head(160)
    expect(heads.size).toBe(0)
    serving = { state: 'off' }
    snapshot = { ...snapshot, block: 120 }
    await service.leave(place)
    await service.close(undefined)
    await head(160)
    expect(sent).toEqual([])
    expect(logged).toEqual(['mining.withdraw mining/serve-too-soon'])
  })

  test('on practice nothing is withdrawn, and a locked hotkey leaves it where it is', async () => {
    network = 'practice'
    await service.leave(place)
    expect(sent).toEqual([])
    network = 'finney'
    locked = true
    await service.leave(place)
    expect(await service.announced(place)).toMatchObject({
      value: { leaving: false, endpoint: { ip: '8.8.4.4' }, kept: { code: 'keys/locked' } },
    })
    locked = false
    await service.withdraw(place)
    expect(await service.announced(place)).toEqual(ok({ waitBlocks: 50, leaving: false }))
  })

  test('the end of the app takes it back, and waits neither for a slow chain nor for a later block', async () => {
    serving = { state: 'mining', ...place, axonBlock: 100 }
    expect(service.byMiner()).toEqual(place)
    serving = { state: 'starting', ...place }
    expect(service.byMiner()).toBeUndefined()
    // The chain asked for a wait: it still names the address of the run before.
    serving = { state: 'starting', ...place, steps: [{ step: 'announce', state: 'running', value: 'in 40 blocks' }] }
    expect(service.byMiner()).toEqual(place)
    serving = { state: 'starting', ...place, steps: [{ step: 'announce', state: 'waiting' }] }
    expect(service.byMiner()).toBeUndefined()
    serving = { state: 'off' }
    hangs = true
    await service.close(place)
    expect(sent).toHaveLength(1)
    hangs = false
    snapshot = { ...snapshot, block: 120 }
    await service.close(place)
    expect([sent.length, heads.size, logged]).toEqual([1, 0, ['mining.withdraw mining/serve-too-soon']])
    snapshot = { ...snapshot, block: 150 }
    await service.close(place)
    expect(sent).toHaveLength(2)
  })
})
