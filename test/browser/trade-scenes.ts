import { err, ok } from '../../shared/result.ts'
import type { PlanDoubt, StakeMove, StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { alpha, netuid, rao, raoPerAlpha } from '../../shared/units/amounts.ts'
import type { Scene } from './fake-host.ts'
import { real } from './scenes.ts'

type Plan = NonNullable<Scene['answers']>['staking.planMoves']
const BLOCK = real.network.best?.number ?? 0
const COLDKEY = real.wallets.active?.address
const ONE = netuid(1)

/** A plan of one move, as a host would answer it. Amounts are made up, and hang together. */
function planOf(move: StakeMove, more: Partial<StakeMovesPlan>, step: object): StakeMovesPlan {
  if (!COLDKEY) throw new Error('the scene has no wallet')
  const limitPrice = 'limitPrice' in move && move.limitPrice ? move.limitPrice : raoPerAlpha(24_300_000n)
  return {
    kind: 'stake-moves',
    coldkey: COLDKEY,
    request: { purpose: 'moves', moves: [move], tolerancePpm: 5_000 },
    atBlock: BLOCK,
    steps: [
      {
        move,
        intent: { kind: 'add-stake', netuid: ONE, hotkey: COLDKEY, amount: rao(1n), limitPrice },
        gives: 1_000_000_000n,
        receives: move.kind === 'add' ? 'alpha' : 'tao',
        limitPrice,
        notes: [],
        ...step,
      },
    ],
    carry: 'single',
    intent: { kind: 'add-stake', netuid: ONE, hotkey: COLDKEY, amount: rao(1n), limitPrice },
    txFee: rao(1_604_237n),
    free: rao(84_211_093_558n),
    skipped: [],
    doubts: [],
    ...more,
  }
}

const withoutQuotes: Plan = async ({ moves }) => {
  const [move] = moves
  if (!move || !('limitPrice' in move) || move.limitPrice === undefined)
    return err({ code: 'stake/limit-needed', netuid: ONE })
  return ok(planOf(move as StakeMove, {}, { worst: 39_000_000_000n, notes: ['no-quote'] }))
}

/** A runtime of before the chain simulated trades: nothing is quoted, and a limit is asked for. */
export const unquoted: Scene = { ...real, answers: { ...real.answers, 'staking.planMoves': withoutQuotes } }

const DOUBTS: readonly PlanDoubt[] = [
  {
    kind: 'price',
    netuid: ONE,
    source: 'reserves',
    stated: raoPerAlpha(72_551_760n),
    compared: raoPerAlpha(24_183_920n),
  },
  {
    kind: 'price',
    netuid: ONE,
    source: 'recorded',
    stated: raoPerAlpha(72_551_760n),
    compared: raoPerAlpha(24_011_304n),
  },
  { kind: 'fee', stated: rao(160_423_700n), compared: rao(1_604_237n) },
]
const quoted = {
  priceTo: raoPerAlpha(72_551_760n),
  best: 13_776_000_000n,
  expected: 13_770_000_000n,
  worst: 13_700_000_000n,
  givesRao: rao(1_000_000_000n),
  bestRao: rao(999_400_000n),
  expectedRao: rao(999_000_000n),
  worstRao: rao(994_000_000n),
  poolFeeRao: rao(503_500n),
  impactPpm: 435,
  alphaAfter: alpha(5_000_000n),
}
const lying: Plan = async ({ moves: [move] }) =>
  move
    ? ok(planOf(move as StakeMove, { doubts: DOUBTS, costRao: 2_604_237n, worstCostRao: 7_604_237n }, quoted))
    : err({ code: 'stake/nothing-to-do' })

const held = real.portfolio.data
if (!held) throw new Error('the scene has no portfolio')

/** A node whose numbers contradict each other, and a balance that the last final block does not confirm. */
export const contradicted: Scene = {
  ...real,
  answers: { ...real.answers, 'staking.planMoves': lying },
  portfolio: {
    data: {
      ...held,
      notFinal: {
        finalBlock: BLOCK - 2,
        free: { newest: rao(84_211_093_558n), final: rao(109_211_093_558n) },
        positions: [
          {
            netuid: ONE,
            hotkey: held.positions[1]?.hotkey ?? held.coldkey,
            newest: alpha(6_204_118_270_441n),
          },
        ],
      },
    },
  },
}
