import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ss58 } from '../../../../shared/units/amounts.ts'
import { Runtime } from '../runtime/runtime.ts'
import { addressOf } from '../scale/address.ts'
import type { ChainEvent } from '../tx/events.ts'
import { factsOf, LEDGER_EVENTS } from './ledger-facts.ts'

const ME = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const OTHER = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
/** `modl` + `subtensr` + netuid 2: the account of a subnet's pool. */
const POOL = addressOf(Uint8Array.from(Buffer.from('modlsubtensr\u0002'.padEnd(32, '\0'))))
const event = (name: string, value: unknown, extrinsic = 1): ChainEvent => ({ extrinsic, name, value })

describe('facts for the ledger', () => {
  test('moves name where from and where to, whatever the order of their fields', () => {
    const facts = factsOf([
      event('SubtensorModule.StakeMoved', [ME, HOT, 3, OTHER, 4, 7n]),
      event('SubtensorModule.StakeTransferred', [ME, OTHER, HOT, 3, 3, 7n]),
      event('SubtensorModule.StakeSwapped', [ME, HOT, 3, 4, 7n]),
    ])
    expect(facts).toMatchObject([
      { what: 'stake-moved', coldkey: ME, toColdkey: ME, netuid: 3, toNetuid: 4, tao: 7n, index: 0 },
      { what: 'stake-moved', coldkey: ME, toColdkey: OTHER, netuid: 3, toNetuid: 3, index: 1 },
      { what: 'stake-moved', coldkey: ME, toColdkey: ME, netuid: 3, toNetuid: 4, index: 2 },
    ])
  })

  test('a balance that grew or fell has its sign, and events of no concern are left out', () => {
    const facts = factsOf([
      event('System.ExtrinsicSuccess', {}),
      event('Balances.Withdraw', { who: ME, amount: 5n }),
      event('Balances.Deposit', { who: ME, amount: 2n }),
      event('Balances.DustLost', { account: ME, amount: 1n }),
    ])
    expect(facts).toEqual([
      { what: 'balance', who: ME, tao: -5n, index: 1, extrinsic: 1 },
      { what: 'balance', who: ME, tao: 2n, index: 2, extrinsic: 1 },
      { what: 'balance', who: ME, tao: -1n, index: 3, extrinsic: 1 },
    ])
  })

  test('a part in a trade is told from a payment by the account of the pool', () => {
    const paid = (from: string, to: string) => event('Balances.Transfer', { from, to, amount: 5n })
    const facts = factsOf([paid(ME, POOL), paid(POOL, ME), paid(ME, OTHER)])
    expect(facts).toMatchObject([{ system: true }, { system: true, pool: 2 }, { system: false }])
    expect(facts[0]).not.toHaveProperty('pool')
    expect(factsOf([event('SubtensorModule.NetworkRemoved', 2)])).toMatchObject([{ what: 'subnet-removed', netuid: 2 }])
  })

  test('a known event whose fields changed is refused', () => {
    expect(() => factsOf([event('SubtensorModule.StakeAdded', [ME, HOT])])).toThrow()
    expect(() => factsOf([event('Balances.Withdraw', { who: ME })])).toThrow()
  })
})

// Real metadata lies beside the repository, not in it: without it these tests cannot say anything, and say so.
const folder = new URL('../../../../../shared/data/metadata/', import.meta.url)
const present = existsSync(folder)
if (!present) process.stderr.write(`SKIPPED: real metadata is not there (${folder.pathname}); mainnet is not checked\n`)
/** Added to the chain later than the oldest metadata at hand. */
const LATER = new Set(['SubtensorModule.TransactionFeePaidWithAlpha', 'SubtensorModule.HotkeySwappedOnSubnet'])

describe
  .skipIf(!present)
  .each(['runtime-293-v15.scale', 'finney-365-v16.scale', 'finney-393-v16.scale', 'finney-424-v16.scale'])(
  '%s',
  (file) => {
    test('has every event that the ledger reads', () => {
      const bytes = readFileSync(new URL(file, folder))
      const { latest, registry } = new Runtime(new Uint8Array(bytes.subarray(bytes.indexOf('meta')))).metadata
      const names = latest.pallets.flatMap((pallet) =>
        pallet.events.isSome
          ? registry.lookup
              .getSiType(pallet.events.unwrap().type)
              .def.asVariant.variants.map((variant) => `${pallet.name.toString()}.${variant.name.toString()}`)
          : [],
      )
      const missing = LEDGER_EVENTS.filter((name) => !names.includes(name))
      expect(missing.filter((name) => file.includes('424') || !LATER.has(name))).toEqual([])
    })
  },
)
