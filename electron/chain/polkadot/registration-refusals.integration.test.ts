import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decAnyMetadata } from '@polkadot-api/substrate-bindings'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Intent } from '../../../shared/signing/intent.ts'
import { type Netuid, netuid, rao } from '../../../shared/units/amounts.ts'
import { addressOf, SetUpChain } from '../../../test/support/chain/set-up-chain.ts'
import { subtensorModule, system } from '../../practice/runtime/core/pallets.ts'
import { accountOf, validator } from '../../practice/seed/accounts.ts'
import { placeCheck } from '../../services/place-check.ts'
import { tradeRefusal } from '../../services/trade-check.ts'

// Every refusal of the calls that give places: said before it costs, or named with the reason why it cannot be. Each that is foretold is
// met twice on the practice chain: by the check of the app, and by the bare call of somebody who did not ask.

const s = subtensorModule.storage
const TAO = 1_000_000_000n
const ROOT = 0
const COLD = '//Refused//cold'
const HOT = '//Refused//hot'
const NEW = '//Refused//new'
const POOR = '//Refused//poor'
const theirs = validator(1)
let world: SetUpChain

const idOf = (id: number): Netuid => netuid(id)
const place = (id: number, hotkey = HOT): Intent => ({
  kind: 'register',
  netuid: idOf(id),
  hotkey: addressOf(hotkey),
  limit: rao(1_000n * TAO),
})
const seat = (hotkey = HOT): Intent => ({ kind: 'root-register', hotkey: addressOf(hotkey) })
const swap = (more: { netuid?: number; keepStake?: boolean; to?: string; from?: string } = {}): Intent => ({
  kind: 'swap-hotkey',
  hotkey: addressOf(more.from ?? HOT),
  newHotkey: addressOf(more.to ?? NEW),
  keepStake: more.keepStake ?? false,
  ...(more.netuid === undefined ? {} : { netuid: idOf(more.netuid) }),
})

/** The hotkeys of all intents above, by their address. */
const PUBLIC = new Map([HOT, NEW, theirs.hotkeyUri, '//Refused//other'].map((uri) => [addressOf(uri), accountOf(uri)]))
const keyOf = (address: string): string => PUBLIC.get(address as never) ?? ''
const subtensor = (type: string, value: object) => ({ type: 'SubtensorModule', value: { type, value } })

/** What a program sends that asks nobody; a place by both calls that give one. */
function callsOf(intent: Intent): readonly object[] {
  if (intent.kind === 'register') {
    const value = { netuid: intent.netuid, hotkey: keyOf(intent.hotkey) }
    const limited = subtensor('register_limit', { ...value, limit_price: intent.limit })
    return intent.limit < TAO / 1_000n ? [limited] : [limited, subtensor('burned_register', value)]
  }
  if (intent.kind === 'root-register') return [subtensor('root_register', { hotkey: keyOf(intent.hotkey) })]
  if (intent.kind !== 'swap-hotkey') return []
  const { netuid: only, keepStake, hotkey, newHotkey } = intent
  const value = { hotkey: keyOf(hotkey), new_hotkey: keyOf(newHotkey), netuid: only, keep_stake: keepStake }
  return [subtensor('swap_hotkey_v2', value)]
}

async function foretold(by: string, intent: Intent): Promise<string | undefined> {
  const coldkey = addressOf(by)
  if (intent.kind === 'register') return (await tradeRefusal(world.chain, { coldkey, intent }))?.code
  // As if another one signed for it: then what the call takes is looked at here, and not with the fee.
  const checked = await placeCheck(world.chain, { coldkey, intent, pays: addressOf('//Bob') })
  return checked.ok ? undefined : checked.error.code
}

interface Refusal {
  readonly error: string
  /** What the app says. */
  readonly code: string
  readonly intent: Intent
  readonly by?: string
  /** Brings the chain to where it refuses. Each leaves the subnets of the others alone. */
  readonly arrange?: () => Promise<void>
}

const now = () => BigInt(world.network.node.chain.best.header.number)
const freeOf = (uri: string, free: bigint) => {
  const account = world.store.get(system.storage.Account, accountOf(uri))
  return world.set(system.storage.Account, [accountOf(uri)], { ...account, data: { ...account.data, free } })
}
const bind = async (locked: bigint) => {
  const state = { locked, drain_ratio: { bits: 1n << 64n }, min_locked: 0n, earned: 0n }
  await world.set(s.MinerCollateral, [1, accountOf(HOT), accountOf(COLD)], state)
}

const PLACES: readonly Refusal[] = [
  { error: 'RegistrationNotPermittedOnRootSubnet', code: 'register/closed', intent: place(ROOT) },
  { error: 'SubnetNotExists', code: 'stake/unknown-subnet', intent: place(99) },
  {
    error: 'RegistrationPriceLimitExceeded',
    code: 'register/price-above-limit',
    intent: { ...place(2), limit: rao(1n) } as Intent,
  },
  {
    error: 'SubNetRegistrationDisabled',
    code: 'register/closed',
    intent: place(3),
    arrange: () => world.set(s.NetworkRegistrationAllowed, [3], false),
  },
  { error: 'HotKeyAlreadyRegisteredInSubNet', code: 'register/already-registered', intent: place(1) },
  { error: 'NotEnoughBalanceToStake', code: 'register/balance-too-low', intent: place(2, NEW), by: POOR },
  { error: 'NonAssociatedColdKey', code: 'register/other-owner', intent: place(7, theirs.hotkeyUri) },
  {
    error: 'NoNeuronIdAvailable',
    code: 'register/no-place',
    intent: place(4),
    // All 72 places are taken, nobody is new, and 72 are kept outside of immunity.
    arrange: async () => {
      await world.set(s.ImmunityPeriod, [4], 0)
      await world.set(s.MinNonImmuneUids, [4], 72)
    },
  },
  {
    error: 'InsufficientLiquidity',
    code: 'stake/no-liquidity',
    intent: place(5),
    // A part is bound there, and there is no alpha to be bought.
    arrange: async () => {
      await world.set(s.SubnetEmissionEnabled, [5], false)
      await world.set(s.SubnetTAO, [5], 0n)
    },
  },
]
const SEATS: readonly Refusal[] = [
  {
    error: 'HotKeyAlreadyRegisteredInSubNet',
    code: 'register/already-registered',
    intent: seat(theirs.hotkeyUri),
    by: theirs.coldkeyUri,
  },
  { error: 'NotEnoughBalanceToStake', code: 'account/balance-too-low', intent: seat(NEW), by: POOR },
  { error: 'NonAssociatedColdKey', code: 'register/other-owner', intent: seat(), by: '//Alice' },
  {
    error: 'StakeTooLowForRoot',
    code: 'place/root-full',
    intent: seat(),
    arrange: () => world.set(s.MaxAllowedUids, [ROOT], world.store.get(s.SubnetworkN, ROOT)),
  },
]
const SWAPS: readonly Refusal[] = [
  { error: 'NonAssociatedColdKey', code: 'register/other-owner', intent: swap({ from: theirs.hotkeyUri }) },
  { error: 'NewHotKeyIsSameWithOld', code: 'place/same-hotkey', intent: swap({ to: HOT }) },
  {
    error: 'HotKeyAlreadyRegisteredInSubNet',
    code: 'register/already-registered',
    intent: swap({ netuid: 1, to: '//Refused//other' }),
    arrange: async () =>
      void (await world.bare(COLD, subtensor('burned_register', { netuid: 1, hotkey: accountOf('//Refused//other') }))),
  },
  {
    error: 'KeepStakeBlockedByCollateral',
    code: 'place/stake-bound',
    intent: swap({ netuid: 1, keepStake: true }),
    arrange: () => bind(TAO),
  },
  {
    error: 'NewHotKeyNotCleanForRootSwap',
    code: 'place/busy-on-root',
    intent: swap(),
    arrange: () => world.set(s.TotalHotkeyAlpha, [accountOf(NEW), ROOT], 5n),
  },
  {
    error: 'HotKeySwapOnSubnetIntervalNotPassed',
    code: 'place/swap-too-soon',
    intent: swap({ netuid: 1 }),
    arrange: () => world.set(s.LastHotkeySwapOnNetuid, [1, accountOf(COLD)], now()),
  },
  {
    error: 'HotKeySetTxRateLimitExceeded',
    code: 'place/swap-too-soon',
    intent: swap({ netuid: 1 }),
    arrange: () => world.set(s.LastRateLimitedBlock, [{ type: 'LastTxBlock', value: accountOf(COLD) }], now()),
  },
  {
    error: 'NotEnoughBalanceToPaySwapHotKey',
    code: 'account/balance-too-low',
    intent: swap(),
    arrange: async () => {
      await world.set(s.LastRateLimitedBlock, [{ type: 'LastTxBlock', value: accountOf(COLD) }], 0n)
      await world.set(s.TotalHotkeyAlpha, [accountOf(NEW), ROOT], 0n)
      await freeOf(COLD, TAO / 20n)
    },
  },
]

/** Refusals of these calls that no plan can know, or that no plan of this app meets. The same stands in docs/registration.md. */
const NOT_FORETOLD = [
  'TooManyRegistrationsThisBlock',
  'TooManyRegistrationsThisInterval',
  'RootNetworkDoesNotExist',
  'BalanceWithdrawalError',
  'ZeroBalanceAfterWithdrawn',
  'InsufficientBalance',
  'CannotUseSystemAccount',
  'ColdkeySwapAnnounced',
  'ColdkeySwapDisputed',
  'HotKeyNotRegisteredInSubNet',
]
/** Of like names, and of other calls. */
const OTHER_CALLS = [
  'HotKeyAccountNotExists',
  'HotKeyNotRegisteredInNetwork',
  'HotKeyAlreadyDelegate',
  'TransactorAccountShouldBeHotKey',
  'CanNotSetRootNetworkWeights',
  'ColdKeyAlreadyAssociated',
  'BeneficiaryDoesNotOwnHotkey',
  'SameAutoStakeHotkeyAlreadySet',
  'LockHotkeyMismatch',
  'NewColdKeyIsHotkey',
  'NotEnoughBalanceToPaySwapColdKey',
]
/** Newer than the metadata that is at hand. */
const NEWER = ['KeepStakeBlockedByCollateral']

beforeAll(async () => {
  world = await SetUpChain.start()
  await world.fund(COLD, 1_000n * TAO)
  await world.fund(POOR, TAO / 20n)
  await world.fund(theirs.coldkeyUri, TAO)
  await world.bare(COLD, subtensor('burned_register', { netuid: 1, hotkey: accountOf(HOT) }))
})
afterAll(() => world.close())

describe.each([
  ['a place', PLACES],
  ['a seat on root', SEATS],
  ['another hotkey', SWAPS],
] as const)('for %s', (_what, refusals) => {
  test.each(refusals)('$error is foretold, and comes', async ({ error, code, intent, by = COLD, arrange }) => {
    await arrange?.()
    expect(await foretold(by, intent)).toBe(code)
    for (const call of callsOf(intent)) expect(await world.bare(by, call)).toBe(`SubtensorModule.${error}`)
  })
})

test('a full subnet whose places are all immune still gives one, and is not refused', async () => {
  await world.set(s.ImmunityPeriod, [4], 60_000)
  await world.fund(COLD, 1_000n * TAO)
  expect(await foretold(COLD, place(4))).toBeUndefined()
  expect(await world.bare(COLD, callsOf(place(4))[0] ?? {})).toBeUndefined()
})

const FILE = fileURLToPath(new URL('../../../../shared/data/metadata/finney-424-v16.scale', import.meta.url))
const present = existsSync(FILE)
if (!present) process.stderr.write(`SKIPPED: real metadata is not there (${FILE})\n`)

test.skipIf(!present)('no refusal of the real runtime is left out, and none is invented', () => {
  const { metadata } = decAnyMetadata(new Uint8Array(readFileSync(FILE)))
  if (metadata.tag !== 'v16') throw new Error(metadata.tag)
  const pallet = metadata.value.pallets.find(({ name }) => name === 'SubtensorModule')
  const type = metadata.value.lookup[pallet?.errors?.type ?? -1]
  const real = type?.def.tag === 'variant' ? type.def.value.map(({ name }) => name) : []
  const known = [...PLACES, ...SEATS, ...SWAPS].map(({ error }) => error).concat(NOT_FORETOLD)
  expect(known.filter((name) => !real.includes(name) && !NEWER.includes(name))).toEqual([])
  const about = real.filter((name) => /Regist|NoNeuron|HotKey|Hotkey|ForRoot|RootNetwork|NonAssociated/.test(name))
  expect(about.filter((name) => !known.includes(name) && !OTHER_CALLS.includes(name))).toEqual([])
})

test('each that cannot be foretold is named with its reason in the documentation', () => {
  const text = readFileSync(fileURLToPath(new URL('../../../docs/registration.md', import.meta.url)), 'utf8')
  expect(NOT_FORETOLD.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})
