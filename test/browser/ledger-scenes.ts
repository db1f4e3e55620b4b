import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { LedgerLine } from '../../shared/contract/ledger.contract.ts'
import { ENTRY_KINDS } from '../../shared/ledger/entry.ts'
import { err, ok } from '../../shared/result.ts'
import { netuid, ss58, U64_MAX } from '../../shared/units/amounts.ts'

type Answers = Partial<Handlers<AppContract>>

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const BLOCK = 9_583_214
const gaps = [{ from: 9_000_001, to: 9_400_000 }]
const spans = [
  { from: 8_900_000, to: 9_000_000 },
  { from: 9_400_001, to: BLOCK },
]

/** The ledger cannot be read, and the last filling of a gap failed. */
export const noLedger: Answers = {
  'ledger.lines': async () => err({ code: 'storage/broken', path: '/d/taoforge.sqlite', reason: 'row 9 missing' }),
  'ledger.holdings': async () => err({ code: 'storage/broken', path: '/d/taoforge.sqlite', reason: 'row 9 missing' }),
  'ledger.status': (_input, emit) =>
    emit({
      version: 3,
      accounts: [{ account: OWN, spans, gaps }],
      finalThrough: BLOCK,
      stopped: { code: 'chain/unreachable', endpoint: 'wss://archive.example', reason: 'connection refused' },
      contradicted: BLOCK,
    }),
}

/** A line of each kind, all amounts as large as the chain can hold. */
const lines: readonly LedgerLine[] = ENTRY_KINDS.map((kind, index) => ({
  account: OWN,
  block: BLOCK - index,
  slot: index,
  kind,
  atMs: 1_790_000_000_000 - index * 12_000,
  netuid: netuid(index % 4),
  hotkey: BOB,
  other: OWN,
  tao: -U64_MAX,
  alpha: U64_MAX,
  ...(index % 2 === 0 ? { worth: U64_MAX } : {}),
  extrinsic: index,
  cursor: `${index}.1`,
}))

export const largestLedger: Answers = {
  'ledger.lines': async () => ok({ lines, next: '1.1' }),
  'ledger.status': (_input, emit) =>
    emit({
      version: 3,
      accounts: [{ account: OWN, spans, gaps }],
      finalThrough: BLOCK,
      filling: { account: OWN, at: 9_200_000, from: 9_000_001, to: 9_400_000 },
    }),
}
