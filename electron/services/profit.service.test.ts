import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PowerPoint } from '../../shared/care/power.ts'
import type { FiatView } from '../../shared/contract/fiat.contract.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { HoldReason } from '../../shared/mining/hold.ts'
import type { ProfitSlot } from '../../shared/profit/profit-slot.ts'
import type { ProfitView } from '../../shared/profit/profit-view.ts'
import { ok } from '../../shared/result.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { type Pause, type ProfitDeps, ProfitService } from './profit.service.ts'

const COLDKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const genesis = `0x${'22'.repeat(32)}`
const MINUTE = 60_000
const EUR = 1_000_000_000n
/** Noon of the computer that tests, so that a few hours stay within a day. */
const NOON = new Date(2026, 10, 18, 12).getTime()
const NO_PLACE = { emission: 0n, incentive: 0, permit: false, ownersOwn: false }

/** A computer that mines, a chain that pays, and a clock. */
class Place {
  nowMs = NOON
  state: MiningStatus['state'] = 'mining'
  points: PowerPoint[] = []
  held: readonly HoldReason[] = []
  fiat: FiatView = { worthless: false, stale: false }
  /** rao for a whole alpha, at which a sale goes. */
  sells = 20_000_000n
  readonly storage: StoragePort
  readonly #timers: { everyMs: number; atMs: number; run: () => void }[] = []
  readonly #statuses = new Set<() => void>()
  #block = 1_000
  /** Absent: the node did not tell. */
  blockMs: number | undefined

  constructor(folder: string) {
    const slots = new Map<number, ProfitSlot>()
    this.storage = {
      ...sqliteStorage(folder),
      // Booked each minute: a disk that is waited for each time would take seconds of the test.
      putProfitSlots: (_genesis, put) => {
        for (const slot of put) slots.set(slot.atMs, slot)
      },
      profitSlots: (_genesis, fromMs) =>
        [...slots.values()].filter(({ atMs }) => atMs >= fromMs).sort((a, b) => a.atMs - b.atMs),
    }
  }

  service(): ProfitService {
    const service = new ProfitService({
      storage: this.storage,
      chain: {
        // The cast: only the block time is asked for.
        state: () => ({ state: 'ready', facts: { blockMs: this.blockMs } }) as ReturnType<ProfitDeps['chain']['state']>,
        registrationFacts: async (id) =>
          ok({
            netuid: id,
            block: this.#block + 7_200,
            price: rao(1n),
            rules: { minPrice: rao(1n), maxPrice: rao(9n), halfLife: 1, increasePpm: 1 },
            open: true,
            tempo: 360,
            lastEpochBlock: 1,
            most: 256,
            immunityBlocks: 7_200,
            minNonImmune: 1,
            places: [
              { ...NO_PLACE, uid: 0, hotkey: COLDKEY, registeredAt: this.#block - 5_000 },
              { ...NO_PLACE, uid: 1, hotkey: HOTKEY, registeredAt: 900 },
            ],
          }),
        daySales: async (_id, amounts) => ok(amounts.map((one) => rao((one * this.sells) / 1_000_000_000n))),
      },
      care: { power: () => ({ points: this.points, days: [] }) },
      mining: {
        status: () => ({ state: this.state, netuid: netuid(2), hotkey: HOTKEY }) as MiningStatus,
        onStatus: (listener) => {
          this.#statuses.add(listener)
          return () => this.#statuses.delete(listener)
        },
        hold: (reasons, by) => {
          if (by === 'profit') this.held = reasons
        },
      },
      network: { genesis: () => genesis, isPractice: () => false, onChange: () => () => undefined },
      // The cast: only who holds which hotkey is asked for.
      wallets: {
        state: () => ({ wallets: [{ address: COLDKEY, hotkeys: [{ address: HOTKEY }] }] }),
      } as unknown as ProfitDeps['wallets'],
      fiat: { view: () => this.fiat, watch: () => () => undefined },
      clock: {
        nowMs: () => this.nowMs,
        after: () => () => undefined,
        every: (everyMs, run) => {
          const timer = { everyMs, atMs: this.nowMs + everyMs, run }
          this.#timers.push(timer)
          return () => void this.#timers.splice(this.#timers.indexOf(timer), 1)
        },
      },
      log: { log: () => undefined },
    })
    service.start()
    return service
  }

  become(state: MiningStatus['state']): void {
    this.state = state
    for (const tell of this.#statuses) tell()
  }

  /** Minutes of mining at so many watts; an epoch ends every twelve of them. */
  async mine(minutes: number, watts: number | undefined, alphaPerEpoch = 0n): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      const use = this.state !== 'mining' ? 'off' : this.held.length > 0 ? 'held' : 'mining'
      const drawn = use === 'mining' || watts === undefined ? watts : 50
      this.points.push({ atMs: this.nowMs, partial: false, use, ...(drawn === undefined ? {} : { watts: drawn }) })
      this.nowMs += MINUTE
      if (use === 'mining' && minute % 12 === 11) this.epoch(alphaPerEpoch)
      for (const timer of this.#timers)
        if (timer.atMs <= this.nowMs) {
          timer.atMs += timer.everyMs
          timer.run()
        }
      // A look asks the chain, which answers in later turns.
      for (let turn = 0; turn < 12; turn++) await Promise.resolve()
    }
  }

  epoch(mined: bigint): void {
    this.#block += 60
    const parts = {
      ...{ fromBlock: this.#block - 60, mined, validated: 0n, staked: 0n, ownerCut: 0n },
      ...{ unexplained: 0n, feeAlpha: 0n, feeTao: 0n },
    }
    const row = {
      ...{ genesis, coldkey: COLDKEY, hotkey: HOTKEY, netuid: netuid(2), epochBlock: this.#block },
      ...{
        stakeBefore: alpha(0n),
        stakeAfter: alpha(mined),
        flows: 0n,
        earned: mined,
        price: raoPerAlpha(21_000_000n),
      },
      ...{ source: 'mined' as const, uid: 1, epochs: 1, atMs: this.nowMs - 1, parts },
    }
    this.storage.bookEpochs({ genesis, coldkey: COLDKEY, rows: [row], marks: [], throughBlock: this.#block })
  }

  view(service: ProfitService): Promise<ProfitView> {
    return new Promise((done) => {
      const gone = new AbortController()
      service.view.watch(({ data }) => {
        if (!data) return
        gone.abort()
        done(data)
      }, gone.signal)
    })
  }
}

let folder = ''
let place: Place
let service: ProfitService
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-profit-'))
  place = new Place(folder)
  service = place.service()
})
afterEach(() => {
  service.close()
  place.storage.close()
  rmSync(folder, { recursive: true, force: true })
})

const TARIFF = { nanosPerKwh: (3n * EUR) / 10n, bands: [] }
const RULE = { pauseAfterHours: 1, wakeAfterHours: 0.25, leastPauseHours: 0.5, marginPercent: 10 }
const kinds = () => place.held.map(({ kind }) => kind)

test('before anything was mined there is no result, and nothing is asked of the chain for it', async () => {
  expect(await place.view(service)).toMatchObject({ price: { by: 'nobody', why: 'off' }, rule: { state: 'off' } })
  expect((await place.view(service)).result).toBeUndefined()
})

test('what was measured, earned and paid makes a result, also after a restart', async () => {
  const registration = {
    account: COLDKEY,
    block: 900,
    kind: 'registration' as const,
    netuid: netuid(2),
    hotkey: HOTKEY,
    alpha: 0n,
  }
  const paid = { ...registration, slot: 1, tao: -500_000_000n, extrinsic: 3, atMs: 5 }
  const fee = { ...paid, kind: 'fee' as const, slot: 2, tao: -100n, feeTao: 100n }
  place.storage.recordBlock(
    genesis,
    { number: 900, hash: '0x9', parentHash: '0x8', atMs: 5, entries: [paid, fee] },
    { accounts: [COLDKEY], openings: [] },
  )
  await place.mine(60, 400, 100_000_000n)
  expect(
    service.set({ tariff: TARIFF, nanosPerTao: 300n * EUR, hardware: { priceNanos: 0n, resaleNanos: 0n, lifeDays: 1 } })
      .ok,
  ).toBe(true)
  service.close()
  service = place.service()
  await place.mine(60, 400, 100_000_000n)
  const { result, settings } = await place.view(service)
  expect(settings.nanosPerTao).toBe(300n * EUR)
  // Two hours: ten epochs of 0.1 alpha; the first and the last minute of each run have one point only.
  expect(result?.miningMs).toBe(116 * MINUTE)
  expect(result?.incomes).toMatchObject([{ netuid: 2, epochs: 10, worth: { by: 'sale' } }])
  expect(result?.incomes[0]?.alphaPerDay.amount).toBe(12_000_000_000n)
  expect(result?.places).toMatchObject([{ paidRao: 500_000_100n, paidBy: 'ledger' }])
  // Blocks are the chain's, days the clock's: on a chain that is twelve times as fast it was kept a twelfth as long.
  const keptDays = result?.places[0]?.keptDays ?? 0
  place.blockMs = 1_000
  expect((await place.view(service)).result?.places[0]?.keptDays).toBeCloseTo(keptDays / 12, 6)
  expect(result).toMatchObject({ verdict: 'earns', atMost: false })
  expect(result?.days.map(({ whole }) => whole)).toEqual([false])
})

test('a rule pauses when power costs more than mining brings, says so, and goes on when the price is there', async () => {
  const pauses: Pause[] = []
  service.onPause((pause) => pauses.push(pause))
  service.set({ tariff: TARIFF, nanosPerTao: 300n * EUR, rule: RULE, power: { by: 'measured', idleWatts: 50 } })
  // An hour: 0.05 alpha, 0.001 TAO, 0.30 €; power beyond rest 0.105 €.
  await place.mine(120, 400, 10_000_000n)
  expect(kinds()).toEqual([])
  expect((await place.view(service)).rule).toMatchObject({ state: 'watches', says: 'brings' })
  service.set({ tariff: { nanosPerKwh: 2n * EUR, bands: [] } })
  await place.mine(55, 400, 10_000_000n)
  expect(kinds()).toEqual([])
  await place.mine(10, 400, 10_000_000n)
  expect(place.held).toMatchObject([
    { kind: 'no-profit', why: expect.stringContaining('an hour of mining brings 0.2') },
  ])
  const paused = await place.view(service)
  expect(paused.rule).toMatchObject({ state: 'paused', says: 'costs' })
  // Nothing is earned meanwhile: what it brought before counts, at the price of now.
  await place.mine(60, 400)
  expect(kinds()).toEqual(['no-profit'])
  place.sells *= 4n
  await place.mine(25, 400)
  expect(kinds()).toEqual([])
  expect(pauses).toMatchObject([{ netuid: 2, why: expect.stringMatching(/brings .* costs 0\.70 EUR\.$/) }])
  expect((await place.view(service)).result?.heldMs).toBeGreaterThan(80 * MINUTE)
})

test('a pause belongs to its run, and a person may end it', async () => {
  service.set({
    tariff: { nanosPerKwh: 9n * EUR, bands: [] },
    nanosPerTao: EUR,
    rule: RULE,
    power: { by: 'said', watts: 400, idleWatts: 50 },
  })
  await place.mine(110, undefined, 10_000_000n)
  expect(kinds()).toEqual(['no-profit'])
  expect(service.goOn()).toEqual({ ok: true, value: { wasPaused: true } })
  expect(kinds()).toEqual([])
  expect(service.goOn()).toEqual({ ok: true, value: { wasPaused: false } })
  await place.mine(50, undefined, 10_000_000n)
  expect(kinds()).toEqual([])
  await place.mine(20, undefined, 10_000_000n)
  expect(kinds()).toEqual(['no-profit'])
  place.become('off')
  expect(kinds()).toEqual([])
  expect((await place.view(service)).rule.state).toBe('no-miner')
})

test('what is unknown neither pauses nor wakes: it says what is missing', async () => {
  service.set({ rule: RULE, nanosPerTao: EUR })
  await place.mine(30, 400)
  expect((await place.view(service)).rule).toMatchObject({ state: 'blind', blind: 'no-tariff' })
  service.set({ tariff: TARIFF, nanosPerTao: null })
  await place.mine(2, 400)
  expect((await place.view(service)).rule).toMatchObject({ state: 'blind', blind: 'no-price' })
  place.fiat = { ...place.fiat, source: { currency: 'USD', url: 'https://a.example', path: 'a' } }
  expect((await place.view(service)).price).toEqual({ by: 'nobody', why: 'other-currency', currency: 'USD' })
  place.fiat = {
    ...place.fiat,
    source: { currency: 'EUR', url: 'https://a.example', path: 'a' },
    price: { nanosPerTao: EUR, atMs: place.nowMs, host: 'a.example' },
  }
  await place.mine(2, 400)
  expect((await place.view(service)).rule).toMatchObject({ state: 'blind', blind: 'no-watts' })
  await place.mine(200, 400)
  expect(kinds()).toEqual([])
})

test('a miner that got nothing has no rows, and its epochs count as nothing earned', async () => {
  await place.mine(300, 400)
  // The books of the test have a row for each epoch; without them:
  const empty = new Place(mkdtempSync(join(folder, 'empty-')))
  const other = empty.service()
  other.set({ tariff: TARIFF, nanosPerTao: EUR })
  empty.epoch = () => undefined
  await empty.mine(300, 400)
  const { result } = await empty.view(other)
  expect(result?.incomes).toMatchObject([{ epochs: 4, alphaPerDay: { amount: 0n, error: 0n } }])
  expect(result?.verdict).toBe('costs')
  other.close()
  empty.storage.close()
})

test('a place without rows is unknown where a part of the time was not looked at', async () => {
  const empty = new Place(mkdtempSync(join(folder, 'gap-')))
  const other = empty.service()
  other.set({ tariff: TARIFF, nanosPerTao: EUR, rule: RULE, power: { by: 'measured', idleWatts: 50 } })
  empty.epoch = () => undefined
  // The chain of the test stands at block 8,200.
  empty.storage.earningsGaps = () => [{ fromBlock: 8_150, throughBlock: 8_190, marks: [] }]
  await empty.mine(300, 400)
  expect((await empty.view(other)).result).toMatchObject({ verdict: 'unknown', incomes: [] })
  expect(empty.held).toEqual([])
  other.close()
  empty.storage.close()
})

test('a price of yesterday neither pauses nor wakes', async () => {
  service.set({ tariff: { nanosPerKwh: 9n * EUR, bands: [] }, rule: RULE, power: { by: 'measured', idleWatts: 50 } })
  place.fiat = {
    ...{ worthless: false, stale: true },
    source: { currency: 'EUR', url: 'https://a.example', path: 'a' },
    price: { nanosPerTao: EUR, atMs: place.nowMs, host: 'a.example' },
  }
  await place.mine(200, 400, 10_000_000n)
  expect(kinds()).toEqual([])
  expect((await place.view(service)).rule).toMatchObject({ state: 'blind', blind: 'no-price' })
  place.fiat = { ...place.fiat, stale: false }
  await place.mine(70, 400, 10_000_000n)
  expect(kinds()).toEqual(['no-profit'])
})

test('settings that cannot be are refused, and nothing is changed', () => {
  expect(service.set({ currency: 'euro' })).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
  expect(service.settings().currency).toBe('EUR')
})
