import { afterEach, describe, expect, test } from 'vitest'
import type { CareSettings } from '../../shared/care/care-settings.ts'
import type { CareReadings } from '../../shared/care/readings.ts'
import { unknown } from '../../shared/care/readings.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { HoldReason } from '../../shared/mining/hold.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import type { LlmStatus } from '../llm/llm.port.ts'
import { CareService } from './care.service.ts'
import type { MiningRequest } from './mining-steps.ts'

const REQUEST: MiningRequest = {
  netuid: netuid(2),
  hotkey: ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
  modelId: 'self-test',
}
const CALM: CareReadings = {
  atMs: 0,
  gpus: unknown('nvidia-smi', 'no-tool'),
  processorC: unknown('hwmon', 'not-offered'),
  battery: unknown('the system', 'not-offered'),
  idleMs: unknown('the desktop', 'not-offered'),
  power: [],
}
const DIED: AppError = { code: 'mining/worker-died', worker: 'axon', reason: 'it ended' }

/** A miner, a clock and a computer that do as they are told. */
class Place {
  nowMs = 1_000_000
  readings: Partial<CareReadings> = {}
  settings: Settings = DEFAULT_SETTINGS
  starts: MiningRequest[] = []
  held: readonly HoldReason[] = []
  refuses: AppError | undefined
  genesis: string | undefined = '0xaa'
  #state: MiningStatus['state'] = 'off'
  #error: AppError | undefined
  #request: MiningRequest | undefined
  readonly #miner = new Set<() => void>()
  readonly #llm = new Set<(status: LlmStatus) => void>()
  readonly #deaths = new Set<(reason: string) => void>()
  /** Places whose address was taken back. */
  readonly left: unknown[] = []
  #timers: { atMs: number; everyMs?: number; run: () => void }[] = []
  readonly care: CareService

  constructor() {
    this.care = new CareService({
      care: {
        read: async () => ({ ...this.read(), atMs: this.nowMs }),
        idleMs: async () => this.read().idleMs,
        energyDays: async () => [],
        saveEnergyDays: async () => true,
      },
      mining: {
        status: () =>
          ({
            state: this.#state,
            startedBy: this.#request?.startedBy ?? 'hand',
            ...(this.#error ? { error: this.#error } : {}),
          }) as MiningStatus,
        request: () => this.#request,
        onStatus: (listener) => {
          this.#miner.add(listener)
          return () => this.#miner.delete(listener)
        },
        start: (request) => this.begin(request),
        stop: async () => {
          this.become('stopping')
          this.become('off')
          return ok({} as MiningStatus)
        },
        hold: (reasons) => {
          this.held = reasons
        },
      },
      llm: {
        onStatus: (listener) => {
          this.#llm.add(listener)
          return () => this.#llm.delete(listener)
        },
      },
      axon: {
        onDeath: (listener) => {
          this.#deaths.add(listener)
          return () => this.#deaths.delete(listener)
        },
      },
      leave: async (place) => void this.left.push(place),
      announcedAt: () => (this.#state === 'mining' && this.#request ? this.#request : undefined),
      network: { choice: () => ({ kind: 'practice' }), genesis: () => this.genesis },
      settings: {
        get: () => this.settings,
        remember: (change) => {
          this.settings = { ...this.settings, ...change }
          return this.settings
        },
      },
      clock: {
        nowMs: () => this.nowMs,
        after: (delayMs, run) => this.#timer({ atMs: this.nowMs + delayMs, run }),
        every: (everyMs, run) => this.#timer({ atMs: this.nowMs + everyMs, everyMs, run }),
      },
      log: { log: () => undefined },
    })
  }

  /** A known reading is of now. */
  read(): CareReadings {
    const all = { ...CALM, ...this.readings }
    const { idleMs } = all
    return { ...all, idleMs: idleMs.state === 'known' ? { ...idleMs, atMs: this.nowMs } : idleMs }
  }

  #timer(timer: { atMs: number; everyMs?: number; run: () => void }): () => void {
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  /** Lets time pass, second by second, with all that happens in it. */
  async pass(seconds: number): Promise<void> {
    for (let i = 0; i < seconds * 2; i++) {
      this.nowMs += 500
      for (const timer of this.#timers.filter(({ atMs }) => atMs <= this.nowMs)) {
        if (timer.everyMs === undefined) this.#timers = this.#timers.filter((one) => one !== timer)
        else timer.atMs += timer.everyMs
        timer.run()
      }
      await new Promise(setImmediate)
    }
  }

  become(state: MiningStatus['state'], error?: AppError): void {
    this.#state = state
    this.#error = error
    for (const listener of this.#miner) listener()
  }

  async begin(request: MiningRequest): Promise<Result<MiningStatus, AppError>> {
    this.starts.push(request)
    this.#request = request
    this.become('starting')
    if (this.refuses) {
      this.become('failed', this.refuses)
      return err(this.refuses)
    }
    this.become('mining')
    return ok({} as MiningStatus)
  }

  /** The request server's process ends; it is back within the second unless `forGood`. */
  serverDies(forGood: boolean): void {
    for (const listener of this.#deaths) listener('it ended')
    if (forGood && this.#state === 'mining') this.become('failed', DIED)
  }

  llm(status: Partial<LlmStatus>): void {
    for (const listener of this.#llm) listener({ state: 'ready', busy: 0, ...status })
  }
}

let place: Place
async function running(settings: Partial<CareSettings> = {}): Promise<Place> {
  place = new Place()
  place.care.start(true)
  await place.care.set(settings)
  await place.begin(REQUEST)
  await place.pass(2)
  return place
}
afterEach(() => place.care.close())

const idle = (value: number) => ({ state: 'known', value, source: 'the desktop', atMs: 0 }) as const

describe('restarts', () => {
  test('a miner whose server died is started again after waits that double; the fifth death is the last', async () => {
    const { care } = await running()
    for (const [death, waitS] of [0.5, 1, 2, 4].entries()) {
      place.serverDies(true)
      await place.pass(waitS - 0.5)
      expect(place.starts).toHaveLength(death + 1)
      await place.pass(0.5)
      expect(place.starts).toHaveLength(death + 2)
    }
    place.serverDies(true)
    expect(care.state().restarts).toMatchObject({ gaveUpAtMs: place.nowMs })
    await place.pass(7_200)
    expect(place.starts).toHaveLength(5)
    // A hand has looked.
    await place.begin(REQUEST)
    expect(care.state().restarts).toEqual({ deaths: [] })
  })

  test('deaths of the model’s process count, too; ends that were asked for do not', async () => {
    const { care } = await running()
    const error = { code: 'mining/worker-died', worker: 'llm', reason: 'the process ended' } as const
    place.llm({ pid: 7 })
    place.llm({ state: 'off' })
    expect(care.state().restarts.deaths).toEqual([])
    for (let pid = 10; pid < 15; pid++) {
      expect(place.care.state().restarts.gaveUpAtMs).toBeUndefined()
      place.llm({ pid })
      place.llm({ state: 'loading', error })
      place.llm({ state: 'loading', error })
    }
    expect(care.state().restarts.deaths).toHaveLength(5)
    await place.pass(60)
    expect(place.starts).toHaveLength(1)
    expect(care.state().restarts.gaveUpAtMs).toBeDefined()
  })

  test('deaths of the request server that heal by themselves count, too: of one each minute, the fifth ends it', async () => {
    const { care } = await running()
    for (let death = 1; death <= 4; death++) {
      place.serverDies(false)
      await place.pass(70)
      expect(care.state().restarts).toMatchObject({ deaths: { length: death } })
    }
    expect([place.starts.length, place.left]).toEqual([1, []])
    place.serverDies(false)
    await place.pass(7_200)
    expect(care.state().restarts.gaveUpAtMs).toBeDefined()
    expect([place.starts.length, place.left.length]).toEqual([1, 1])
    place.serverDies(false)
    expect(care.state().restarts.deaths).toHaveLength(5)
  })

  test('what is not a death is left to the person who started it', async () => {
    await running()
    place.become('failed', { code: 'chain/not-connected' })
    await place.pass(3_600)
    expect(place.starts).toHaveLength(1)
  })

  test('who stops it by hand while it waits is minded', async () => {
    await running()
    place.become('failed', DIED)
    place.become('off')
    await place.pass(60)
    expect(place.starts).toHaveLength(1)
  })
})

test('on another chain it is neither brought back nor begun by rule, also where the network has the same name', async () => {
  await running({ startsByRule: false })
  place.become('failed', DIED)
  place.genesis = '0xbb'
  await place.pass(120)
  expect(place.starts).toHaveLength(1)
  place.become('off')
  expect(await place.care.set({ startsByRule: true })).toMatchObject({ error: { code: 'mining/nothing-confirmed' } })
})

test('a miner that died while its node did not answer is brought back', async () => {
  await running()
  place.genesis = undefined
  place.become('failed', DIED)
  await place.pass(1)
  expect(place.starts).toHaveLength(2)
})

describe('rules', () => {
  test('input holds at once, and absence lets go on', async () => {
    await running()
    place.readings = { idleMs: idle(900_000) }
    expect((await place.care.set({ idleAfterMs: 300_000 })).ok).toBe(true)
    await place.pass(6)
    expect(place.held).toEqual([])
    place.readings = { idleMs: idle(200) }
    await place.pass(1)
    expect(place.held).toMatchObject([{ kind: 'in-use', waitMs: 300_000 }])
    place.readings = { idleMs: idle(300_000) }
    await place.pass(1)
    expect(place.held).toEqual([])
  })

  test('what a rule cannot begin is tried again after waits that double, and never more often', async () => {
    const { care } = await running({})
    await care.set({ startsByRule: true })
    expect(care.state().choice).toEqual({ network: 'practice', genesis: '0xaa', ...REQUEST })
    // A person stops it; the schedule begins a new turn.
    place.become('off')
    await place.pass(60)
    expect(care.state().rule).toEqual({ state: 'stood-down' })
    place.refuses = { code: 'mining/not-registered', netuid: REQUEST.netuid, hotkey: REQUEST.hotkey }
    place.readings = { idleMs: idle(0) }
    await care.set({ idleAfterMs: 60_000 })
    await place.pass(40)
    place.readings = { idleMs: idle(60_000) }
    await place.pass(40)
    expect(place.starts.at(-1)).toMatchObject({ ...REQUEST, startedBy: 'rule' })
    expect(care.state().rule).toMatchObject({ state: 'refused', error: { code: 'mining/not-registered' } })
    const first = place.starts.length
    await place.pass(400)
    expect(place.starts.length - first).toBeLessThanOrEqual(3)
    place.refuses = undefined
    await place.pass(900)
    expect(care.state().rule).toEqual({ state: 'runs' })
  })

  test('a host that answers one question starts nothing', async () => {
    place = new Place()
    const { hotkey, netuid: on, modelId } = REQUEST
    const choice = { network: 'practice', genesis: '0xaa', netuid: on, hotkey, modelId } as const
    place.settings = { ...place.settings, minerChoice: choice }
    place.care.start(false)
    await place.care.set({ startsByRule: true })
    await place.pass(120)
    expect(place.starts).toEqual([])
    expect(place.care.state().rule).toEqual({ state: 'waits' })
  })
})

test('refuses rules that cannot be kept, and changes nothing then', async () => {
  await running()
  const before = place.care.settings()
  const refusals = [{ schedule: [] }, { idleAfterMs: 1 }, { idleAfterMs: 300_000 }]
  for (const change of refusals) expect((await place.care.set(change)).ok).toBe(false)
  expect(place.care.settings()).toEqual(before)
  place.settings = DEFAULT_SETTINGS
  expect(await place.care.set({ startsByRule: true })).toMatchObject({ error: { code: 'mining/nothing-confirmed' } })
})
