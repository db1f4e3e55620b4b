import { z } from 'zod'
import type { AskedMove } from '../staking/asked-move.ts'
import type { StakeMove, StakeMovesPlan } from '../staking/stake-move.ts'
import { query } from './define.ts'
import { wireIntent } from './intent-wire.ts'
import { wire } from './wire.ts'

const place = { netuid: wire.netuid, hotkey: wire.ss58 }
const partly = { allowPartial: z.boolean().optional() }
const priced = { limitPrice: wire.raoPerAlpha.optional() }
const between = { hotkey: wire.ss58, fromNetuid: wire.netuid, toNetuid: wire.netuid }
const rated = { limitRatio: wire.units.optional() }
const within = { netuid: wire.netuid, fromHotkey: wire.ss58, toHotkey: wire.ss58 }
const of = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...shape })

/** One shape for moves with exact amounts and for those with "half of it". */
const moveWith = <T extends z.ZodType, A extends z.ZodType>(tao: T, alpha: A) =>
  z.discriminatedUnion('kind', [
    of('add', { ...place, amount: tao, ...priced, ...partly }),
    of('remove', { ...place, amount: alpha, ...priced, ...partly }),
    of('remove-all', { ...place, ...priced }),
    of('move', { ...within, amount: alpha }),
    of('swap', { ...between, amount: alpha, ...rated, ...partly }),
    of('transfer', { ...place, to: wire.ss58, amount: alpha }),
  ])
const exactMove = moveWith(wire.rao, wire.alpha) satisfies z.ZodType<StakeMove>

const percent = z.object({ percent: z.number().positive().max(100) })
const max = z.literal('max')
const askedMove = moveWith(
  z.union([wire.rao, max, percent]),
  z.union([wire.alpha, max, percent, z.object({ worth: wire.rao })]),
) satisfies z.ZodType<AskedMove>

/** @source `MOST_MOVES`: a person has to be able to read it */
const MOST = 50
const common = {
  tolerancePpm: wire.ppm,
  oneByOne: z.boolean().optional(),
  account: wire.ss58.optional(),
}
const movesRequest = z.object({
  ...common,
  purpose: z.enum(['moves', 'exit', 'sweep', 'rebalance']),
  moves: z.array(exactMove).max(MOST).readonly(),
  typedTo: z.string().max(200).optional(),
})

const step = z.object({
  move: exactMove,
  intent: wireIntent,
  gives: wire.units,
  receives: z.enum(['tao', 'alpha']),
  priceFrom: wire.raoPerAlpha.optional(),
  priceTo: wire.raoPerAlpha.optional(),
  limitPrice: wire.raoPerAlpha.optional(),
  limitRatio: wire.units.optional(),
  best: wire.units.optional(),
  expected: wire.units.optional(),
  worst: wire.units.optional(),
  givesRao: wire.rao.optional(),
  bestRao: wire.rao.optional(),
  expectedRao: wire.rao.optional(),
  worstRao: wire.rao.optional(),
  betweenRao: wire.rao.optional(),
  poolFeeRao: wire.rao.optional(),
  impactPpm: z.number().int().optional(),
  alphaAfter: wire.alpha.optional(),
  notes: z
    .array(
      z.enum([
        'no-trade',
        'no-quote',
        'partial',
        'leaves-dust',
        'earns-nothing-there',
        'root-one-to-one',
        'root-hold',
        'cannot-be-undone',
      ]),
    )
    .readonly(),
})

export const stakeMovesPlan = z.object({
  kind: z.literal('stake-moves'),
  coldkey: wire.ss58,
  request: movesRequest,
  atBlock: wire.block,
  steps: z.array(step).max(MOST).readonly(),
  carry: z.enum(['single', 'batch', 'queue']),
  intent: wireIntent,
  txFee: wire.rao,
  feeInAlpha: z.object({ ...place, alpha: wire.alpha }).optional(),
  free: wire.rao,
  freeAfter: wire.rao.optional(),
  freeAfterWorst: wire.rao.optional(),
  costRao: wire.signed.optional(),
  worstCostRao: wire.signed.optional(),
  rootHoldBlocks: z.number().int().optional(),
  skipped: z
    .array(
      z.object({
        ...place,
        alpha: wire.alpha,
        valueRao: wire.rao.optional(),
        reason: z.enum(['locked', 'not-started', 'pool-cannot', 'moves-price', 'costs-more', 'not-small', 'next-plan']),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<StakeMovesPlan>

export const stakingContract = {
  'staking.planMoves': query(
    'Plans moves of stake, each with its own limit, its best, expected and worst case: add, remove, remove-all, move, swap, transfer.',
    {
      input: z.object({
        ...common,
        moves: z.array(askedMove).min(1).max(MOST).readonly(),
        typedTo: z.string().max(200).optional(),
      }),
      output: stakeMovesPlan,
    },
  ),
  'staking.planExit': query(
    'Plans to leave every position, or with `below` to sweep small ones that pay for their fee.',
    {
      input: z.object({ ...common, below: wire.rao.optional() }),
      output: stakeMovesPlan,
    },
  ),
  'staking.planRebalance': query('Plans the cheapest moves that lead to wanted shares of subnets.', {
    input: z.object({
      ...common,
      targets: z
        .array(z.object({ ...place, ppm: z.number().int().min(0).max(1_000_000) }))
        .max(MOST)
        .readonly(),
      freeCounted: wire.rao,
    }),
    output: stakeMovesPlan,
  }),
}
