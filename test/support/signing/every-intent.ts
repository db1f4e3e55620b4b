import type { Intent, PlainIntent } from '../../../shared/signing/intent.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../../shared/units/amounts.ts'

export const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
export const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
export const OTHER = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')

const callHash = `0x${'ab'.repeat(32)}`
const timepoint = { height: 1_234_567, index: 3 }
const maxWeight = { refTime: 2_000_000_000n, proofSize: 65_536n }
/** In the order of their public keys: Bob 8e…, Alice d4…. */
const others = [BOB, ALICE]
const trade = { hotkey: ALICE, netuid: netuid(3) }
const move = { fromNetuid: netuid(3), toNetuid: netuid(64), amount: alpha(123_456_789n) }

/** One of each kind that carries no other call. */
export const PLAIN: readonly PlainIntent[] = [
  { kind: 'add-stake', ...trade, amount: rao(1_000_000_000n), limitPrice: raoPerAlpha(50_000_000n) },
  { kind: 'remove-stake', ...trade, amount: alpha(1_000_000_000n), limitPrice: raoPerAlpha(50_000_000n) },
  { kind: 'remove-stake-full', ...trade, limitPrice: raoPerAlpha(50_000_000n) },
  { kind: 'remove-stake-full', ...trade },
  { kind: 'move-stake', fromHotkey: ALICE, toHotkey: BOB, ...move },
  { kind: 'swap-stake', hotkey: BOB, ...move, limitRatio: 990_000_000n },
  { kind: 'transfer-stake', to: OTHER, hotkey: BOB, ...move },
  { kind: 'transfer', to: BOB, amount: rao(21_000_000_000_000_000n) },
  { kind: 'transfer', to: BOB, amount: rao(63n), allowDeath: true },
  { kind: 'transfer-all', to: BOB },
  { kind: 'transfer-all', to: BOB, keepAlive: true },
  { kind: 'register', ...trade, limit: rao(100_000_000n) },
  { kind: 'serve-axon', netuid: netuid(2), ip: '8.8.8.8', port: 8091, version: 10_002_000, protocol: 4 },
  { kind: 'serve-axon', netuid: netuid(2), ip: '2001:db8::42', port: 8091, version: 1, protocol: 4 },
  { kind: 'add-proxy', delegate: BOB, proxyType: 'Staking', delay: 0 },
  { kind: 'remove-proxy', delegate: BOB, proxyType: 'Any', delay: 7200 },
  { kind: 'remove-proxies' },
  { kind: 'announce-proxied', real: ALICE, callHash },
  { kind: 'remove-announcement', real: ALICE, callHash },
  { kind: 'reject-announcement', delegate: BOB, callHash },
  { kind: 'create-pure', proxyType: 'Any', delay: 0, index: 1 },
  { kind: 'kill-pure', spawner: ALICE, proxyType: 'Any', index: 1, height: 9_000_000, extIndex: 2 },
  { kind: 'announce-coldkey-swap', newColdkey: OTHER },
  { kind: 'execute-coldkey-swap', newColdkey: OTHER },
  { kind: 'clear-coldkey-swap' },
  { kind: 'dispute-coldkey-swap' },
  { kind: 'multisig-approve', threshold: 2, others, callHash, maxWeight },
  { kind: 'multisig-approve', threshold: 2, others, callHash, maxWeight, timepoint },
  { kind: 'multisig-cancel', threshold: 2, others, callHash, timepoint },
  {
    kind: 'add-stake',
    ...trade,
    amount: rao(1_000_000_000n),
    limitPrice: raoPerAlpha(50_000_000n),
    allowPartial: true,
  },
  { kind: 'remove-stake', ...trade, amount: alpha(1n), limitPrice: raoPerAlpha(50_000_000n), allowPartial: true },
  { kind: 'swap-stake', hotkey: BOB, ...move, limitRatio: 990_000_000n, allowPartial: true },
  { kind: 'move-stake-limit', fromHotkey: ALICE, toHotkey: BOB, ...move, limitRatio: 990_000_000n },
  { kind: 'move-stake-limit', fromHotkey: ALICE, toHotkey: BOB, ...move, limitRatio: 1n, allowPartial: true },
  { kind: 'lock-stake', ...trade, amount: alpha(7_000_000_000n) },
  { kind: 'move-lock', toHotkey: BOB, netuid: netuid(3) },
  { kind: 'set-perpetual-lock', netuid: netuid(3), enabled: true },
  { kind: 'set-perpetual-lock', netuid: netuid(3), enabled: false },
  { kind: 'reject-locked-alpha', enabled: true },
  { kind: 'recycle-alpha', ...trade, amount: alpha(1n) },
  { kind: 'burn-alpha', ...trade, amount: alpha(1n) },
  { kind: 'set-auto-stake', ...trade },
  { kind: 'root-register', hotkey: BOB },
  { kind: 'swap-hotkey', hotkey: ALICE, newHotkey: BOB, keepStake: false },
  { kind: 'swap-hotkey', hotkey: ALICE, newHotkey: BOB, netuid: netuid(3), keepStake: true },
  { kind: 'claim-root', subnets: [netuid(1), netuid(3)] },
  { kind: 'claim-root', subnets: [] },
  { kind: 'claim-root-of', hotkey: BOB },
  {
    kind: 'cancel-order',
    order: {
      signer: ALICE,
      hotkey: BOB,
      netuid: netuid(3),
      type: 'TakeProfit',
      amount: 5_000_000_000n,
      limitPrice: raoPerAlpha(51_000_000n),
      expiryMs: 1_800_000_000_000,
      feePpb: 1_000_000,
      feeTo: OTHER,
      relayers: [BOB, ALICE],
      maxSlippagePpb: 10_000_000,
      chainId: 964,
      partialFills: true,
    },
  },
  {
    kind: 'cancel-order',
    order: {
      signer: ALICE,
      hotkey: BOB,
      netuid: netuid(3),
      type: 'StopLoss',
      amount: 1n,
      limitPrice: raoPerAlpha(1n),
      expiryMs: 1,
      feePpb: 0,
      feeTo: ALICE,
      chainId: 42,
      partialFills: false,
    },
  },
]

const [stake, sale] = [PLAIN[0] as PlainIntent, PLAIN[1] as PlainIntent]
const payment = PLAIN[7] as PlainIntent

export const NESTED: readonly Intent[] = [
  { kind: 'proxied', real: ALICE, intent: stake },
  { kind: 'proxied', real: ALICE, forceType: 'Staking', intent: sale },
  { kind: 'proxied-announced', delegate: BOB, real: ALICE, intent: payment },
  { kind: 'batch', mode: 'all', intents: [stake, sale, payment] },
  { kind: 'batch', mode: 'until-failure', intents: [payment, payment] },
  { kind: 'batch', mode: 'each', intents: [] },
  { kind: 'multisig-execute', threshold: 2, others, timepoint, intent: payment, maxWeight },
  { kind: 'multisig-execute', threshold: 2, others, intent: payment, maxWeight },
  { kind: 'multisig-alone', others: [BOB], intent: payment },
  { kind: 'proxied', real: ALICE, intent: { kind: 'batch', mode: 'all', intents: [stake, payment] } },
]

/** At least one of every kind. */
export const EVERY_INTENT: readonly Intent[] = [...PLAIN, ...NESTED]
