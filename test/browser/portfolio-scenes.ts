import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { gatherPositions, type OwnedPosition } from '../../shared/ledger/all-positions.ts'
import type { Holding } from '../../shared/ledger/lot-book.ts'
import { err, ok } from '../../shared/result.ts'
import { alpha, netuid, rao, raoPerAlpha, type Ss58, ss58, U64_MAX } from '../../shared/units/amounts.ts'
import type { Scene } from './fake-host.ts'
import { largestLedger } from './ledger-scenes.ts'
import { busyMarket } from './market-scenes.ts'
import { extremes, real } from './scenes.ts'

type Answers = Partial<Handlers<AppContract>>
const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const COLD = ss58('5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy')
const BLOCK = 9_583_214
const DAY_MS = 86_400_000

const holding = (over: Partial<Holding> & { readonly yield?: { yearlyPpm: number; measuredMs: number } }) => ({
  account: OWN,
  netuid: netuid(1),
  hotkey: BOB,
  alpha: 6_204_118_270_441n,
  unknownAlpha: 0n,
  knownCost: 187_999_000_000n,
  realised: 1_118_094_113n,
  unknownDisposed: 0n,
  ...over,
})

/** Books of the healthy scene: one position whole, root in part unknown, one sold long ago. */
export const booked: Answers = {
  'ledger.holdings': async ({ method = 'fifo' }) =>
    ok({
      version: 4,
      method,
      holdings: [
        holding({ yield: { yearlyPpm: 141_204, measuredMs: 6.5 * DAY_MS } }),
        holding({ netuid: netuid(0), alpha: 420_000_000_000n, unknownAlpha: 5n, unknownDisposed: 1n }),
        holding({ netuid: netuid(64), alpha: 0n, knownCost: 0n, realised: 25_118_440_021n }),
      ],
    }),
}

const row = (account: Ss58, id: number, over: Partial<OwnedPosition> = {}): OwnedPosition => ({
  account,
  netuid: netuid(id),
  hotkey: BOB,
  alpha: alpha(6_204_118_270_441n),
  available: alpha(6_000_000_000_000n),
  locked: alpha(204_118_270_441n),
  price: raoPerAlpha(24_183_920n),
  valueAtSpot: rao(150_039_899_922n),
  ifSold: rao(147_533_062_024n),
  registered: true,
  shareOfPoolPpm: 3_104,
  book: {
    cost: rao(187_999_000_000n),
    knownCost: rao(187_999_000_000n),
    unknownAlpha: alpha(0n),
    notBooked: 0n,
    realised: 1_118_094_113n,
    unrealised: -37_959_100_078n,
    unknownDisposed: alpha(0n),
    yield: { yearlyPpm: 141_204, measuredMs: 6 * DAY_MS },
  },
  ...over,
})
const wallets = [
  { account: OWN, name: 'harbour', free: 84_211_093_558n },
  { account: BOB, name: 'محفظة البحر'.repeat(3), free: 0n },
  { account: COLD, name: 'vault, watched', free: 1n },
]
const everything = (rows: readonly OwnedPosition[]): Answers => ({
  'ledger.allPositions': async ({ method = 'fifo' }) =>
    ok({ block: BLOCK, method, wallets, ...gatherPositions(rows, wallets, [holding({ netuid: netuid(64) })]) }),
})

const known = [row(OWN, 1), row(OWN, 0, { hotkey: OWN, locked: alpha(0n) }), row(BOB, 1, { registered: false })]
/** The same of one price unknown, one cost unknown, and one position as large as the chain can count. */
const unsure = [
  row(OWN, 1),
  row(BOB, 121, { alpha: alpha(U64_MAX), price: undefined, valueAtSpot: undefined, ifSold: undefined }),
  row(COLD, 64, {
    book: { ...row(COLD, 64).book, cost: undefined, unrealised: undefined, unknownDisposed: alpha(1n) },
  }),
]

const source = { currency: 'EUR', url: 'https://prices.example/tao', path: 'price' }
const price: Answers = {
  'fiat.watch': (_input, emit) =>
    emit({
      source,
      worthless: false,
      stale: false,
      price: { nanosPerTao: 312_450_100_000n, atMs: Date.now() - 120_000, host: 'prices.example' },
    }),
}
/** One TAO to somebody known, planned. */
const sending: Answers = {
  'addresses.check': async () => ok({ address: BOB, knownAs: 'rig-1', findings: [], mustBeTyped: false }),
  'transfer.limits': async () =>
    ok({
      atBlock: BLOCK,
      txFee: rao(14_000n),
      existentialDeposit: rao(500n),
      most: rao(84_211_079_058n),
      least: rao(1n),
    }),
  'transfer.plan': async (request) =>
    ok({
      kind: 'transfer',
      coldkey: OWN,
      request,
      atBlock: BLOCK,
      txFee: rao(14_000n),
      totalCost: rao(request.amount + 14_000n),
      freeAfter: rao(83_211_079_558n),
      opensAccount: false,
    }),
}
const transfer = {
  id: 't1',
  genesis: `0x${'2f'.repeat(32)}`,
  kind: 'transfer',
  signer: OWN,
  to: BOB,
  amount: 2_000_000_000n,
  stage: 'finalized',
  startedAtMs: Date.now() - 900_000,
} as const
const received = (from: Ss58, bait: boolean) => ({ block: BLOCK - 9, from, to: OWN, amount: 1_000n, bait })

/** Several wallets with books, and prices in ordinary money. */
export const manyWallets: Scene = {
  ...real,
  activity: [transfer],
  answers: {
    ...real.answers,
    ...busyMarket,
    ...booked,
    ...everything(known),
    ...largestLedger,
    ...sending,
    ...price,
    'transfer.received': (_input, emit) => emit([received(COLD, false), received(BOB, true)]),
  },
}
/** The source of prices was chosen and gave none. */
export const withoutPrice: Scene = {
  ...manyWallets,
  answers: {
    ...manyWallets.answers,
    'fiat.watch': (_input, emit) =>
      emit({
        source,
        worthless: false,
        stale: false,
        error: { code: 'fiat/no-answer', host: 'prices.example', reason: '503' },
      }),
  },
}
/** What is not known, in each sum that it is part of. */
export const unsureWallets: Scene = {
  ...extremes,
  answers: { ...extremes.answers, ...everything(unsure) },
}
/** No stake anywhere. */
export const emptyWallets: Scene = {
  ...real,
  portfolio: {
    data: { coldkey: OWN, block: BLOCK, free: rao(5n), positions: [], totalAtSpot: rao(5n), totalIfSold: rao(5n) },
  },
  answers: { ...real.answers, ...everything([]) },
}
export const unreadWallets: Scene = {
  ...real,
  answers: {
    ...real.answers,
    'ledger.allPositions': async () => err({ code: 'chain/bad-answer', what: 'StakeInfoRuntimeApi' }),
  },
}
