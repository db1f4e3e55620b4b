import { z } from 'zod'
import { type LedgerDeps, LedgerService } from '../../../electron/services/ledger.service.ts'
import { ownKey } from '../../../electron/services/ledger-books-keeper.ts'
import type { LedgerFilter } from '../../../electron/storage/ledger-storage.port.ts'
import type { StoragePort } from '../../../electron/storage/storage.port.ts'
import { ledgerContract } from '../../../shared/contract/ledger.contract.ts'
import { BOOK_RULES } from '../../../shared/ledger/book-pieces.ts'
import { netuid } from '../../../shared/units/amounts.ts'
import type { BenchCase } from '../case.ts'
import {
  ACCOUNTS,
  BLOCKS,
  blockOf,
  EPOCHS_EACH,
  epoch,
  FROM_MS,
  GENESIS,
  type MillionLines,
  millionLines,
  RARE,
} from '../ledger-million.ts'

const [one] = ACCOUNTS
const month = { fromMs: FROM_MS + 6_000_000, toMs: FROM_MS + 12_000_000 }
/** Every way in which the window narrows the history, alone and together. */
const FILTERS: readonly LedgerFilter[] = [
  {},
  { account: one },
  { kind: 'reward' },
  { kind: 'sell' },
  { netuid: netuid(3) },
  { kind: 'buy', netuid: netuid(3) },
  RARE,
  { account: one, ...RARE },
  month,
  { account: one, kind: 'reward', netuid: netuid(5), ...month },
]
const PAGE = 100
const TIMES = 5

/** The slowest page of the history: first, far down, and narrowed every way; ms. */
function slowestPage({ storage }: MillionLines): number {
  const ms: number[] = []
  for (const filter of FILTERS) {
    for (let time = 0; time < TIMES; time += 1) {
      let after: string | undefined
      for (let page = 0; page < 3; page += 1) {
        const began = performance.now()
        const lines = storage.ledgerPage(GENESIS, { ...filter, after, limit: PAGE, order: 'newest' })
        ms.push(performance.now() - began)
        // The third page lies in the middle of the ledger: deep pages cost what the first does.
        after = page === 0 ? lines.at(-1)?.cursor : `${(BLOCKS / 2) * 2 ** 27}.1`
      }
    }
  }
  return Math.max(...ms)
}

/** Of what `LedgerService.holdings` needs, all there is: who the accounts are, and which chain. */
const serviceOf = ({ storage }: MillionLines): LedgerService =>
  new LedgerService({
    storage,
    chain: { onHead: () => () => undefined },
    wallets: {
      onChange: () => () => undefined,
      state: () => ({ wallets: ACCOUNTS.map((address) => ({ name: address, address, hotkeys: [] })) }),
    },
    network: { genesis: () => GENESIS },
    settings: { get: () => ({ lotMethod: 'fifo' }) },
    ledgerFiles: { close: () => undefined },
  } as unknown as LedgerDeps)

const wireOf = ledgerContract['ledger.holdings'].output

/** Books are written to the disk after the first answer, in steps. */
async function untilKept(storage: StoragePort): Promise<void> {
  const own = ownKey(new Set(ACCOUNTS))
  while (!storage.keptBooks(GENESIS, { rules: BOOK_RULES, method: 'fifo', own }))
    await new Promise((resolve) => setTimeout(resolve, 100))
}

/** What the portfolio asks every 12 s: the books of all positions with their yields, as they go over the wire; ms. */
async function slowestHoldings(ledger: MillionLines): Promise<number> {
  const { storage } = ledger
  let service = serviceOf(ledger)
  const ask = async () => {
    const [began, busy] = [performance.now(), process.cpuUsage()]
    const answer = await service.holdings({})
    if (!answer.ok) throw new Error(answer.error.code)
    JSON.stringify(z.encode(wireOf, answer.value))
    const { user, system } = process.cpuUsage(busy)
    return { ms: performance.now() - began, processorMs: (user + system) / 1000 }
  }
  const first = await ask()
  await untilKept(storage)
  service.close()
  service = serviceOf(ledger)
  const afterStart = await ask()
  const again: Record<string, Took[]> = { 'nothing new': [], 'a block on top': [], 'an epoch booked late': [] }
  for (let time = 0; time < TIMES; time += 1) {
    again['nothing new']?.push(await ask())
    storage.recordBlock(GENESIS, blockOf(BLOCKS + 1 + time), { accounts: ACCOUNTS, openings: [] })
    again['a block on top']?.push(await ask())
    for (const account of ACCOUNTS)
      storage.bookPastEpochs([{ ...epoch(account, EPOCHS_EACH + time), earned: 5n, epochBlock: BLOCKS - 20 }])
    again['an epoch booked late']?.push(await ask())
  }
  const all = Object.entries({ first: [first], 'after the next start': [afterStart], ...again })
  for (const [what, took] of all) process.stderr.write(`holdings, ${what}: ${took.map(told).join(', ')}\n`)
  return Math.max(...Object.values(again).flatMap((took) => took.map(({ ms }) => ms)))
}

interface Took {
  readonly ms: number
  /** Of all threads: beside other programs the wait says more about them. */
  readonly processorMs: number
}
const told = ({ ms, processorMs }: Took): string => `${ms.toFixed(1)} ms (processor ${processorMs.toFixed(1)})`

/**
 * The slowest answer that a window waits for on a ledger with a million lines. The first question for holdings ever
 * follows the whole ledger, the first after a start reads on from books that are kept on disk, both in steps of some ms between
 * which other answers go out; they are told beside, and not counted.
 */
export const ledgerView: BenchCase = {
  name: 'ledger-view-ms',
  unit: 'ms',
  target: 50,
  better: 'lower',
  async run() {
    const ledger = millionLines()
    try {
      const page = slowestPage(ledger)
      process.stderr.write(`pages of the history: ${page.toFixed(1)} ms\n`)
      return Math.max(page, await slowestHoldings(ledger))
    } finally {
      ledger.close()
    }
  },
}
