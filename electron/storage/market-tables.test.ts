import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MarketPoint } from '../../shared/subnets/market.ts'
import { alpha, netuid, rao, raoPerAlpha, U64_MAX } from '../../shared/units/amounts.ts'
import { first } from './migrations/0001-first.ts'
import { addresses } from './migrations/0002-addresses.ts'
import { accounts } from './migrations/0003-accounts.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import type { StoragePort } from './storage.port.ts'

const GENESIS = `0x${'2f'.repeat(32)}`
let folder: string
let storage: StoragePort
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-markets-'))
  storage = sqliteStorage(folder)
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true })
})

const point = (id: number, price?: bigint): MarketPoint => ({
  netuid: netuid(id),
  ...(price === undefined ? {} : { price: raoPerAlpha(price) }),
  taoReserve: rao(U64_MAX),
  alphaReserve: alpha(2n),
  alphaOutside: alpha(3n),
  volume: U64_MAX * 3n,
})
const look = (block: number, ids: readonly number[] = [1, 2], whole = true) =>
  storage.recordMarket(
    GENESIS,
    { block, atMs: block * 1000, whole },
    ids.map((id) => point(id, BigInt(block))),
  )
const blocksOf = (id: number) => storage.marketSamples(GENESIS, netuid(id), 0).map(({ block }) => block)

describe('what was recorded of the market', () => {
  test('comes back to the unit after a restart, unknown prices as unknown, per chain', () => {
    storage.recordMarket(GENESIS, { block: 7, atMs: 8, whole: true }, [point(1, U64_MAX), point(2)])
    storage.close()
    storage = sqliteStorage(folder)
    expect(storage.marketAt(GENESIS, 7)).toEqual([point(1, U64_MAX), point(2)])
    const { netuid: _of, ...state } = point(2)
    expect(storage.marketSamples(GENESIS, netuid(2), 0)).toEqual([{ ...state, block: 7, atMs: 8 }])
    expect(storage.lastMarketMoment(GENESIS)).toEqual({ block: 7, atMs: 8 })
    expect(storage.marketAt('0x00', 7)).toEqual([])
    expect(storage.lastMarketMoment('0x00')).toBeUndefined()
  })

  test('a second look at a block changes nothing, and makes a part whole', () => {
    look(10, [1], false)
    expect(storage.lastMarketMoment(GENESIS)).toBeUndefined()
    storage.recordMarket(GENESIS, { block: 10, atMs: 99, whole: true }, [point(1, 5n), point(2, 5n)])
    expect(storage.marketAt(GENESIS, 10)).toEqual([point(1, 10n), point(2, 5n)])
    expect(storage.lastMarketMoment(GENESIS)).toEqual({ block: 10, atMs: 10_000 })
  })

  test('the nearest whole look is found on both sides of a time', () => {
    for (const block of [10, 20, 40]) look(block)
    look(29, [1], false)
    expect(storage.marketMomentNear(GENESIS, 0)?.block).toBe(10)
    expect(storage.marketMomentNear(GENESIS, 29_000)?.block).toBe(20)
    expect(storage.marketMomentNear(GENESIS, 31_000)?.block).toBe(40)
    expect(storage.marketMomentNear('0x00', 31_000)).toBeUndefined()
  })

  test('thinning keeps one look per span, whole ones first, and leaves the new ones alone', () => {
    for (const block of [100, 105, 110, 119, 120, 130]) look(block)
    look(101, [1], false)
    look(90, [1], false)
    look(95)
    storage.thinMarket(GENESIS, { olderThan: 120, every: 10 })
    expect(blocksOf(1)).toEqual([95, 100, 110, 120, 130])
    expect(blocksOf(2)).toEqual([95, 100, 110, 120, 130])
    storage.thinMarket(GENESIS, { olderThan: 120, every: 10 })
    expect(blocksOf(1)).toEqual([95, 100, 110, 120, 130])
  })

  test('a chain that began again forgets what came later', () => {
    for (const block of [10, 20, 30]) look(block)
    storage.forgetMarketAfter(GENESIS, 20)
    expect(blocksOf(1)).toEqual([10, 20])
    expect(storage.lastMarketMoment(GENESIS)?.block).toBe(20)
  })
})

test('favourites are kept per chain, once', () => {
  storage.setFavouriteSubnet(GENESIS, netuid(8), true)
  storage.setFavouriteSubnet(GENESIS, netuid(8), true)
  storage.setFavouriteSubnet(GENESIS, netuid(3), true)
  expect(storage.favouriteSubnets(GENESIS)).toEqual([3, 8])
  expect(storage.favouriteSubnets('0x00')).toEqual([])
  storage.setFavouriteSubnet(GENESIS, netuid(8), false)
  expect(storage.favouriteSubnets(GENESIS)).toEqual([3])
})

test('a file of the third version gets the tables, and keeps what it had', () => {
  storage.close()
  rmSync(join(folder, 'taoforge.sqlite'))
  const old = new Database(join(folder, 'taoforge.sqlite'))
  for (const step of [first, addresses, accounts]) old.exec(step)
  old.exec(`insert into settings values (1, '{"theme":"dark"}')`)
  old.pragma('user_version = 3')
  old.close()
  storage = sqliteStorage(folder)
  expect(storage.settings().theme).toBe('dark')
  look(10)
  expect(blocksOf(1)).toEqual([10])
})
