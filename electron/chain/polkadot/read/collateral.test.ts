import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { netuid, ss58 } from '../../../../shared/units/amounts.ts'
import { Runtime } from '../runtime/runtime.ts'
import { BOND_ITEMS, bondAsks, bondOf, COLLATERAL_ITEMS, collateralAsks, collateralOf } from './collateral.ts'

const SUBNET = netuid(7)
const runtimeWith = (...items: readonly string[]) => ({
  has: ({ storage = [] }: { readonly storage?: readonly string[] }) => storage.every((item) => items.includes(item)),
})
const { share, frees } = COLLATERAL_ITEMS
const BOTH = collateralAsks(runtimeWith(share, frees), SUBNET)
/** 1.5 as U64F64. */
const HALF_MORE = { bits: 3n << 63n }

describe('collateral', () => {
  test('is asked for by the names that the runtime has', () => {
    expect(BOTH).toEqual([
      [share, SUBNET],
      [frees, SUBNET],
    ])
    expect(collateralAsks(runtimeWith(share), SUBNET)).toEqual([[share, SUBNET]])
    expect(collateralAsks(runtimeWith(frees), SUBNET)).toEqual([])
  })

  test('is what the chain says', () => {
    expect(collateralOf(BOTH, [32_768, HALF_MORE])).toEqual({ share: 32_768, freesPpm: 1_500_000 })
    expect(collateralOf(BOTH, [0, HALF_MORE])).toMatchObject({ share: 0 })
    expect(collateralOf(BOTH.slice(0, 1), [5])).toEqual({ share: 5, freesPpm: undefined })
  })

  test('is unknown, and never none, where it is something else', () => {
    expect(collateralOf([], [])).toBeUndefined()
    for (const value of [undefined, null, '1', -1, 65_536, 0.5, 5n])
      expect(collateralOf(BOTH, [value, HALF_MORE])).toBeUndefined()
  })

  test('frees at an unknown rate where that is something else', () => {
    for (const rate of [undefined, 3, { bits: true }, { bits: 1n << 127n }])
      expect(collateralOf(BOTH, [9, rate])).toEqual({ share: 9, freesPpm: undefined })
  })
})

describe('what stands from an earlier place', () => {
  const KEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
  const position = { netuid: SUBNET, hotkey: KEY, coldkey: KEY }
  const asks = bondAsks(runtimeWith(share, ...Object.values(BOND_ITEMS)), position)
  /** A quarter of a TAO per alpha, as I96F32. */
  const SLOW = { bits: 1n << 30n }

  test('is asked for where the runtime has all that it takes', () => {
    expect(asks.map(([item]) => item)).toEqual(Object.values(BOND_ITEMS))
    expect(bondAsks(runtimeWith(...Object.values(BOND_ITEMS)), position)).toEqual([])
    expect(bondAsks(runtimeWith(share, BOND_ITEMS.bond), position)).toEqual([])
  })

  test('counts at the slow price, one to one on a stable subnet, and is nothing where nothing is stored', () => {
    expect(bondOf(asks, [{ locked: 4_003n }, SLOW, 1])).toEqual({ alpha: 4_003n, worth: 1_000n })
    expect(bondOf(asks, [{ locked: 4_003n }, SLOW, 0])).toEqual({ alpha: 4_003n, worth: 4_003n })
    expect(bondOf(asks, [undefined, SLOW, 1])).toEqual({ alpha: 0n, worth: 0n })
  })

  test('is unknown, and never none, where it is something else', () => {
    expect(bondOf([], [])).toBeUndefined()
    for (const values of [
      [{ held: 1n }, SLOW, 1],
      [{ locked: 1n }, 5, 1],
      [{ locked: 1n }, SLOW, '1'],
      [7n, SLOW, 1],
    ])
      expect(bondOf(asks, values)).toBeUndefined()
  })
})

const folder = new URL('../../../../../shared/data/metadata/', import.meta.url)
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.scale')) : []
if (files.length === 0) process.stderr.write(`SKIPPED: real metadata is not there (${folder.pathname})\n`)

test.skipIf(files.length === 0).each(files)('%s knows none, so that nothing is asked for and it is unknown', (file) => {
  const bytes = readFileSync(new URL(file, folder))
  const runtime = new Runtime(new Uint8Array(bytes.subarray(bytes.indexOf('meta'))))
  expect(collateralAsks(runtime, SUBNET)).toEqual([])
  expect(collateralOf([], [])).toBeUndefined()
})
