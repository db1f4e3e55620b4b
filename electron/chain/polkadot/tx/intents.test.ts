import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { INTENT_KINDS, type Intent, type IntentKind, type PlainIntent } from '../../../../shared/signing/intent.ts'
import type { LimitOrder } from '../../../../shared/signing/limit-order.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../../../shared/units/amounts.ts'
import { metadataBytes } from '../../../practice/metadata/metadata.ts'
import { ChainFailure } from '../failure.ts'
import { Runtime } from '../runtime/runtime.ts'
import { encodeIntent } from './intent-call.ts'
import { callsWithin, callText, readWholeCall } from './read-call.ts'
import { verifyCall } from './verify.ts'

const folder = new URL('../../../../../shared/data/metadata/', import.meta.url)
const present = existsSync(folder)
if (!present) process.stderr.write(`SKIPPED: real metadata is not there (${folder.pathname}); mainnet is not checked\n`)

const mainnet = (file: string) => {
  const bytes = readFileSync(new URL(file, folder))
  return new Runtime(new Uint8Array(bytes.subarray(bytes.indexOf('meta'))))
}

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const callHash = `0x${'5a'.repeat(32)}`
const trade = { hotkey: BOB, netuid: netuid(7) }
const move = { fromNetuid: netuid(1), toNetuid: netuid(2), amount: alpha(70n) }
const members = { threshold: 2, others: [BOB, ALICE] }
const maxWeight = { refTime: 3_000_000_000n, proofSize: 65_000n }
const timepoint = { height: 44, index: 3 }
const transfer: PlainIntent = { kind: 'transfer', to: BOB, amount: rao(123_456_789n) }

const order: LimitOrder = {
  signer: ALICE,
  hotkey: BOB,
  netuid: netuid(7),
  type: 'LimitBuy',
  amount: 5_000_000_000n,
  limitPrice: raoPerAlpha(51n),
  expiryMs: 1_800_000_000_000,
  feePpb: 1_000,
  feeTo: BOB,
  relayers: [BOB],
  chainId: 964,
  partialFills: false,
}

/** One of each kind; a new kind without a sample does not compile. */
const SAMPLES: { readonly [K in IntentKind]: Extract<Intent, { kind: K }> } = {
  'add-stake': { kind: 'add-stake', ...trade, amount: rao(5_000_000_000n), limitPrice: raoPerAlpha(51n) },
  'remove-stake': { kind: 'remove-stake', ...trade, amount: alpha(9n), limitPrice: raoPerAlpha(49n) },
  'remove-stake-full': { kind: 'remove-stake-full', ...trade, limitPrice: raoPerAlpha(49n) },
  'move-stake': { kind: 'move-stake', fromHotkey: ALICE, toHotkey: BOB, ...move },
  'swap-stake': { kind: 'swap-stake', hotkey: BOB, limitRatio: 990_000_000n, ...move },
  'transfer-stake': { kind: 'transfer-stake', to: ALICE, hotkey: BOB, ...move },
  'move-stake-limit': {
    kind: 'move-stake-limit',
    fromHotkey: ALICE,
    toHotkey: BOB,
    limitRatio: 990_000_000n,
    ...move,
  },
  'lock-stake': { kind: 'lock-stake', ...trade, amount: alpha(9n) },
  'move-lock': { kind: 'move-lock', toHotkey: BOB, netuid: netuid(7) },
  'set-perpetual-lock': { kind: 'set-perpetual-lock', netuid: netuid(7), enabled: true },
  'reject-locked-alpha': { kind: 'reject-locked-alpha', enabled: true },
  'recycle-alpha': { kind: 'recycle-alpha', ...trade, amount: alpha(9n) },
  'burn-alpha': { kind: 'burn-alpha', ...trade, amount: alpha(9n) },
  'set-auto-stake': { kind: 'set-auto-stake', ...trade },
  'claim-root': { kind: 'claim-root', subnets: [netuid(1), netuid(7)] },
  'claim-root-of': { kind: 'claim-root-of', hotkey: BOB },
  'limit-order': { kind: 'limit-order', order },
  'cancel-order': { kind: 'cancel-order', order },
  transfer,
  'transfer-all': { kind: 'transfer-all', to: BOB },
  register: { kind: 'register', ...trade, limit: rao(400_000_000n) },
  'root-register': { kind: 'root-register', hotkey: BOB },
  'swap-hotkey': { kind: 'swap-hotkey', hotkey: ALICE, newHotkey: BOB, netuid: netuid(7), keepStake: true },
  'serve-axon': {
    kind: 'serve-axon',
    netuid: netuid(7),
    ip: '2001:db8::1',
    port: 8091,
    version: 11_000_000,
    protocol: 4,
  },
  'add-proxy': { kind: 'add-proxy', delegate: BOB, proxyType: 'Staking', delay: 100 },
  'remove-proxy': { kind: 'remove-proxy', delegate: BOB, proxyType: 'Any', delay: 0 },
  'remove-proxies': { kind: 'remove-proxies' },
  'announce-proxied': { kind: 'announce-proxied', real: ALICE, callHash },
  'remove-announcement': { kind: 'remove-announcement', real: ALICE, callHash },
  'reject-announcement': { kind: 'reject-announcement', delegate: BOB, callHash },
  'create-pure': { kind: 'create-pure', proxyType: 'Any', delay: 5, index: 2 },
  'kill-pure': { kind: 'kill-pure', spawner: ALICE, proxyType: 'Any', index: 2, height: 90, extIndex: 1 },
  'announce-coldkey-swap': { kind: 'announce-coldkey-swap', newColdkey: BOB },
  'execute-coldkey-swap': { kind: 'execute-coldkey-swap', newColdkey: BOB },
  'clear-coldkey-swap': { kind: 'clear-coldkey-swap' },
  'dispute-coldkey-swap': { kind: 'dispute-coldkey-swap' },
  'multisig-approve': { kind: 'multisig-approve', ...members, timepoint, callHash, maxWeight },
  'multisig-cancel': { kind: 'multisig-cancel', ...members, timepoint, callHash },
  proxied: { kind: 'proxied', real: ALICE, forceType: 'Staking', intent: transfer },
  'proxied-announced': { kind: 'proxied-announced', delegate: BOB, real: ALICE, intent: transfer },
  batch: { kind: 'batch', mode: 'all', intents: [transfer, { kind: 'remove-proxies' }] },
  'multisig-execute': { kind: 'multisig-execute', ...members, intent: transfer, maxWeight },
  'multisig-alone': { kind: 'multisig-alone', others: [BOB], intent: transfer },
}

const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'fine'
  } catch (cause) {
    return cause instanceof ChainFailure ? cause.error.code : String(cause)
  }
}

const RUNTIMES: readonly (readonly [string, () => Runtime])[] = [
  ['the practice network', () => new Runtime(metadataBytes(15))],
  ...(present
    ? (['finney-424-v16.scale', 'finney-393-v16.scale', 'finney-365-v16.scale', 'runtime-293-v15.scale'] as const).map(
        (file) => [file, () => mainnet(file)] as const,
      )
    : []),
]

describe.each(RUNTIMES)('%s', (_, runtimeOf) => {
  const runtime = runtimeOf()
  const known = INTENT_KINDS.filter((kind) => codeOf(() => encodeIntent(runtime, SAMPLES[kind])) === 'fine')

  test.each(known)('%s is read back as what was meant', (kind) => {
    const intent = SAMPLES[kind]
    expect(codeOf(() => verifyCall(runtime, encodeIntent(runtime, intent), intent))).toBe('fine')
  })

  test('nothing else than what was meant passes', () => {
    const call = encodeIntent(runtime, SAMPLES.transfer)
    const others: readonly Intent[] = [
      { ...transfer, amount: rao(123_456_788n) },
      { ...transfer, to: ALICE },
      { ...transfer, allowDeath: true },
      { kind: 'transfer-all', to: BOB },
    ]
    for (const other of others) expect(codeOf(() => verifyCall(runtime, call, other))).toBe('keys/intent-differs')
  })

  // Runtimes before this one have no such call; that 424 has all is said below.
  if (known.includes('announce-coldkey-swap'))
    test('the hash of another coldkey is noticed', () => {
      const call = encodeIntent(runtime, SAMPLES['announce-coldkey-swap'])
      const meant: Intent = { kind: 'announce-coldkey-swap', newColdkey: ALICE }
      expect(codeOf(() => verifyCall(runtime, call, meant))).toBe('keys/intent-differs')
    })

  if (known.includes('proxied'))
    test('a nested call is written out, and can be taken out as bytes', () => {
      const call = readWholeCall(runtime, encodeIntent(runtime, SAMPLES.proxied))
      expect(callText(call)).toBe(
        `Proxy.proxy(real: ${ALICE}, force_proxy_type: Staking, call: Balances.transfer_keep_alive(dest: ${BOB}, value: 123456789))`,
      )
      expect(callsWithin(call)[1]?.bytes).toEqual(encodeIntent(runtime, transfer))
    })

  test('a call with something behind it is no call', () => {
    const call = encodeIntent(runtime, transfer)
    expect(codeOf(() => readWholeCall(runtime, Uint8Array.of(...call, 0)))).toBe('chain/bad-answer')
    expect(codeOf(() => readWholeCall(runtime, call.subarray(0, -1)))).toBe('chain/bad-answer')
  })
})

test.skipIf(!present)('mainnet 424 has every kind but what came later, and orders, which are no calls', () => {
  const runtime = mainnet('finney-424-v16.scale')
  const missing = INTENT_KINDS.filter((kind) => codeOf(() => encodeIntent(runtime, SAMPLES[kind])) !== 'fine')
  expect(missing).toEqual(['move-stake-limit', 'claim-root-of', 'limit-order'])
})
