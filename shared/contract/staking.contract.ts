import { z } from 'zod'
import type { Via } from '../accounts/plan-account.ts'
import type { AskedMove } from '../staking/asked-move.ts'
import type { KnownQueue, MoveQueue } from '../staking/move-queue.ts'
import type { PlanDoubt, StakeMove, StakeMovesPlan } from '../staking/stake-move.ts'
import { command, done, nothing, query, subscription } from './define.ts'
import { wireIntent, wireProxyType } from './intent-wire.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

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
  /** Goes on although two sources disagree: the plan still says which. */
  despiteDoubts: z.boolean().optional(),
}
const asked = {
  ...common,
  /** The limit of every trade that has none of its own: so far from the price of now, as a price that stays. */
  limitFromSpotPpm: wire.ppm.optional(),
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
        'only-a-part',
        'leaves-dust',
        'earns-nothing-there',
        'root-one-to-one',
        'root-hold',
        'cannot-be-undone',
      ]),
    )
    .readonly(),
})

const doubt = z.discriminatedUnion('kind', [
  of('price', {
    netuid: wire.netuid,
    source: z.enum(['reserves', 'simulation', 'average', 'recorded', 'elsewhere']),
    stated: wire.raoPerAlpha,
    compared: wire.raoPerAlpha,
  }),
  of('fee', { stated: wire.rao, compared: wire.rao }),
]) satisfies z.ZodType<PlanDoubt>

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
        reason: z.enum([
          'locked',
          'held',
          'not-started',
          'pool-cannot',
          'moves-price',
          'costs-more',
          'not-small',
          'next-plan',
          'fee-first',
        ]),
      }),
    )
    .readonly(),
  doubts: z.array(doubt).max(200).readonly(),
}) satisfies z.ZodType<StakeMovesPlan>

const via = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct') }),
  z.object({ kind: z.literal('proxy'), real: wire.ss58, forceType: wireProxyType.optional() }),
  z.object({ kind: z.literal('multisig'), address: wire.ss58 }),
]) satisfies z.ZodType<Via>

export const moveQueue = z.object({
  id: z.string(),
  genesis: z.string(),
  coldkey: wire.ss58,
  signer: wire.ss58,
  via,
  purpose: movesRequest.shape.purpose,
  tolerancePpm: wire.ppm,
  typedTo: z.string().optional(),
  doubts: z.array(doubt).max(200).readonly().optional(),
  startedAtMs: z.number(),
  items: z
    .array(
      z.object({
        move: exactMove,
        state: z.enum(['waiting', 'sending', 'done', 'failed']),
        preparedId: z.string().optional(),
        error: wireError.optional(),
      }),
    )
    .max(MOST)
    .readonly(),
}) satisfies z.ZodType<MoveQueue>
const knownQueue = moveQueue.extend({
  now: z.enum(['running', 'stopping', 'resting']),
}) satisfies z.ZodType<KnownQueue>

export const stakingContract = {
  'staking.planMoves': query(
    'Plans moves of stake, each with its own limit, its best, expected and worst case: add, remove, remove-all, move, swap, transfer. A chain that simulates no trade needs limitPrice or limitRatio in each, or limitFromSpotPpm for all.',
    {
      input: z.object({
        ...asked,
        moves: z.array(askedMove).min(1).max(MOST).readonly(),
        typedTo: z.string().max(200).optional(),
      }),
      output: stakeMovesPlan,
    },
  ),
  'staking.planExit': query(
    'Plans to leave every position, or with `below` to sweep small ones that pay for their fee. A chain that simulates no trade needs limitFromSpotPpm: how far below the price of now each may be sold.',
    {
      input: z.object({ ...asked, below: wire.rao.optional() }),
      output: stakeMovesPlan,
    },
  ),
  'staking.planRebalance': query(
    'Plans the cheapest moves that lead to wanted shares of subnets, weighed at the price of now. A chain that simulates no trade needs limitFromSpotPpm: how far from that price each may go.',
    {
      input: z.object({
        ...asked,
        targets: z
          .array(z.object({ ...place, ppm: z.number().int().min(0).max(1_000_000) }))
          .max(MOST)
          .readonly(),
        freeCounted: wire.rao,
      }),
      output: stakeMovesPlan,
    },
  ),
  'staking.queues': subscription('Lists of moves that are signed one after the other, as far as they are.', {
    input: nothing,
    output: z.array(knownQueue).readonly(),
  }),
  'staking.startQueue': command(
    'Keeps a plan of several signatures as a list, and begins to carry it out. What stops it stands with its move.',
    {
      input: z.object({ plan: stakeMovesPlan, via }),
      output: moveQueue,
    },
  ),
  'staking.runQueue': command('Goes on with a list of moves where it stopped.', {
    input: z.object({ id: z.string().max(100) }),
    output: moveQueue,
  }),
  'staking.stopQueue': command('Stops a list of moves behind the one that is on its way.', {
    input: z.object({ id: z.string().max(100) }),
    output: done,
  }),
  'staking.dropQueue': command('Puts a list of moves away. What was done stays done.', {
    input: z.object({ id: z.string().max(100) }),
    output: done,
  }),
}
