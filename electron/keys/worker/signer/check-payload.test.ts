import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { INTENT_KINDS, type Intent } from '../../../../shared/signing/intent.ts'
import { rao } from '../../../../shared/units/amounts.ts'
import { ALICE, BOB, EVERY_INTENT, PLAIN } from '../../../../test/support/signing/every-intent.ts'
import {
  callBytesOf,
  type Frame,
  GENESIS,
  payloadOf,
  practiceMetadata,
} from '../../../../test/support/signing/payloads.ts'
import { runtimeCall } from '../../../practice/definitions/runtime-types.ts'
import type { Signer } from '../../signer.port.ts'
import { checkPayload, readWhole } from './check-payload.ts'
import { expectedCall } from './expected-call.ts'
import { readRuntime, type SigningRuntime } from './signing-runtime.ts'

const folder = new URL('../../../../../shared/data/metadata/', import.meta.url)
if (!existsSync(folder))
  process.stderr.write(`SKIPPED: real metadata is not there (${folder.pathname}); mainnet is not checked\n`)
const MAINNET = ['finney-424-v16', 'finney-393-v16', 'finney-365-v16', 'runtime-293-v15'] as const
const DIGESTS: Readonly<Record<string, string>> = {
  'finney-424-v16': '0x80de37ca8c53ddbf9835d5123af60e0ef5015b3d039a6ffee0ccbb41966c864f',
  'finney-393-v16': '0xe3c6377b3b53dcc95b7e6d3807343c1e151f050375aef79f1d8ea4f30eeb6f7f',
  'finney-365-v16': '0xb71377fe4314beaf836feb2f9f00900596b0949c1205e488075e3070504a3464',
  'runtime-293-v15': '0xe2104e80b86fb46f899dd96801e2e2e00cbff999067c0ef9ca65ab4ca65a0e9d',
}

const fileBytes = (name: string): Uint8Array => {
  const bytes = readFileSync(new URL(`${name}.scale`, folder))
  return new Uint8Array(bytes.subarray(bytes.indexOf('meta')))
}
const signerOf = (intent: Intent): Signer => (intent.kind === 'serve-axon' ? { hotkey: 'miner' } : 'coldkey')
const check = (runtime: SigningRuntime, payload: Uint8Array, intent: Intent, genesis = GENESIS) =>
  checkPayload(runtime, { payload, intent, signer: signerOf(intent), genesis })
/** A runtime of another age lacks some calls. */
const has = (runtime: SigningRuntime, intent: Intent): boolean => {
  try {
    callBytesOf(runtime, intent)
    return true
  } catch {
    return false
  }
}

let practice: SigningRuntime
beforeAll(() => {
  practice = readRuntime(practiceMetadata())
})
/** Of kinds that mainnet got after spec 424. */
const LATER = EVERY_INTENT.filter(({ kind }) => kind === 'move-stake-limit' || kind === 'claim-root-of')
const intentOf = (kind: Intent['kind']): Intent => EVERY_INTENT.find((intent) => intent.kind === kind) as Intent
const made = (intent: Intent, frame: Frame = {}): Uint8Array =>
  payloadOf(practice, callBytesOf(practice, intent), frame)

test('there is a sample of every kind', () => {
  // An order is signed away from the chain: no payload has one.
  const calls = INTENT_KINDS.filter((kind) => kind !== 'limit-order')
  expect([...new Set(EVERY_INTENT.map(({ kind }) => kind))].sort()).toEqual([...calls].sort())
})

describe('is not signed', () => {
  const stake = EVERY_INTENT[0] as Intent
  const differs = (frame: Frame, what: string) =>
    expect(check(practice, made(stake, frame), stake)).toEqual({
      ok: false,
      error: { code: 'keys/intent-differs', what },
    })

  test('a tip', () => differs({ tip: 1n }, 'tip'))
  test('for another chain', () => differs({ genesis: `0x${'99'.repeat(32)}` }, 'genesis'))
  test('for another version of the chain', () => differs({ specVersion: 425 }, 'spec version'))
  test('for another transaction version', () => differs({ transactionVersion: 2 }, 'transaction version'))
  test('one that never expires', () => differs({ era: Uint8Array.of(0) }, 'it never expires'))
  test('with another metadata hash', () => differs({ metadataHash: `0x${'77'.repeat(32)}` }, 'metadata hash'))
  test('without one, where the chain offers it', () => differs({ metadataHash: null }, 'metadata hash is off'))
  test('by the wrong key', () => {
    for (const intent of EVERY_INTENT) {
      const signer: Signer = intent.kind === 'serve-axon' ? 'coldkey' : { hotkey: 'miner' }
      const asked = { payload: made(stake), intent, signer, genesis: GENESIS }
      expect(checkPayload(practice, asked)).toMatchObject({ error: { what: 'signer' } })
    }
  })
  test('under an extension that nobody knows', () => {
    const strange = {
      ...practice,
      extensions: [...practice.extensions, { identifier: 'New', extra: 0, additional: 0 }],
    }
    expect(check(strange, made(stake), stake)).toEqual({
      ok: false,
      error: { code: 'chain/unknown-extension', names: ['New'] },
    })
  })
  test('under another intent of any kind', () => {
    const payloads = EVERY_INTENT.filter((intent) => has(practice, intent)).map((intent) => ({
      intent,
      bytes: made(intent),
    }))
    for (const { intent, bytes } of payloads)
      for (const other of EVERY_INTENT)
        if (JSON.stringify(expectedText(other)) !== JSON.stringify(expectedText(intent)))
          expect(check(practice, bytes, other).ok, `${intent.kind} as ${other.kind}`).toBe(false)
  })
  test.each([
    ['set_children', { hotkey: `0x${'11'.repeat(32)}`, netuid: 1, children: [[1n << 63n, `0x${'22'.repeat(32)}`]] }],
    ['set_childkey_take', { hotkey: `0x${'11'.repeat(32)}`, netuid: 1, take: 9 }],
    ['register_network', { hotkey: `0x${'11'.repeat(32)}` }],
    ['root_dissolve_network', { netuid: 2 }],
  ])('%s, whatever was agreed to: no kind names it', (type, value) => {
    const call = runtimeCall.codec.enc({ type: 'SubtensorModule', value: { type, value } } as never)
    for (const intent of EVERY_INTENT) {
      const checked = check(practice, payloadOf(practice, call), intent)
      expect(checked, intent.kind).toMatchObject({ ok: false, error: { code: 'keys/intent-differs' } })
    }
  })
  test('a call that no kind names, alone or inside another', () => {
    // Balances.burn and System.remark_with_event have no kind: their index bytes stand where a call stands.
    const inner = callBytesOf(practice, intentOf('transfer'))
    const batch = callBytesOf(practice, { kind: 'batch', mode: 'all', intents: [intentOf('transfer')] })
    for (const [at, value] of [
      [0, 0x00],
      [1, 0x0a],
      [1, 0x07],
    ] as const) {
      const changed = Uint8Array.from(batch)
      changed[batch.length - inner.length + at] = value
      const asked = payloadOf(practice, changed)
      expect(check(practice, asked, { kind: 'batch', mode: 'all', intents: [intentOf('transfer')] }).ok).toBe(false)
    }
  })
})

const expectedText = (intent: Intent): unknown =>
  JSON.parse(JSON.stringify(expectedCall(intent), (_, value) => (typeof value === 'bigint' ? `${value}n` : value)))

describe.each(EVERY_INTENT.map((intent, at) => [`${at} ${intent.kind}`, intent] as const))('%s', (_name, intent) => {
  test('is read back as what it is, on the practice chain', () => {
    if (!has(practice, intent)) return
    const read = check(practice, made(intent), intent)
    expect(read).toMatchObject({ ok: true, value: { nonce: 3n, tip: 0n, genesis: GENESIS } })
    expect(read.ok && expectedText(intent)).toEqual(
      JSON.parse(JSON.stringify(read.ok && read.value.call, (_, v) => (typeof v === 'bigint' ? `${v}n` : v))),
    )
  })

  test('no byte can be another', () => {
    if (!has(practice, intent)) return
    const bytes = made(intent)
    const free = freeBytes(bytes, intent)
    for (let at = 0; at < bytes.length; at += 1) {
      if (free.has(at)) continue
      for (const flip of [0x01, 0x40, 0xff]) {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ flip
        expect(check(practice, changed, intent).ok, `byte ${at} ^ ${flip}`).toBe(false)
      }
    }
  })

  test('no byte more or less', () => {
    if (!has(practice, intent)) return
    const bytes = made(intent)
    expect(check(practice, new Uint8Array([...bytes, 0]), intent).ok).toBe(false)
    for (let length = 0; length < bytes.length; length += 1)
      expect(check(practice, bytes.subarray(0, length), intent).ok, `${length} bytes`).toBe(false)
  })
})

/**
 * Bytes that no intent fixes: era, nonce, and hash of the era's block; the chain itself refuses wrong ones, and none of
 * them changes what is done.
 */
function freeBytes(bytes: Uint8Array, intent: Intent): ReadonlySet<number> {
  const call = callBytesOf(practice, intent).length
  // … era 2, nonce 1, tip 1, mode 1, spec 4, tx 4, genesis 32, block hash 32, hash 33.
  const block = bytes.length - 33 - 32
  return new Set([call, call + 1, call + 2, ...Array.from({ length: 32 }, (_, at) => block + at)])
}

describe.runIf(existsSync(folder)).each(MAINNET)('mainnet metadata %s', (name) => {
  let runtime: SigningRuntime
  beforeAll(() => {
    runtime = readRuntime(fileBytes(name))
  })

  test('has the digest that the chain compares with', () => {
    expect(runtime.digest).toBe(DIGESTS[name])
  })

  test('every intent whose call it has is read back', () => {
    const known = EVERY_INTENT.filter((intent) => has(runtime, intent))
    // The oldest knows neither coldkey swaps by announcement nor register_limit.
    expect(known.length).toBeGreaterThan(name === 'finney-424-v16' ? EVERY_INTENT.length - LATER.length - 1 : 20)
    for (const intent of known) {
      const payload = payloadOf(runtime, callBytesOf(runtime, intent))
      expect(check(runtime, payload, intent), intent.kind).toMatchObject({ ok: true })
    }
  })

  test('without a metadata hash, layouts are held against the chain’s source', () => {
    const older = { ...runtime, digest: undefined }
    for (const intent of PLAIN.filter((plain) => has(runtime, plain))) {
      const payload = payloadOf(older, callBytesOf(older, intent), { metadataHash: null })
      expect(check(older, payload, intent), intent.kind).toMatchObject({ ok: true })
    }
  })
})

test('a node that swaps two numbers in old metadata gets no signature', () => {
  const lying = {
    ...practice,
    digest: undefined,
    types: practice.types.map((def) => {
      if (def.kind !== 'variant') return def
      const sale = [...def.variants.values()].find(({ name }) => name === 'remove_stake_limit')
      const buy = [...def.variants.values()].find(({ name }) => name === 'add_stake_limit')
      if (!sale || !buy) return def
      const swapped = new Map(def.variants)
      swapped.set(sale.index, { ...buy, index: sale.index })
      swapped.set(buy.index, { ...sale, index: buy.index })
      return { ...def, variants: swapped }
    }),
  }
  const intent = intentOf('add-stake')
  const payload = payloadOf(lying, callBytesOf(lying, intent), { metadataHash: null })
  expect(check(lying, payload, intent)).toEqual({ ok: false, error: { code: 'keys/intent-differs', what: 'layout' } })
})

test('any bytes are read quickly, or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const read = readWhole(practice, bytes)
      if (read.ok) expect(read.value.genesis).toMatch(/^0x[0-9a-f]{64}$/)
    }),
    { numRuns: 2_000 },
  )
})

test('a batch in a batch in a batch … ends', () => {
  const deep = new Uint8Array(200_000)
  for (let at = 0; at + 2 < deep.length; at += 3) deep.set([11, 2, 4], at)
  expect(readWhole(practice, deep)).toEqual({
    ok: false,
    error: { code: 'signer/unreadable', what: 'calls nested too deeply' },
  })
})

test('amounts of every size go there and back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (amount) => {
      const intent: Intent = { kind: 'transfer', to: BOB, amount: rao(amount) }
      expect(check(practice, made(intent), intent).ok).toBe(true)
      expect(check(practice, made(intent), { ...intent, to: ALICE }).ok).toBe(false)
      expect(check(practice, made(intent), { ...intent, amount: rao(amount === 0n ? 1n : amount - 1n) }).ok).toBe(false)
    }),
    { numRuns: 200 },
  )
})
