import { z } from 'zod'
import type { Portfolio } from '../staking/position.ts'
import type { Subnet, Validator } from '../subnets/subnet.ts'
import { nothing, query, subscription } from './define.ts'
import { epochRow } from './epoch-row.contract.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const position = z.object({
  netuid: wire.netuid,
  hotkey: wire.ss58,
  alpha: wire.alpha,
  available: wire.alpha,
  price: wire.raoPerAlpha.optional(),
  valueAtSpot: wire.rao.optional(),
  ifSold: wire.rao.optional(),
  ifSoldBlock: wire.block.optional(),
  registered: z.boolean(),
})
export const notFinal = z.object({
  finalBlock: wire.block,
  free: z.object({ newest: wire.rao, final: wire.rao }).optional(),
  positions: z
    .array(
      z.object({
        netuid: wire.netuid,
        hotkey: wire.ss58,
        newest: wire.alpha.optional(),
        final: wire.alpha.optional(),
      }),
    )
    .readonly(),
})

const portfolio = z.object({
  coldkey: wire.ss58,
  block: wire.block,
  free: wire.rao,
  positions: z.array(position).readonly(),
  totalAtSpot: wire.rao.optional(),
  totalIfSold: wire.rao.optional(),
  notFinal: notFinal.optional(),
}) satisfies z.ZodType<Portfolio>

const subnet = z.object({
  netuid: wire.netuid,
  name: z.string(),
  symbol: z.string(),
  ownerColdkey: wire.ss58,
  ownerHotkey: wire.ss58,
  price: wire.raoPerAlpha.optional(),
  taoReserve: wire.rao,
  alphaReserve: wire.alpha,
  alphaOutside: wire.alpha,
  taoPerBlock: wire.rao,
  movingPrice: wire.raoPerAlpha.optional(),
  volume: wire.signed.optional(),
  alphaPerBlock: wire.alpha.optional(),
  tempo: z.number().int(),
  nextEpochBlock: wire.block.optional(),
  started: z.boolean(),
  registeredAtBlock: wire.block,
  registrationPrice: wire.rao.optional(),
  registrationOpen: z.boolean(),
  places: z.number().int(),
  placesTaken: z.number().int(),
}) satisfies z.ZodType<Subnet>

const validator = z.object({
  hotkey: wire.ss58,
  uid: z.number().int(),
  name: z.string().optional(),
  takePpm: z.number().int().optional(),
  permit: z.boolean(),
  stake: wire.alpha,
  ownerColdkey: wire.ss58,
}) satisfies z.ZodType<Validator>

/** Data of one block, or the reason why there is none. Old data stays readable next to the error. */
const fresh = <T extends z.ZodType>(data: T) => z.object({ data: data.optional(), error: wireError.optional() })

const earnings = z.object({
  /** Newest first; at most 500. */
  rows: z.array(epochRow).readonly(),
  /** Sums over all stored rows, per hotkey and subnet. */
  totals: z
    .array(
      z.object({
        netuid: wire.netuid,
        hotkey: wire.ss58,
        source: z.enum(['mined', 'staked']),
        earned: wire.signed,
        /** `undefined` when a row of it has no price. */
        earnedTao: wire.rao.optional(),
        epochs: z.number().int(),
        sinceBlock: wire.block,
      }),
    )
    .readonly(),
  nextEpochs: z.array(z.object({ netuid: wire.netuid, block: wire.block, blocksLeft: z.number().int() })).readonly(),
  block: wire.block,
})
export type EarningsView = z.output<typeof earnings>
export type PortfolioView = z.output<typeof portfolio>
export type SubnetView = z.output<typeof subnet>
export type ValidatorView = z.output<typeof validator>

export const chainViewsContract = {
  'portfolio.watch': subscription('Balance and stake positions of the active wallet, each block.', {
    input: nothing,
    output: fresh(portfolio),
  }),
  'portfolio.get': query('Balance and stake positions of any address, once.', {
    input: z.object({ coldkey: wire.ss58 }),
    output: portfolio,
  }),
  'subnets.watch': subscription('All subnets with their tokens and prices.', {
    input: nothing,
    output: fresh(z.object({ block: wire.block, subnets: z.array(subnet).readonly() })),
  }),
  'subnets.validators': query('Hotkeys of a subnet that one can stake to, largest first.', {
    input: z.object({ netuid: wire.netuid }),
    output: z.array(validator).readonly(),
  }),
  'earnings.watch': subscription('What each epoch brought to the active wallet.', {
    input: nothing,
    output: fresh(earnings),
  }),
}
