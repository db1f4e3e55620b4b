import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { err, ok } from '../../shared/result.ts'
import { netuid, rao, raoPerAlpha, ss58, U64_MAX } from '../../shared/units/amounts.ts'
import { largestLedger, noLedger } from './ledger-scenes.ts'

type Answers = Partial<Handlers<AppContract>>

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const CHARLIE = ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y')
const HASH = `0x${'9f'.repeat(32)}`
const BLOCK = 9_583_214
const LONG = 'Treasury of everybody who ever staked together '.repeat(3).slice(0, 64)

const costs = {
  base: rao(60_000_000n),
  each: rao(33_000_000n),
  announcementBase: rao(36_000_000n),
  announcementEach: rao(68_000_000n),
  mostProxies: 20,
}
const noFacts = {
  atBlock: BLOCK,
  account: OWN,
  grants: [],
  deposit: rao(0n),
  announced: [],
  announcedDeposit: rao(0n),
}

/** Accounts of somebody who uses none of this yet. */
export const nobodyElse: Answers = {
  'proxy.view': async () => ok({ facts: noFacts, against: [], costs, pure: [], actingFor: [], known: [], rules: [] }),
  'account.guard': (_input, emit) => emit({ atBlock: BLOCK, delayBlocks: 36_000, swaps: [], alarms: [] }),
  'signer.policy': async () => ok({ policy: {}, state: 'none', spentToday: rao(0n), looseningWaitMs: 86_400_000 }),
  'signer.audit': async () => ok({ entries: [], total: 0 }),
  'wallet.trash': async () => ok([]),
  'orders.offer': async () => ok({ atBlock: BLOCK, obstacle: { code: 'order/switched-off' } }),
}

const failing = async () => err({ code: 'chain/bad-answer', what: 'two answers of one block differ' } as const)
/** Nothing about accounts can be read. */
export const nothingReadable: Answers = {
  ...noLedger,
  'proxy.view': failing,
  'multisig.view': failing,
  'orders.offer': failing,
  'orders.list': failing,
  'account.guard': (_input, emit) => emit({ swaps: [], alarms: [], error: { code: 'chain/not-connected' } }),
  'signer.policy': async () => err({ code: 'signer/audit-broken', file: 'audit-cold.jsonl', line: 80_214 }),
  'signer.audit': async () => err({ code: 'signer/audit-broken', file: 'audit-cold.jsonl', line: 80_214 }),
  'wallet.trash': async () => err({ code: 'storage/broken', path: '/w/.trash', reason: 'EIO' }),
}

const shared = { address: CHARLIE, name: LONG, threshold: 64, members: [OWN, BOB, CHARLIE] }
const transfer = { kind: 'transfer', to: BOB, amount: rao(U64_MAX) } as const
const refused = {
  seq: 18_004,
  prev: HASH.slice(2),
  hash: HASH.slice(2),
  atMs: 1_790_000_000_000,
  what: 'call',
  decision: 'refused',
  code: 'policy/per-transaction',
  signer: OWN,
  network: 'custom wss://a.very.long.host.name.that.somebody.chose.example:65535/with/a/path',
  genesis: HASH,
  intent: JSON.stringify({ kind: 'transfer', to: BOB, amount: U64_MAX.toString() }),
  callHash: HASH,
  payloadHash: HASH,
} as const

const order = {
  signer: OWN,
  hotkey: BOB,
  netuid: netuid(121),
  type: 'TakeProfit',
  amount: U64_MAX,
  limitPrice: raoPerAlpha(U64_MAX),
  expiryMs: 4_000_000_000_000,
  feePpb: 0,
  feeTo: OWN,
  relayers: [BOB, CHARLIE],
  maxSlippagePpb: 999_999_999,
  chainId: 964,
  partialFills: true,
} as const
const signature = `0x${'ab'.repeat(64)}`

/** The longest names and the largest numbers of these screens. */
export const longest: Answers = {
  ...largestLedger,
  'proxy.view': async () =>
    ok({
      facts: {
        ...noFacts,
        grants: [
          { delegate: BOB, proxyType: 'SubnetLeaseBeneficiary', delay: 4_294_967_295 },
          { delegate: CHARLIE, proxyType: 'Any', delay: 0 },
        ],
        deposit: rao(U64_MAX),
        announced: [{ delegate: OWN, real: BOB, callHash: HASH, height: BLOCK }],
        announcedDeposit: rao(U64_MAX),
      },
      against: [{ delegate: BOB, real: OWN, callHash: HASH, height: BLOCK - 3 }],
      costs,
      pure: [
        {
          address: CHARLIE,
          spawner: OWN,
          proxyType: 'NonTransfer',
          delay: 4_294_967_295,
          index: 65_535,
          height: BLOCK,
          extIndex: 4_294_967_295,
        },
      ],
      actingFor: [BOB],
      known: [],
      rules: [
        {
          proxyType: 'Any',
          deprecated: false,
          mode: 'everything',
          calls: [],
          exceptions: [],
        },
        {
          proxyType: 'SubnetLeaseBeneficiary',
          deprecated: false,
          mode: 'only',
          calls: Array.from({ length: 40 }, (_, at) => ({ call: `SubtensorModule.sudo_set_a_long_parameter_${at}` })),
          exceptions: [],
        },
      ],
    }),
  'orders.offer': async () => ok({ atBlock: BLOCK }),
  'orders.list': async () =>
    ok([
      { orderId: HASH, order, signature, signedAtMs: 1_790_000_000_000, status: 'partial', filled: U64_MAX - 1n },
      {
        orderId: `0x${'11'.repeat(32)}`,
        order: { ...order, type: 'LimitBuy', netuid: netuid(65_535), expiryMs: 0 },
        signature,
        signedAtMs: 0,
        status: 'expired',
      },
    ]),
  'multisig.list': async () => ok([shared]),
  'account.others': (_input, emit) => emit({ shared: [shared], proxyOf: [BOB] }),
  'multisig.view': async () =>
    ok({
      account: shared,
      atBlock: BLOCK,
      free: rao(U64_MAX),
      operations: [
        {
          callHash: HASH,
          timepoint: { height: BLOCK - 9, index: 4_294_967_295 },
          depositor: OWN,
          deposit: rao(2_180_000_000n),
          approvals: [OWN, BOB],
          callHex: `0x${'05'.repeat(400)}`,
          intent: transfer,
          text: `Balances.transfer_keep_alive(dest: ${BOB}, value: ${U64_MAX})`,
          step: 'wait',
          mayCancel: true,
        },
        {
          callHash: `0x${'11'.repeat(32)}`,
          timepoint: { height: BLOCK - 2, index: 0 },
          depositor: BOB,
          deposit: rao(2_180_000_000n),
          approvals: [BOB],
          step: 'needs-call',
          mayCancel: false,
        },
      ],
    }),
  'signer.policy': async () =>
    ok({
      policy: {
        mostPerTransaction: rao(U64_MAX),
        mostPerDay: rao(U64_MAX),
        subnets: Array.from({ length: 60 }, (_, at) => netuid(at)),
        kinds: ['transfer', 'add-stake', 'announce-coldkey-swap', 'multisig-execute', 'proxied-announced'],
        recipients: [OWN, BOB, CHARLIE],
        delay: { above: rao(1n), waitMs: 2_592_000_000 },
      },
      state: 'sealed',
      pending: { policy: {}, effectiveAtMs: 4_000_000_000_000 },
      spentToday: rao(U64_MAX),
      looseningWaitMs: 86_400_000,
    }),
  'signer.audit': async () => ok({ entries: [refused], total: 18_004 }),
  'addresses.watch': (_input, emit) =>
    emit({
      network: 'finney',
      entries: [{ address: BOB, name: LONG, note: 'N'.repeat(200), addedAtMs: 1_790_000_000_000 }],
    }),
  'wallet.trash': async () =>
    ok([
      {
        id: '20261122T051501Z-9f3a77c1',
        removedAtMs: 1_790_000_000_000,
        kind: 'hotkey',
        wallet: 'a'.repeat(64),
        hotkey: 'b'.repeat(64),
        address: BOB,
        format: 'nacl',
      },
    ]),
}
