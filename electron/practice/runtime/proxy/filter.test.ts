import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decAnyMetadata } from '@polkadot-api/substrate-bindings'
import { describe, expect, it } from 'vitest'
import { proxyType } from '../../definitions/types/proxy.ts'
import { accountOf, BOB } from '../../seed/accounts.ts'
import { chat, staking, TAO, transferTo } from '../testing/books.ts'
import { remark, utilityCall } from '../testing/calls.ts'
import { covers, describeFilter } from './filter.ts'
import { isSuperset, KINDS, type Kind } from './proxy-types.ts'

const bob = accountOf(BOB)
const stake = { hotkey: chat.hotkey, netuid: 2 }
const CALLS: Readonly<Record<string, object>> = {
  transfer: transferTo(bob, TAO),
  small: transferTo(bob, TAO / 2n - 1n),
  half: transferTo(bob, TAO / 2n),
  add_stake: staking('add_stake', { ...stake, amount_staked: TAO }),
  remove_stake_limit: staking('remove_stake_limit', {
    ...stake,
    amount_unstaked: TAO,
    limit_price: 0n,
    allow_partial: true,
  }),
  transfer_stake: staking('transfer_stake', {
    destination_coldkey: bob,
    hotkey: chat.hotkey,
    origin_netuid: 2,
    destination_netuid: 2,
    alpha_amount: TAO,
  }),
  burned_register: staking('burned_register', { netuid: 2, hotkey: bob }),
  register_limit: staking('register_limit', { netuid: 2, hotkey: bob, limit_price: TAO }),
  root_register: staking('root_register', { hotkey: bob }),
  start_call: staking('start_call', { netuid: 6 }),
  set_children: staking('set_children', { netuid: 1, hotkey: bob, children: [] }),
  serve_axon: staking('serve_axon', {}),
  announce_coldkey_swap: staking('announce_coldkey_swap', {}),
  remark: remark(),
  batch: utilityCall('batch', { calls: [] }),
}
const allowedFor = (kind: Kind): string[] =>
  Object.entries(CALLS).flatMap(([name, call]) => (covers(kind, call as never) ? [name] : []))
const allBut = (...names: string[]): string[] => Object.keys(CALLS).filter((name) => !names.includes(name))

describe('what a proxy type lets through', () => {
  it.each<[Kind, string[]]>([
    ['Any', allBut()],
    ['Owner', []],
    ['NonCritical', allBut('burned_register', 'root_register', 'announce_coldkey_swap')],
    ['NonTransfer', allBut('transfer', 'small', 'half', 'transfer_stake', 'announce_coldkey_swap')],
    ['Senate', []],
    ['NonFungible', ['register_limit', 'start_call', 'set_children', 'serve_axon', 'remark', 'batch']],
    ['Triumvirate', []],
    ['Governance', []],
    ['Staking', ['add_stake', 'remove_stake_limit']],
    ['Registration', ['burned_register', 'register_limit']],
    ['Transfer', ['transfer', 'small', 'half', 'transfer_stake']],
    ['SmallTransfer', ['small']],
    ['RootWeights', []],
    ['ChildKeys', ['set_children']],
    ['SudoUncheckedSetCode', []],
    ['SwapHotkey', []],
    ['SubnetLeaseBeneficiary', ['start_call']],
    ['RootClaim', []],
  ])('%s', (kind, allowed) => {
    expect(allowedFor(kind)).toEqual(allowed)
  })

  it('SmallTransfer looks at alpha, too', () => {
    const give = (alpha_amount: bigint) => staking('transfer_stake', { alpha_amount })
    expect(covers('SmallTransfer', give(TAO / 2n - 1n) as never)).toBe(true)
    expect(covers('SmallTransfer', give(TAO / 2n) as never)).toBe(false)
  })
})

describe('which type may hand on which', () => {
  it('Any all, NonTransfer all that transfers nothing, Transfer the small one, the others themselves', () => {
    const wider = KINDS.flatMap((kind) =>
      KINDS.filter((other) => other !== kind && isSuperset(kind, other)).map((other) => `${kind} > ${other}`),
    )
    const others = KINDS.filter((kind) => kind !== 'Any')
    const harmless = others.filter((kind) => !['NonTransfer', 'Transfer', 'SmallTransfer'].includes(kind))
    expect(wider.sort()).toEqual(
      [
        ...others.map((kind) => `Any > ${kind}`),
        ...harmless.map((kind) => `NonTransfer > ${kind}`),
        'Transfer > SmallTransfer',
      ].sort(),
    )
    for (const kind of KINDS) expect(isSuperset(kind, kind)).toBe(true)
  })

  it('numbers them as the wire does', () => {
    KINDS.forEach((type, index) => {
      expect([...proxyType.codec.enc({ type, value: undefined })]).toEqual([index])
    })
  })
})

/** Mainnet's metadata of spec 424, beside the repository. */
const MAINNET = fileURLToPath(new URL('../../../../../shared/data/metadata/finney-424-v16.scale', import.meta.url))

if (!existsSync(MAINNET))
  process.stderr.write(`SKIPPED: real metadata is not there (${MAINNET}); mainnet is not checked\n`)

describe.skipIf(!existsSync(MAINNET))('the rules as they are told', () => {
  it('name calls as mainnet does, with its numbers', () => {
    const { metadata } = decAnyMetadata(new Uint8Array(readFileSync(MAINNET)))
    if (metadata.tag !== 'v16') throw new Error(metadata.tag)
    const { pallets, lookup } = metadata.value
    const known = new Set(
      pallets.flatMap(({ name, index, calls }) => {
        const def = calls && lookup[calls.type]?.def
        const variants = def?.tag === 'variant' ? def.value : []
        return variants.map((call) => `${name} ${index} ${call.name} ${call.index}`)
      }),
    )
    const told = KINDS.flatMap((kind) => {
      const { calls, exceptions } = describeFilter(kind)
      return [...calls, ...exceptions]
    })
    const whole = new Set(pallets.map(({ name, index }) => `${name} ${index}`))
    expect(told.length).toBeGreaterThan(80)
    for (const { pallet_name, pallet_index, call_name, call_index } of told) {
      if (call_name === undefined) expect(whole).toContain(`${pallet_name} ${pallet_index}`)
      else expect(known).toContain(`${pallet_name} ${pallet_index} ${call_name} ${call_index}`)
    }
  })
})
