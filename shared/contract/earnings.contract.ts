import { z } from 'zod'
import { EPOCH_FORMATS } from '../earnings/epochs-file.ts'
import { RANGES } from '../earnings/ranges.ts'
import { command, query } from './define.ts'
import { epochRow } from './epoch-row.contract.ts'
import { wire } from './wire.ts'

const filter = {
  /** Of days of UTC; `7d` is today and the six days before. */
  range: z.enum(RANGES).default('30d'),
  /** Absent: all own accounts. */
  account: wire.ss58.optional(),
  netuid: wire.netuid.optional(),
  hotkey: wire.ss58.optional(),
}

const byKind = z.object({
  mined: wire.signed,
  validated: wire.signed,
  staked: wire.signed,
  root: wire.signed,
  'owner-cut': wire.signed,
  'not-told': wire.signed,
})
const count = z.number().int()

const sums = z.object({
  /** Of a single subnet only: alpha of several is nothing that can be added. 1e-9 alpha. */
  alpha: z
    .object({
      kinds: byKind,
      earned: wire.signed,
      flows: wire.signed,
      fee: wire.signed,
      unexplained: wire.signed,
      red: wire.signed,
    })
    .optional(),
  /** rao at the price after each epoch, of the epochs whose price is known. */
  tao: byKind,
  knownTao: wire.signed,
  /** `undefined` where an epoch earned something at a price that is not known. */
  earnedTao: wire.signed.optional(),
  feeTao: wire.signed,
  rows: count,
  epochs: count,
  unpriced: count,
  /** They do not add up, whether a cause is known or not. */
  redRows: count,
  /** They add up but for units that shares were rounded by. */
  roundedRows: count,
  untoldRows: count,
})
export type EarningsSums = z.output<typeof sums>

const day = z.object({
  /** Since 1970, UTC. */
  day: count,
  alpha: wire.signed.optional(),
  tao: wire.signed,
  price: wire.signed.optional(),
  rows: count,
  unpriced: count,
  redRows: count,
})
export type EarningsDayView = z.output<typeof day>

const gap = z.object({ account: wire.ss58, fromBlock: wire.block, throughBlock: wire.block })

const summary = z.object({
  span: z.object({ from: count.optional(), to: count }),
  total: sums,
  /** Of as many days right before. */
  before: sums.optional(),
  groups: z.object({
    wallet: z.array(z.object({ key: z.string(), sums })).readonly(),
    hotkey: z.array(z.object({ key: z.string(), sums })).readonly(),
    subnet: z.array(z.object({ key: z.string(), sums })).readonly(),
  }),
  /** Those of the range, and at least those of a year; days without a row are left out. */
  days: z.array(day).readonly(),
  /** Of a single subnet: how its positions began and ended the range. */
  subnet: z
    .object({
      start: wire.signed,
      end: wire.signed,
      priceThen: wire.signed.optional(),
      lastPrice: wire.signed.optional(),
    })
    .optional(),
  /** All that there ever were epochs of, for a choice. */
  seen: z.object({ netuids: z.array(wire.netuid).readonly(), hotkeys: z.array(wire.ss58).readonly() }),
  /** Blocks that were not looked at, newest first; at most 50. */
  gaps: z.array(gap).readonly(),
  /** Through this block all accounts are booked; absent before the first one is. */
  bookedThrough: wire.block.optional(),
})
export type EarningsSummary = z.output<typeof summary>

const page = z.object({
  rows: z.array(z.object({ row: epochRow, afterGap: gap.optional() })).readonly(),
  /** So many there are, of all pages. */
  total: count,
})
export type EpochsPage = z.output<typeof page>

const file = z.object({ ...filter, format: z.enum(EPOCH_FORMATS).default('csv') })

export const earningsContract = {
  'earnings.summary': query('What epochs brought in a range of days: by wallet, hotkey, subnet, kind and day.', {
    input: z.object(filter),
    output: summary,
  }),
  'earnings.epochs': query('Epochs of a range of days, newest first, a page at a time.', {
    input: z.object({
      ...filter,
      onlyRed: z.boolean().default(false),
      offset: count.min(0).default(0),
      limit: count.min(1).max(200).default(100),
    }),
    output: page,
  }),
  'earnings.export': command(
    'Writes a file of epochs into the folder of exports: CSV or JSON, a line for each epoch.',
    {
      input: file,
      output: z.object({ path: z.string(), lines: count, bytes: count }),
    },
  ),
  'earnings.offerDownload': command('The same file for the browser: an address that is good once, for a minute.', {
    input: file,
    output: z.object({ address: z.string() }),
  }),
}
