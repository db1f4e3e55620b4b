import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { netuid } from '../../shared/units/amounts.ts'
import { COLDKEY, EUR, GENESIS, HOTKEY, MINUTE, ProfitPlace } from '../../test/support/profit-place.ts'
import type { Pause, ProfitService } from './profit.service.ts'

let folder = ''
let place: ProfitPlace
let service: ProfitService
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-profit-'))
  place = new ProfitPlace(folder)
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

test('without a chain nothing is reckoned, and what is taken for given is there and can be set', async () => {
  place.genesis = undefined
  expect(service.set({ tariff: TARIFF }).ok).toBe(true)
  const view = await place.view(service)
  expect(view).toMatchObject({ offline: true, settings: { tariff: TARIFF }, rule: { state: 'off' } })
  expect(view.result).toBeUndefined()
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
    GENESIS,
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
  const empty = new ProfitPlace(mkdtempSync(join(folder, 'empty-')))
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
  const empty = new ProfitPlace(mkdtempSync(join(folder, 'gap-')))
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
