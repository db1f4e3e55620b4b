import { z } from 'zod'
import { ENTRY_KINDS } from '../ledger/entry.ts'
import { EXPORTS } from '../ledger/export-lines.ts'
import { LOT_METHODS } from '../ledger/lots.ts'
import { notFinal } from './chain-views.contract.ts'
import { command, done, nothing, query, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const kind = z.enum(ENTRY_KINDS)
const method = z.enum(LOT_METHODS)
const moment = z.number().int().min(0).max(8_640_000_000_000_000)

const filter = {
  /** Absent: all own accounts. */
  account: wire.ss58.optional(),
  kind: kind.optional(),
  netuid: wire.netuid.optional(),
  /** ms since 1970, UTC; from inclusive, to exclusive. */
  fromMs: moment.optional(),
  toMs: moment.optional(),
}
/** Names a line; comes from an earlier page. */
const cursor = z.string().regex(/^\d{1,16}\.\d{1,9}$/)

const entry = z.object({
  account: wire.ss58,
  block: wire.block,
  slot: z.number().int(),
  kind,
  atMs: z.number(),
  netuid: wire.netuid.optional(),
  hotkey: wire.ss58.optional(),
  toHotkey: wire.ss58.optional(),
  other: wire.ss58.optional(),
  tao: wire.signed,
  alpha: wire.signed,
  worth: wire.signed.optional(),
  feeTao: wire.signed.optional(),
  feeAlpha: wire.signed.optional(),
  price: wire.signed.optional(),
  extrinsic: z.number().int().optional(),
  mined: z.boolean().optional(),
  epochs: z.number().int().optional(),
  before: wire.signed.optional(),
  blockHash: z.string().optional(),
  cursor,
})
export type LedgerLine = z.output<typeof entry>

const span = z.object({ from: wire.block, to: wire.block })
const status = z.object({
  /** Counts up whenever a line came or went: what was asked before may be old. */
  version: z.number().int(),
  accounts: z
    .array(
      z.object({
        account: wire.ss58,
        /** Blocks that were looked at. */
        spans: z.array(span).readonly(),
        /** Blocks between them that were not. */
        gaps: z.array(span).readonly(),
      }),
    )
    .readonly(),
  /** Everything up to this block is final. */
  finalThrough: z.number().int(),
  filling: z.object({ account: wire.ss58, at: wire.block, from: wire.block, to: wire.block }).optional(),
  /** Why the last filling ended early. */
  stopped: wireError.optional(),
  /** The chain contradicts what was final here: nothing is recorded. */
  contradicted: wire.block.optional(),
  /** Costs and gains are being computed from this block to that one, and how far that is; absent: nothing long is. */
  computing: z.object({ at: wire.block, from: wire.block, to: wire.block }).optional(),
})
export type LedgerStatus = z.output<typeof status>

const book = z.object({
  cost: wire.rao.optional(),
  knownCost: wire.rao,
  unknownAlpha: wire.alpha,
  notBooked: wire.signed,
  realised: wire.signed,
  unknownDisposed: wire.alpha,
  unrealised: wire.signed.optional(),
  yield: z.object({ yearlyPpm: z.number(), measuredMs: z.number() }).optional(),
})
const positionShape = {
  netuid: wire.netuid,
  hotkey: wire.ss58,
  alpha: wire.alpha,
  available: wire.alpha,
  locked: wire.alpha,
  price: wire.raoPerAlpha.optional(),
  valueAtSpot: wire.rao.optional(),
  ifSold: wire.rao.optional(),
  ifSoldBlock: wire.block.optional(),
  registered: z.boolean(),
  shareOfPoolPpm: z.number().optional(),
  book,
}
const position = z.object(positionShape)

const sum = z.object({ total: wire.signed.optional(), known: wire.signed, missing: z.number().int() })
const sums = z.object({ valueAtSpot: sum, ifSold: sum, cost: sum, unrealised: sum, realised: sum })
const groups = z.array(z.object({ key: z.string(), rows: z.number().int(), free: wire.signed, sums })).readonly()
const everyPosition = z.object({
  block: wire.block,
  method,
  wallets: z
    .array(
      z.object({
        account: wire.ss58,
        name: z.string(),
        free: wire.signed,
        /** What the last final block says otherwise of it. */
        notFinal: notFinal.optional(),
      }),
    )
    .readonly(),
  rows: z.array(z.object({ account: wire.ss58, ...positionShape })).readonly(),
  groups: z.object({ wallet: groups, validator: groups, subnet: groups }),
  sums,
  free: wire.signed,
  left: sum,
})
export type EveryPosition = z.output<typeof everyPosition>

const holding = z.object({
  account: wire.ss58,
  netuid: wire.netuid,
  hotkey: wire.ss58,
  alpha: wire.signed,
  unknownAlpha: wire.signed,
  knownCost: wire.signed,
  realised: wire.signed,
  unknownDisposed: wire.signed,
  yield: z.object({ yearlyPpm: z.number(), measuredMs: z.number() }).optional(),
})

const file = z.object({
  what: z.enum(EXPORTS),
  /** Absent: the one that the settings name. */
  method: method.optional(),
  account: wire.ss58.optional(),
  /** Calendar year, UTC; absent: all. */
  year: z.number().int().min(2021).max(2200).optional(),
})

export const ledgerContract = {
  'ledger.lines': query('What happened to own accounts, a page at a time, newest first unless asked otherwise.', {
    input: z.object({
      ...filter,
      after: cursor.optional(),
      limit: z.number().int().min(1).max(500).default(100),
      order: z.enum(['newest', 'oldest']).default('newest'),
    }),
    output: z.object({ lines: z.array(entry).readonly(), next: cursor.optional() }),
  }),
  'ledger.status': subscription('Which blocks were looked at, where gaps are, and what is being filled.', {
    input: nothing,
    output: status,
  }),
  'ledger.fill': command(
    'Reads blocks that were missed, or older ones from a block on, from the chain or an archive.',
    {
      input: z.object({
        account: wire.ss58,
        /** Also the blocks from here to the first one that was looked at. */
        fromBlock: wire.block.optional(),
        /** `ws://` or `wss://` address of a node that keeps all state; absent: the connected one. */
        archive: z.string().max(300).optional(),
      }),
      output: done,
    },
  ),
  'ledger.stopFilling': command('Ends the reading of missed blocks; what was read stays.', {
    input: nothing,
    output: done,
  }),
  'ledger.holdings': query('Cost and realised gain of each position of own accounts, from the ledger alone.', {
    input: z.object({ method: method.optional(), account: wire.ss58.optional() }),
    output: z.object({ holdings: z.array(holding).readonly(), version: z.number().int(), method }),
  }),
  'ledger.positions': query(
    'Positions of a wallet with value, cost, gain and yield; the totals are the sums of the rows.',
    {
      input: z.object({ method: method.optional(), account: wire.ss58.optional() }),
      output: z.object({
        account: wire.ss58,
        method,
        block: wire.block,
        free: wire.rao,
        positions: z.array(position).readonly(),
        totals: z.object({
          valueAtSpot: wire.signed.optional(),
          ifSold: wire.signed.optional(),
          cost: wire.signed.optional(),
          knownCost: wire.signed,
          realised: wire.signed,
          unrealised: wire.signed.optional(),
        }),
      }),
    },
  ),
  'ledger.allPositions': query(
    'Positions of all wallets of this app together, with sums by wallet, by validator and by subnet.',
    { input: z.object({ method: method.optional() }), output: everyPosition },
  ),
  'ledger.export': command(
    'Writes a CSV file into the folder of exports: transactions, rewards, lots or a summary of years.',
    {
      input: file,
      output: z.object({ path: z.string(), lines: z.number().int(), bytes: z.number().int() }),
    },
  ),
  'ledger.offerDownload': command('The same file for the browser: an address that is good once, for a minute.', {
    input: file,
    output: z.object({ address: z.string() }),
  }),
}
