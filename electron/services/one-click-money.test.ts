import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { goState } from '../../shared/contract/one-click.contract.ts'
import { GO_IDLE, type GoState } from '../../shared/mining/one-click.ts'
import type { RegisterPlan } from '../../shared/registration/plan-register.ts'
import { err, ok } from '../../shared/result.ts'
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { adapters } from '../mining/adapters.ts'
import { OneClickService } from './one-click.service.ts'
import type { OneClickDeps } from './one-click-deps.ts'
import { benchmark } from './one-click-steps.ts'

const KEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const CHAIN = '0xaa'
const CHOICE = {
  network: 'practice',
  genesis: CHAIN,
  coldkey: KEY,
  netuid: netuid(2),
  subnetName: 'Practice chat',
  hotkey: KEY,
  hotkeyName: 'miner',
  adapter: 'practice-chat',
  adapterTitle: 'Practice chat',
  understood: false,
  tolerancePpm: 0,
} as const
const BEGUN: GoState = { ...GO_IDLE, phase: 'stopped', step: 'check', choice: CHOICE }

/** A chain, a wallet and a disk that do as they are told, and keep what was asked of them. */
class Place {
  price = 100n
  /** What a plan costs once more when it is prepared; as now where absent. */
  preparedPrice: bigint | undefined
  /** Of the price, bound; absent: the chain does not say. */
  share: number | undefined
  preparedShare: number | undefined
  genesis = CHAIN
  uid: number | undefined
  record: TransactionRecord | undefined
  disk = JSON.stringify(z.encode(z.object({ state: goState, speeds: z.object({}) }), { state: BEGUN, speeds: {} }))
  readonly did: string[] = []
  /** Runs while a transaction is being prepared. */
  meanwhile: () => void = () => undefined
  serversAnswer = true
  models: () => readonly object[] = () => []
  hotkeys: readonly object[] = []
  own: readonly { readonly family: 4 | 6; readonly address: string }[] = []
  mined: ReturnType<OneClickDeps['mining']['status']>['state'] = 'off'

  #plan(cost: bigint, share = this.share): RegisterPlan {
    const place = { price: rao(cost), limitPrice: rao(cost), txFee: rao(0n), mostCost: rao(cost) }
    const bond = share === undefined ? {} : { collateral: { share }, mostBound: rao(cost / 2n) }
    return { kind: 'register', coldkey: KEY, ...place, ...bond } as RegisterPlan
  }

  deps(): OneClickDeps {
    const never = () => () => undefined
    const deps = {
      chain: {
        minerSnapshot: async () => ok({ subnetName: 'Practice chat', uid: this.uid }),
        subnets: async () => err({ code: 'chain/not-connected' }),
      },
      llm: {
        hardware: async () => ok({ cpuCores: 2, memoryTotalBytes: 1, backend: 'cpu', gpus: [] }),
        load: async () => ok({}),
        benchmark: async () => {
          this.meanwhile()
          return ok({ tokensPerSecond: 1, promptTokensPerSecond: 1 })
        },
        unload: async () => void this.did.push('unload'),
      },
      machine: { isPortFree: async () => true, freeBytes: async () => undefined },
      modelFiles: { pathOf: async () => ok('/m.gguf') },
      servers: {
        states: () => [],
        reach: async () =>
          this.serversAnswer
            ? ok({ name: 'tiny', backend: 'remote', parallel: 8, does: ['chat'] })
            : err({ code: 'backend/none-ready', task: 'write' }),
      },
      goFile: {
        read: () => this.disk,
        write: (text: string) => {
          this.disk = text
        },
      },
      storage: { transactionOf: () => this.record },
      adapters,
      clock: { nowMs: () => 1 },
      log: { log: () => undefined },
      facts: { modelsFolder: '/' },
      settings: { get: () => DEFAULT_SETTINGS },
      wallets: { active: () => ({ name: 'w', address: KEY, unlocked: true, watchOnly: false, hotkeys: this.hotkeys }) },
      network: { choice: () => ({ kind: 'practice' }), genesis: () => this.genesis, onChange: never },
      models: {
        list: async () => this.models(),
        download: async () => ok(null),
        downloadEnd: async () => undefined,
        onChange: never,
      },
      reach: {
        state: () => ({ asks: { own: this.own }, report: undefined }),
        check: async () => ok({ asks: { own: this.own }, report: undefined }),
      },
      tradePlans: { register: async () => ok(this.#plan(this.price)) },
      transactions: {
        prepare: async () => {
          this.did.push('prepare')
          this.meanwhile()
          return ok({
            preparedId: 'p',
            plan: this.#plan(this.preparedPrice ?? this.price, this.preparedShare ?? this.share),
          })
        },
        // As when it is killed there: what it says never comes.
        send: () => {
          this.did.push('send')
          return new Promise(() => undefined)
        },
        records: () => [],
        onChange: never,
      },
      mining: {
        status: () => ({ state: this.mined, steps: [] }),
        onStatus: never,
        start: async ({ modelId, backends }: { modelId?: string; backends?: boolean }) => {
          this.did.push(backends && modelId === undefined ? 'mine on servers' : 'mine')
          return err({ code: 'mining/port-taken', port: 1 })
        },
      },
    }
    return deps as unknown as OneClickDeps
  }
}

let place: Place
let go: OneClickService
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(setImmediate)
}
const asked = async (): Promise<void> => {
  await go.resume()
  await until(() => go.view().phase !== 'running')
}
beforeEach(() => {
  place = new Place()
  go = new OneClickService(place.deps())
})

describe('a place', () => {
  test('is asked about first, and nothing is even prepared before', async () => {
    await asked()
    expect([go.view().phase, go.view().terms?.place?.mostCost, place.did]).toEqual(['asking', 100n, []])
    expect(await go.confirm({ mostCost: rao(99n) })).toMatchObject({ error: { code: 'register/price-above-limit' } })
    expect(place.did).toEqual([])
  })

  test('that got dearer than what was agreed to is asked about again, whenever that is seen', async () => {
    await asked()
    place.price = 101n
    expect(await go.confirm({ mostCost: rao(100n) })).toMatchObject({ error: { code: 'register/price-above-limit' } })
    expect([go.view().phase, go.view().terms?.place?.mostCost, place.did]).toEqual(['asking', 101n, []])
    place.preparedPrice = 102n
    expect(await go.confirm({ mostCost: rao(101n) })).toMatchObject({ error: { code: 'register/price-above-limit' } })
    expect([go.view().phase, go.view().terms?.place?.mostCost, place.did]).toEqual(['asking', 102n, ['prepare']])
  })

  test('of which another part is bound than was agreed to is asked about again, however cheap, whenever that is seen', async () => {
    place.share = 9
    await asked()
    expect(go.view().terms?.place).toMatchObject({ collateral: { share: 9 }, mostBound: 50n })
    place.share = undefined
    place.price = 90n
    await go.confirm({ mostCost: rao(100n) })
    await until(() => go.view().phase !== 'running')
    expect([go.view().phase, go.view().terms?.place?.collateral, place.did]).toEqual(['asking', undefined, []])
    place.preparedShare = 9
    await go.confirm({ mostCost: rao(100n) })
    await until(() => go.view().phase !== 'running')
    expect([go.view().phase, go.view().terms?.place?.mostBound, place.did]).toEqual(['asking', 45n, ['prepare']])
    place.share = 9
    void go.confirm({ mostCost: rao(100n) })
    await until(() => place.did.includes('send'))
  })

  test('is not paid for where it was cancelled while it was prepared', async () => {
    await asked()
    place.meanwhile = () => void go.cancel()
    await go.confirm({ mostCost: rao(100n) })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect([go.view().phase, place.did]).toEqual(['stopped', ['prepare']])
  })
})

describe('killed while it was sent', () => {
  const killed = async (record: Partial<TransactionRecord> | undefined): Promise<void> => {
    await asked()
    void go.confirm({ mostCost: rao(100n) })
    await until(() => place.did.includes('send'))
    place.record = record && ({ genesis: CHAIN, ...record } as TransactionRecord)
    go = new OneClickService(place.deps())
    expect(go.view()).toMatchObject({ phase: 'stopped', sent: 'p' })
  }

  test('what may be on its way is waited for, and no other is sent', async () => {
    await killed({ stage: 'in-pool' })
    await go.resume()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(go.view()).toMatchObject({ phase: 'running', step: 'register', sent: 'p' })
    expect(await go.go({})).toMatchObject({ ok: false })
    await go.cancel()
    await go.dismiss()
    expect([go.view().sent, place.did]).toEqual(['p', ['prepare', 'send']])
  })

  test('what never left is asked about again', async () => {
    await killed(undefined)
    await asked()
    expect([go.view().phase, go.view().sent, place.did]).toEqual(['asking', undefined, ['prepare', 'send']])
  })

  test('what the chain refused, for its price or its limits, is no place, and is asked about again', async () => {
    const error = { code: 'chain/pool-refused', reason: 'too many registrations' } as const
    await killed({ stage: 'failed', error })
    await go.resume()
    await until(() => go.view().phase !== 'running')
    expect(go.view()).toMatchObject({ phase: 'failed', step: 'register', error })
    expect(go.view().sent).toBeUndefined()
    await asked()
    expect([go.view().phase, place.did]).toEqual(['asking', ['prepare', 'send']])
  })

  test('on another chain nothing of it goes on, and it is not forgotten', async () => {
    await killed({ stage: 'finalized', outcome: { block: 5, registeredUid: 3 } as TransactionRecord['outcome'] })
    place.genesis = '0xbb'
    await asked()
    expect(go.view()).toMatchObject({ phase: 'failed', error: { code: 'chain/not-connected' }, sent: 'p' })
    expect(place.did).toEqual(['prepare', 'send'])
    place.genesis = CHAIN
    await asked()
    expect([go.view().uid, place.did]).toEqual([3, ['prepare', 'send', 'mine']])
  })
})

/** Begun before, with another choice. */
const begunWith = (change: object): void => {
  const state = { ...BEGUN, choice: { ...CHOICE, ...change } }
  place.disk = JSON.stringify(z.encode(z.object({ state: goState, speeds: z.object({}) }), { state, speeds: {} }))
  go = new OneClickService(place.deps())
}

describe('a step under way', () => {
  const model = { id: 'm', name: 'M', fits: 'fits', sizeBytes: 2, downloadedBytes: 1 }

  test('is not begun over by whoever asks to go on', async () => {
    let measured = 0
    place.models = () => [{ ...model, state: 'ready' }]
    place.uid = 3
    place.meanwhile = () => {
      measured += 1
      if (measured === 1) void go.resume()
    }
    begunWith({ modelId: 'm', modelName: 'M' })
    await asked()
    expect([measured, go.view().phase, go.view().step, place.did]).toEqual([1, 'failed', 'serve', ['unload', 'mine']])
  })

  test('that meets what nobody thought of fails, and ends nothing else', async () => {
    let looks = 0
    place.models = () => {
      looks += 1
      if (looks === 3) throw new Error('the list is gone')
      return [{ ...model, state: looks > 2 ? 'downloading' : 'absent' }]
    }
    begunWith({ modelId: 'm', modelName: 'M' })
    await asked()
    expect(go.view()).toMatchObject({ phase: 'failed', step: 'download', error: { code: 'internal' } })
  })
})

describe('the check', () => {
  const byHand = { adapter: 'axon-chat', understood: true }

  test('stops at a sealed hotkey before a place is paid for that it could not serve from, and goes on once it is open', async () => {
    const sealed = { name: 'rig', address: CHOICE.hotkey, encrypted: true, unlocked: false }
    place.hotkeys = [sealed]
    await asked()
    const error = { code: 'keys/hotkey-locked', name: 'rig' }
    expect(go.view()).toMatchObject({ phase: 'failed', step: 'check', error })
    expect(place.did).toEqual([])
    place.hotkeys = [{ ...sealed, unlocked: true }]
    await asked()
    expect(go.view().phase).toBe('asking')
    // Locked again before the answer.
    place.hotkeys = [sealed]
    expect(await go.confirm({ mostCost: rao(100n) })).toEqual({ ok: false, error })
    expect(place.did).toEqual([])
  })

  test('says that the adapter expects the subnet only where it does', async () => {
    const identity = () => go.view().facts.find(({ about }) => about === 'identity')
    await asked()
    expect(identity()).toMatchObject({ kind: 'good', text: expect.stringContaining('as the adapter expects') })
    begunWith({ ...byHand, subnetName: 'What it was called' })
    await asked()
    expect(identity()).toMatchObject({
      kind: 'plain',
      text: 'The subnet names itself Practice chat. The adapter was made for no subnet.',
    })
  })

  test.each<[string, readonly Place['own'][number][], object]>([
    ['its own public one', [{ family: 4, address: '8.8.4.4' }], { phase: 'asking', endpoint: { publicIp: '8.8.4.4' } }],
    [
      'none where it has a private one',
      [{ family: 4, address: '192.168.1.2' }],
      { phase: 'failed', error: { code: 'mining/bad-address', reason: 'required' } },
    ],
    [
      'none where it has one of a tunnel to a private one',
      [
        { family: 4, address: '10.0.0.1' },
        { family: 6, address: '2002:c0a8:0102::1' },
      ],
      { phase: 'failed', error: { code: 'mining/bad-address' } },
    ],
  ])('where nobody outside says the address: %s', async (_what, own, view) => {
    place.own = own
    begunWith({ ...byHand, network: 'finney' })
    await asked()
    expect(go.view()).toMatchObject(view)
  })
})

test('where servers of one’s own compute, nothing is fetched, loaded or measured here; without them it ends before money', async () => {
  const choice = { ...CHOICE, modelId: 'backends', modelName: 'tiny' }
  place.disk = JSON.stringify(
    z.encode(z.object({ state: goState, speeds: z.object({}) }), { state: { ...BEGUN, choice }, speeds: {} }),
  )
  place.serversAnswer = false
  go = new OneClickService(place.deps())
  await asked()
  expect(go.view()).toMatchObject({ phase: 'failed', step: 'check', error: { code: 'backend/none-ready' } })
  place.serversAnswer = true
  place.uid = 3
  await asked()
  expect(go.view().marks).toMatchObject({ download: { state: 'skipped' }, benchmark: { state: 'skipped' } })
  expect(place.did).toEqual(['mine on servers'])
})

test('a measurement frees its model, but not that of a miner that was started meanwhile', async () => {
  const going = { signal: new AbortController().signal, tell: () => undefined }
  const speeds = { get: () => undefined, keep: () => undefined }
  const measure = () => benchmark(place.deps(), { choice: { ...CHOICE, modelId: 'm' } }, { ...going, speeds })
  await measure()
  expect(place.did).toEqual(['unload'])
  place.meanwhile = () => {
    place.mined = 'starting'
  }
  await measure()
  expect(place.did).toEqual(['unload'])
})
