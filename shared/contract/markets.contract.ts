import { z } from 'zod'
import type { NetworkFacts } from '../network-facts/network-facts.ts'
import type { MarketDepth, MarketMoment, MarketSample, SubnetStatement } from '../subnets/market.ts'
import type { MeasuredYield, Measuring } from '../subnets/measured-yield.ts'
import type { ValidatorRow, ValidatorTable } from '../subnets/validator-table.ts'
import { command, done, nothing, query, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const moment = z.object({ block: wire.block, atMs: z.number() }) satisfies z.ZodType<MarketMoment>

const sample = z.object({
  ...moment.shape,
  price: wire.raoPerAlpha.optional(),
  taoReserve: wire.rao,
  alphaReserve: wire.alpha,
  alphaOutside: wire.alpha,
  volume: wire.signed.optional(),
}) satisfies z.ZodType<MarketSample>

const depth = z.object({
  netuid: wire.netuid,
  block: wire.block,
  price: wire.raoPerAlpha,
  exits: z.array(z.object({ size: wire.rao, alpha: wire.alpha, taoOut: wire.rao.optional() })).readonly(),
}) satisfies z.ZodType<MarketDepth>

const identity = z.object({
  name: z.string(),
  url: z.string(),
  github: z.string(),
  discord: z.string(),
  description: z.string(),
})

const statement = z.object({
  netuid: wire.netuid,
  block: wire.block,
  identity: identity.extend({ contact: z.string() }).optional(),
}) satisfies z.ZodType<SubnetStatement>

const validatorRow = z.object({
  hotkey: wire.ss58,
  ownerColdkey: wire.ss58,
  uid: z.number().int(),
  identity: identity.optional(),
  takePpm: z.number().int().optional(),
  stake: wire.alpha,
  rootWeight: wire.rao,
  totalStake: wire.alpha,
  ownStake: wire.alpha.optional(),
  dividendsShare: z.number().int(),
  dividends: wire.alpha.optional(),
  stakeLastEpoch: wire.alpha.optional(),
  lastUpdate: wire.block,
  registeredAt: wire.block,
}) satisfies z.ZodType<ValidatorRow>

/** In alpha, from the epochs that were recorded here; before a day of them only how many there are. */
const measured = z.union([
  z.object({ yearlyPpm: wire.units, epochs: z.number().int() }) satisfies z.ZodType<MeasuredYield>,
  z.object({ epochs: z.number().int(), needed: z.number().int() }) satisfies z.ZodType<Measuring>,
])

const validatorTable = z.object({
  netuid: wire.netuid,
  block: wire.block,
  tempo: z.number().int(),
  lastEpoch: wire.block,
  activityCutoff: z.number().int().optional(),
  rows: z.array(validatorRow.extend({ measured: measured.optional() })).readonly(),
}) satisfies z.ZodType<ValidatorTable>

const networkFacts = z.object({
  block: wire.block,
  issuance: wire.rao,
  blockEmission: wire.rao.optional(),
  rootStake: wire.rao,
  rootSeats: z
    .array(z.object({ hotkey: wire.ss58, ownerColdkey: wire.ss58, name: z.string().optional(), stake: wire.rao }))
    .readonly(),
}) satisfies z.ZodType<NetworkFacts>

const changes = z.object({
  /** The recorded look nearest to a day ago. Absent while there is none but the newest. */
  since: moment.optional(),
  /** What was seen then. */
  points: z
    .array(z.object({ netuid: wire.netuid, price: wire.raoPerAlpha.optional(), volume: wire.signed.optional() }))
    .readonly(),
})

const past = z.object({
  /** How many blocks were read and are now recorded. */
  read: z.number().int(),
  asked: z.number().int(),
  /** Why it ended early. */
  error: wireError.optional(),
})

/** More blocks than this would keep a public endpoint busy for minutes. */
export const MOST_PAST_BLOCKS = 24

export type MarketChanges = z.output<typeof changes>
export type MarketSampleView = z.output<typeof sample>
export type MarketDepthView = z.output<typeof depth>
export type SubnetStatementView = z.output<typeof statement>
export type ValidatorTableView = z.output<typeof validatorTable>
export type NetworkFactsView = z.output<typeof networkFacts>
export type PastView = z.output<typeof past>

const ofSubnet = z.strictObject({ netuid: wire.netuid })

export const marketsContract = {
  'market.changes': query('Prices and volumes of about a day ago, from what this app recorded.', {
    input: nothing,
    output: changes,
  }),
  'market.history': query('What this app recorded of one subnet, oldest first.', {
    input: z.strictObject({ netuid: wire.netuid, fromBlock: wire.block.optional() }),
    output: z.object({ samples: z.array(sample).readonly() }),
  }),
  'market.fetchPast': command(
    'Reads a subnet at older blocks, from the connected node or an archive, and records it.',
    {
      input: z.strictObject({
        netuid: wire.netuid,
        /** How far back, in blocks. */
        span: z.number().int().min(1).max(10_000_000),
        /** At how many blocks, evenly spread. */
        points: z.number().int().min(1).max(MOST_PAST_BLOCKS),
        /** `ws://` or `wss://` address of a node that keeps all state; absent: the connected one. */
        archive: z.string().min(1).max(300).optional(),
      }),
      output: past,
    },
  ),
  'market.depth': query('What selling 1, 10, 100 and 1000 TAO worth of a token would bring, simulated by the chain.', {
    input: ofSubnet,
    output: depth,
  }),
  'market.statement': query('What the owner of a subnet says of it. Text of a stranger.', {
    input: ofSubnet,
    output: statement,
  }),
  'market.validators': query('Everyone with a permit on a subnet: take, stake, dividends, last update, identity.', {
    input: ofSubnet,
    output: validatorTable,
  }),
  'market.network': query('Issuance, emission, and who holds root.', { input: nothing, output: networkFacts }),
  'market.favourites': subscription('Subnets that were marked on this chain.', {
    input: nothing,
    output: z.array(wire.netuid).readonly(),
  }),
  'market.setFavourite': command('Marks a subnet, or takes the mark away.', {
    input: z.strictObject({ netuid: wire.netuid, favourite: z.boolean() }),
    output: done,
  }),
}
