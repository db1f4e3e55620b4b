import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Intent } from '../../../shared/signing/intent.ts'
import type { SignablePlan } from '../../../shared/transactions/transaction.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../../shared/units/amounts.ts'
import { FEATURES, OPTIONAL } from './runtime/features.ts'
import { Runtime } from './runtime/runtime.ts'
import { publicKeyOf } from './scale/address.ts'
import { compactBytes, concat, fromHex, toHex, uintBytes } from './scale/bytes.ts'
import { callOf, encodeCall } from './tx/call-of.ts'
import { decodePayload } from './tx/decode-payload.ts'
import { mortalEra } from './tx/era.ts'
import { encodeIntent } from './tx/intent-call.ts'
import { buildPayload, signedExtrinsic } from './tx/payload.ts'
import { verifyCall, verifyDecoded } from './tx/verify.ts'

// Real metadata lies beside the repository, not in it: without it these tests cannot say anything, and say so.
/** RFC-78 digest of mainnet's metadata 424; the signer computes the same, from its own reading. */
const METADATA_HASH_424 = '0x80de37ca8c53ddbf9835d5123af60e0ef5015b3d039a6ffee0ccbb41966c864f'
const folder = new URL('../../../../shared/data/metadata/', import.meta.url)
const present = existsSync(folder)
if (!present) process.stderr.write(`SKIPPED: real metadata is not there (${folder.pathname}); mainnet is not checked\n`)

function metadataOf(file: string): Uint8Array {
  const bytes = readFileSync(new URL(file, folder))
  return new Uint8Array(bytes.subarray(bytes.indexOf('meta')))
}
const runtimeOf = (file: string) => new Runtime(metadataOf(file))
const missingIn = (runtime: Runtime) =>
  Object.fromEntries(
    Object.entries(FEATURES)
      .map(([feature, needs]) => [feature, runtime.missing(needs)] as const)
      .filter(([, missing]) => missing.length > 0),
  )

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const genesis = `0x${'ab'.repeat(32)}`
const birthHash = `0x${'cd'.repeat(32)}`
const place = { netuid: netuid(7), hotkey: BOB }
const request = { ...place, tolerancePpm: 5_000 }
const PLANS = {
  register: { kind: 'register', limitPrice: rao(5_000_000_000n), request },
  'serve-axon': {
    kind: 'serve-axon',
    hotkey: BOB,
    netuid: netuid(7),
    ip: '8.8.8.8',
    port: 8091,
    version: 10_002_000,
    protocol: 4,
  },
} as unknown as Record<SignablePlan['kind'], SignablePlan>
const STAKE: Intent = { kind: 'add-stake', ...place, amount: rao(123_456_789n), limitPrice: raoPerAlpha(50n) }
const SALE: Intent = { kind: 'remove-stake', ...place, amount: alpha(987n), limitPrice: raoPerAlpha(49n) }

const callBytes = (runtime: Runtime, wanted: SignablePlan | Intent) =>
  'limitPrice' in wanted && 'amount' in wanted
    ? encodeIntent(runtime, wanted)
    : encodeCall(runtime, callOf(wanted as SignablePlan))

function payloadOf(runtime: Runtime, wanted: SignablePlan | Intent) {
  const call = callBytes(runtime, wanted)
  const era = mortalEra(1_000)
  return { call, ...buildPayload(runtime, { call, nonce: 42, era, birthHash, genesis }) }
}

const BASKETS = ['SubtensorModule.claim_root_with_hotkey', 'BetaBasketRuntimeApi.get_root_basket_positions']
/** What no runtime before 2026 has. */
const NEWER = {
  limitOrders: ['LimitOrders.cancel_order', 'LimitOrders.Orders', 'LimitOrders.LimitOrdersEnabled'],
  locks: [
    'SubtensorModule.lock_stake',
    'SubtensorModule.move_lock',
    'SubtensorModule.set_perpetual_lock',
    'SubtensorModule.set_reject_locked_alpha',
    'SubtensorModule.Lock',
    'SubtensorModule.DecayingLock',
    'SubtensorModule.UnlockRate',
  ],
}

describe.skipIf(!present)('mainnet metadata 424', () => {
  const runtime = present ? runtimeOf('finney-424-v16.scale') : (undefined as unknown as Runtime)

  test('has everything that every feature needs, but the baskets of root, which came with 441', () => {
    expect(runtime.version).toEqual({ specName: 'node-subtensor', specVersion: 424, transactionVersion: 1 })
    expect(missingIn(runtime)).toEqual({ baskets: BASKETS })
    expect(runtime.missing(OPTIONAL)).toEqual([])
    expect(runtime.constant('Balances.ExistentialDeposit')).toBe(500n)
    expect(runtime.constant('SubtensorModule.InitialMinStake')).toBe(2_000_000n)
    expect(runtime.constant('Aura.SlotDuration')).toBe(12_000n)
  })

  test.each([
    ['register', 'limit_price', 'TAO', 'netuid', undefined],
    ['serve-axon', 'ip', undefined, 'port', undefined],
  ] as const)('reads back what it built for %s, with units', (kind, first, firstUnit, second, secondUnit) => {
    const { bytes } = payloadOf(runtime, PLANS[kind])
    const decoded = decodePayload(runtime, bytes, 1_010)
    expect(() => verifyDecoded(decoded, PLANS[kind], { genesis, specVersion: 424, nonce: 42 })).not.toThrow()
    const unitOf = (name: string) => decoded.args.find((argument) => argument.name === name)?.unit
    expect([unitOf(first), unitOf(second)]).toEqual([firstUnit, secondUnit])
    expect(decoded).toMatchObject({ nonce: 42, tip: '0', validUntilBlock: 1_127, genesis, specVersion: 424 })
    expect(decoded.payloadHex).toBe(toHex(bytes))
  })

  test.each([
    [STAKE, 'amount_staked', 'TAO'],
    [SALE, 'amount_unstaked', 'alpha'],
  ] as const)('reads back what it built for a move of stake, with units: %#', (intent, name, unit) => {
    const { bytes, call } = payloadOf(runtime, intent)
    expect(() => verifyCall(runtime, call, intent)).not.toThrow()
    const { args } = decodePayload(runtime, bytes, 1_010)
    const unitOf = (wanted: string) => args.find((argument) => argument.name === wanted)?.unit
    expect([unitOf(name), unitOf('limit_price')]).toEqual([unit, 'TAO per alpha'])
  })

  test('every single changed byte of the call is noticed before signing', () => {
    const { bytes, call } = payloadOf(runtime, PLANS.register)
    for (let at = 0; at < call.length; at++) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => {
        const decoded = decodePayload(runtime, changed, 1_010)
        verifyDecoded(decoded, PLANS.register, { genesis, specVersion: 424, nonce: 42 })
      }, `byte ${at}`).toThrow()
    }
    const stake = encodeIntent(runtime, STAKE)
    for (let at = 0; at < stake.length; at++) {
      const changed = stake.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => verifyCall(runtime, changed, STAKE), `byte ${at} of a stake`).toThrow()
    }
  })

  test('a payload with a byte more or less is refused', () => {
    const { bytes } = payloadOf(runtime, PLANS.register)
    expect(() => decodePayload(runtime, bytes.subarray(0, -1), 1_010)).toThrow()
    expect(() => decodePayload(runtime, Uint8Array.of(...bytes, 0), 1_010)).toThrow()
  })

  test('an extension it does not know is refused by name', () => {
    const strange = metadataOf('finney-424-v16.scale')
    const name = Buffer.from('DrandPriority')
    const view = Buffer.from(strange.buffer, strange.byteOffset, strange.length)
    for (let at = view.indexOf(name); at >= 0; at = view.indexOf(name, at + 1)) view.write('DrandMystery!', at)
    expect(() => payloadOf(new Runtime(strange), PLANS.register)).toThrow(
      expect.objectContaining({ error: { code: 'chain/unknown-extension', names: ['DrandMystery!'] } }),
    )
  })

  test('builds the very bytes that the format lays down', () => {
    const { call, bytes, facts } = payloadOf(runtime, STAKE)
    const args = [publicKeyOf(BOB), uintBytes(7n, 2), uintBytes(123_456_789n, 8), uintBytes(50n, 8), Uint8Array.of(0)]
    const { pallet, variant } = runtime.call('SubtensorModule.add_stake_limit')
    expect(toHex(call)).toBe(toHex(concat(Uint8Array.of(pallet, variant.index), ...args)))
    // Era (period 128, phase 104), nonce, no tip, metadata hash on.
    const extra = concat(uintBytes(6n | (104n << 4n), 2), compactBytes(42n), compactBytes(0n), Uint8Array.of(1))
    const versions = concat(uintBytes(424n, 4), uintBytes(1n, 4))
    const hashes = concat(fromHex(genesis, 'genesis'), fromHex(birthHash, 'birth'))
    const digest = fromHex(METADATA_HASH_424, 'digest')
    expect(toHex(bytes)).toBe(toHex(concat(call, extra, versions, hashes, Uint8Array.of(1), digest)))
    const signature = Uint8Array.of(1, ...Array.from({ length: 64 }, (_, i) => i))
    const body = concat(Uint8Array.of(0x84, 0), publicKeyOf(ALICE), signature, extra, call)
    const extrinsic = signedExtrinsic(runtime, { signer: ALICE, signature, facts })
    expect(toHex(extrinsic)).toBe(toHex(concat(compactBytes(BigInt(body.length)), body)))
  })

  test('a signature of zeros is refused: it would be sent as none', () => {
    const { facts } = payloadOf(runtime, PLANS.register)
    const signature = concat(Uint8Array.of(1), new Uint8Array(64))
    expect(() => signedExtrinsic(runtime, { signer: ALICE, signature, facts })).toThrow(
      expect.objectContaining({ error: { code: 'keys/unsupported', what: 'signature' } }),
    )
  })
})

describe.skipIf(!present)('older runtimes say what they lack', () => {
  test.each([
    [
      'finney-393-v16.scale',
      {
        ...NEWER,
        baskets: BASKETS,
        epochs: ['SubtensorModule.LastEpochBlock'],
        register: ['SubtensorModule.register_limit'],
        places: ['SubtensorModule.BurnHalfLife', 'SubtensorModule.BurnIncreaseMult'],
      },
    ],
    [
      'finney-365-v16.scale',
      {
        ...NEWER,
        baskets: BASKETS,
        swapHotkey: ['SubtensorModule.swap_hotkey_v2'],
        shield: ['MevShield.NextKeyExpiresAt'],
        coldkeySwap: [
          'SubtensorModule.announce_coldkey_swap',
          'SubtensorModule.swap_coldkey_announced',
          'SubtensorModule.dispute_coldkey_swap',
          'SubtensorModule.ColdkeySwapAnnouncements',
          'SubtensorModule.ColdkeySwapDisputes',
          'SubtensorModule.ColdkeySwapAnnouncementDelay',
          'SubtensorModule.ColdkeySwapReannouncementDelay',
        ],
        epochs: ['SubtensorModule.LastEpochBlock'],
        register: ['SubtensorModule.register_limit'],
        places: ['SubtensorModule.BurnHalfLife', 'SubtensorModule.BurnIncreaseMult'],
      },
    ],
    [
      'runtime-293-v15.scale',
      {
        ...NEWER,
        autoStake: ['SubtensorModule.set_coldkey_auto_stake_hotkey', 'SubtensorModule.AutoStakeDestination'],
        baskets: ['SubtensorModule.claim_root', ...BASKETS],
        shield: ['MevShield.submit_encrypted', 'MevShield.NextKey', 'MevShield.NextKeyExpiresAt'],
        coldkeySwap: [
          'SubtensorModule.announce_coldkey_swap',
          'SubtensorModule.swap_coldkey_announced',
          'SubtensorModule.dispute_coldkey_swap',
          'SubtensorModule.ColdkeySwapAnnouncements',
          'SubtensorModule.ColdkeySwapDisputes',
          'SubtensorModule.ColdkeySwapAnnouncementDelay',
          'SubtensorModule.ColdkeySwapReannouncementDelay',
        ],
        epochs: ['SubtensorModule.LastEpochBlock'],
        register: ['SubtensorModule.register_limit'],
        places: ['SubtensorModule.BurnHalfLife', 'SubtensorModule.BurnIncreaseMult'],
        quotes: ['SwapRuntimeApi.sim_swap_tao_for_alpha', 'SwapRuntimeApi.sim_swap_alpha_for_tao'],
        swapHotkey: ['SubtensorModule.swap_hotkey_v2'],
        sale: ['SwapRuntimeApi.sim_swap_alpha_for_tao'],
      },
    ],
  ] as const)('%s', (file, missing) => {
    const runtime = runtimeOf(file)
    expect(missingIn(runtime)).toEqual(missing)
    const { bytes } = payloadOf(runtime, SALE)
    const decoded = decodePayload(runtime, bytes, 1_010)
    expect(decoded.args.find((argument) => argument.name === 'amount_unstaked')?.unit).toBe('alpha')
  })
})
