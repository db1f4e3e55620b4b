import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { err, ok } from '../../shared/result.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58, U64_MAX } from '../../shared/units/amounts.ts'

type Answers = Partial<Handlers<AppContract>>
const COLDKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const BLOCK = 9_583_214
const HOSTILE_TEXT = '<img src=x onerror=alert(1)>\u202Eevil\u200B '.repeat(60)

const sample = (back: number, pool: bigint) => ({
  block: BLOCK - back,
  atMs: Date.now() - back * 12_000,
  price: raoPerAlpha(24_183_920n + pool),
  taoReserve: rao(20_000_000_000_000n + pool * 1_000_000n),
  alphaReserve: alpha(80_000_000_000_000n),
  alphaOutside: alpha(1n),
  volume: 5n,
})
/** A day with a gap in the middle. */
const DAY = Array.from({ length: 280 }, (_, index) =>
  sample((280 - index) * 25, BigInt((index * 7_919) % 1_000)),
).filter(({ block }) => block < BLOCK - 4_000 || block > BLOCK - 3_000)

const validatorRow = (uid: number, name: string) => ({
  hotkey: HOTKEY,
  ownerColdkey: COLDKEY,
  uid,
  identity: { name, url: HOSTILE_TEXT, github: '', discord: '', description: HOSTILE_TEXT },
  takePpm: uid === 1 ? 1_000_000 : 180_000,
  stake: alpha(U64_MAX),
  rootWeight: rao(U64_MAX),
  totalStake: alpha(U64_MAX),
  ownStake: alpha(1n),
  dividendsShare: 1,
  dividends: alpha(U64_MAX),
  stakeLastEpoch: alpha(1_000_000_000n),
  lastUpdate: uid === 2 ? 0 : BLOCK,
  registeredAt: 1,
})

/** A market with all that strangers may write into it, and the largest numbers. */
export const busyMarket: Answers = {
  'market.changes': async () =>
    ok({
      since: { block: BLOCK - 7_000, atMs: Date.now() - 84_000_000 },
      points: [{ netuid: netuid(1), price: raoPerAlpha(20_000_000n), volume: 1n }],
    }),
  'market.history': async () => ok({ samples: DAY }),
  'market.depth': async ({ netuid: of }) =>
    ok({
      netuid: of,
      block: BLOCK,
      price: raoPerAlpha(24_183_920n),
      exits: [
        { size: rao(1_000_000_000n), alpha: alpha(41_349_789_447n), taoOut: rao(999_000_000n) },
        { size: rao(1_000_000_000_000n), alpha: alpha(U64_MAX) },
      ],
    }),
  'market.statement': async ({ netuid: of }) =>
    ok({
      netuid: of,
      block: BLOCK,
      identity: { name: 'Apex', url: HOSTILE_TEXT, github: 'x', discord: '', description: HOSTILE_TEXT, contact: '' },
    }),
  'market.validators': async ({ netuid: of }) =>
    ok({
      netuid: of,
      block: BLOCK,
      tempo: 360,
      lastEpoch: BLOCK - 100,
      activityCutoff: 5_000,
      rows: ['Tidewater', 'سوق البيانات '.repeat(9), '\u202Eevil', ''].map((name, uid) => validatorRow(uid, name)),
    }),
  'market.network': async () =>
    ok({
      block: BLOCK,
      issuance: rao(10_512_345_678_901_234n),
      blockEmission: rao(500_000_000n),
      rootStake: rao(U64_MAX),
      rootSeats: [{ hotkey: HOTKEY, ownerColdkey: COLDKEY, name: HOSTILE_TEXT, stake: rao(U64_MAX) }],
    }),
  'market.favourites': (_input, emit) => emit([netuid(1)]),
}

/** Nobody validates, nothing was recorded or said, and no more TAO will come. */
export const quietMarket: Answers = {
  'market.depth': async ({ netuid: of }) => err({ code: 'stake/no-liquidity', netuid: of }),
  'market.statement': async ({ netuid: of }) => ok({ netuid: of, block: BLOCK }),
  'market.validators': async ({ netuid: of }) => ok({ netuid: of, block: BLOCK, tempo: 0, lastEpoch: 0, rows: [] }),
  'market.network': async () =>
    ok({ block: BLOCK, issuance: rao(21_000_000_000_000_000n), rootStake: rao(0n), rootSeats: [] }),
}
