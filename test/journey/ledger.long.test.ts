import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../shared/contract/ledger.contract.ts'
import {
  createMiner,
  freeBalance,
  getRich,
  type HostSession,
  importWallet,
  registerMiner,
  sessionWith,
  signAndSend,
  validatorOf,
} from '../support/host-session.ts'
import { readCsv } from '../support/read-csv.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'

const STRANGER = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'

type Wire<T> = { readonly [K in keyof T]: T[K] extends bigint | undefined ? string : T[K] }
type Line = Wire<LedgerLine>
interface Page {
  readonly lines: readonly Line[]
}
interface Status {
  readonly accounts: readonly {
    readonly account: string
    readonly spans: readonly object[]
    readonly gaps: readonly object[]
  }[]
}

let host: RunningHost
let session: HostSession
let account = ''
const ask = (channel: string, input: object = {}) => taoforge([channel, JSON.stringify(input), '--data', host.data])
const lines = async (input: object = {}) => (await session.must<Page>('ledger.lines', { limit: 500, ...input })).lines

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '300'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  account = (await importWallet(session)).address
  await getRich(session)
  const hotkey = await validatorOf(session, 2)
  const move = (kind: string, amount: string) =>
    session.must('staking.planMoves', { moves: [{ kind, netuid: 2, hotkey, amount }], tolerancePpm: 300_000 })
  await signAndSend(session, await move('add', '5000000000'))
  await registerMiner(session, await createMiner(session))
  await signAndSend(session, await move('remove', '30000000000'))
  await signAndSend(session, await session.must('transfer.plan', { to: STRANGER, amount: '1000000000' }))
  await until(async () => ((await lines({ kind: 'reward' })).length >= 2 ? true : undefined))
}, 240_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
}, 60_000)

/** Everything from the terminal, on a chain that really trades: the books must agree with it to the rao. */
describe('the ledger of a walk', { timeout: 120_000 }, () => {
  it('refuses what cannot be: no gap, a page of none, a cursor that is none, a year before the chain', async () => {
    const cases: readonly [string, object, object][] = [
      ['ledger.fill', { account }, { code: 'ledger/nothing-missing' }],
      ['ledger.lines', { limit: 0 }, { code: 'contract/bad-input' }],
      ['ledger.lines', { after: "1.1'; drop table" }, { code: 'contract/bad-input' }],
      ['ledger.export', { what: 'years', year: 1999 }, { code: 'contract/bad-input' }],
      ['ledger.fill', { account, fromBlock: 1, archive: 'http://127.0.0.1:1' }, { code: 'chain/bad-endpoint' }],
    ]
    for (const [channel, input, error] of cases) {
      const answer = await ask(channel, input)
      expect(answer.json, channel).toMatchObject({ ok: false, error })
      expect(answer.exit).toBe(1)
    }
  })

  it('has a line for each thing that happened, and they add up to the balance', async () => {
    const all = await lines()
    const count = (kind: string) => all.filter((line) => line.kind === kind).length
    const made = ['buy', 'sell', 'registration', 'transfer-in', 'transfer-out', 'fee'].map((kind) => [
      kind,
      count(kind),
    ])
    expect(Object.fromEntries(made)).toEqual({
      buy: 1,
      sell: 1,
      registration: 1,
      'transfer-in': 1,
      'transfer-out': 1,
      fee: 4,
    })
    const sum = all.reduce((total, line) => total + BigInt(line.tao), 0n)
    expect(sum.toString()).toBe(await freeBalance(session))
  })

  it('knows every position to the last unit, and its totals are its rows', async () => {
    interface Positions {
      readonly positions: readonly { readonly alpha: string; readonly book: Record<string, string> }[]
      readonly totals: Record<string, string>
    }
    // Epochs run all the time here: what the last one brought is on the chain two blocks before it is in the books.
    const answers = await until(async () => {
      const read = await Promise.all(
        ['fifo', 'hifo', 'average'].map((method) => session.must<Positions>('ledger.positions', { method })),
      )
      return read.every(({ positions }) => positions[0]?.book['notBooked'] === '0') ? read : undefined
    })
    for (const { positions, totals } of answers) {
      const [position] = positions
      expect(position?.book).toMatchObject({ unknownAlpha: '0', notBooked: '0' })
      expect(BigInt(position?.book['knownCost'] ?? 0)).toBeGreaterThan(0n)
      expect(totals['cost']).toBe(position?.book['cost'])
      expect(totals['realised']).toBe(position?.book['realised'])
    }
  })

  it('computes by the lots that were chosen once, wherever nobody names others', async () => {
    interface Answer {
      readonly method: string
    }
    const named = (answer: unknown) => (answer as Answer).method
    expect(named(await session.must('ledger.positions'))).toBe('fifo')
    const refused = await ask('settings.change', { lotMethod: 'newest' })
    expect(refused.json).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
    expect(refused.exit).toBe(1)
    expect((await ask('settings.change', { lotMethod: 'average' })).json).toMatchObject({ ok: true })
    for (const channel of ['ledger.holdings', 'ledger.positions', 'ledger.allPositions'])
      expect(named(await session.must(channel)), channel).toBe('average')
    expect(named(await session.must('ledger.positions', { method: 'hifo' }))).toBe('hifo')
    const { json } = await ask('ledger.export', { what: 'lots' })
    expect((json.value as { path: string }).path).toContain('-lots-average-')
  })

  it('fills what lies before its first block, from the node that still has it', async () => {
    await session.must('ledger.fill', { account, fromBlock: 1 })
    const whole = ({ accounts: [mine] }: Status) =>
      mine?.gaps.length === 0 && JSON.stringify(mine.spans).startsWith('[{"from":1,')
    const status = await session.until<Status>('ledger.status', whole)
    expect(status.accounts[0]).toMatchObject({ account, gaps: [] })
    expect(status.accounts[0]?.spans).toHaveLength(1)
  })

  it('writes files that a spreadsheet reads, with the figures of the window', async () => {
    for (const what of ['transactions', 'rewards', 'lots', 'years']) {
      const { json } = await ask('ledger.export', { what, method: 'hifo' })
      const { path, lines: count } = json.value as { path: string; lines: number }
      const text = readFileSync(path, 'utf8')
      expect(text.startsWith('\u{feff}')).toBe(true)
      const [head = [], ...rows] = readCsv(text)
      expect(rows).toHaveLength(count)
      for (const row of rows) expect(row).toHaveLength(head.length)
      if (what !== 'transactions') continue
      const change = head.indexOf('Change in TAO')
      const rao = (cell: string) => BigInt(cell.replace('.', '') || 0)
      const sum = rows.reduce((total, row) => total + rao(row[change] ?? ''), 0n)
      expect(sum.toString()).toBe(await freeBalance(session))
    }
  })

  it('adds up all wallets, a watched one too, to what each of them has', async () => {
    interface Sum {
      readonly total?: string
      readonly known: string
      readonly missing: number
    }
    interface All {
      readonly wallets: readonly { readonly account: string; readonly free: string }[]
      readonly rows: readonly { readonly account: string; readonly book: Readonly<Record<string, string>> }[]
      readonly groups: Readonly<
        Record<string, readonly { readonly key: string; readonly sums: { readonly cost: Sum } }[]>
      >
      readonly sums: { readonly cost: Sum }
      readonly free: string
    }
    await session.must('wallet.importWatchOnly', { name: 'watched', source: STRANGER })
    const { json } = await ask('ledger.allPositions', { method: 'fifo' })
    const all = json.value as All
    expect(all.wallets.map((wallet) => wallet.account).sort()).toEqual([account, STRANGER].sort())
    const alone = await session.must<{ readonly free: string }>('portfolio.get', { coldkey: STRANGER })
    expect(all.wallets.find((wallet) => wallet.account === STRANGER)?.free).toBe(alone.free)
    const free = all.wallets.reduce((sum, wallet) => sum + BigInt(wallet.free), 0n)
    expect(all.free).toBe(free.toString())
    // A reward may come between two reads: its cost is then not known yet, and the sum says so.
    const unknown = all.rows.filter(({ book }) => book['cost'] === undefined).length
    expect(all.sums.cost.missing).toBe(unknown)
    expect(all.sums.cost.total === undefined).toBe(unknown > 0)
    const cost = all.rows.reduce((sum, { book }) => sum + BigInt(book['cost'] ?? book['knownCost'] ?? 0), 0n)
    expect(cost).toBeGreaterThan(0n)
    expect(BigInt(all.sums.cost.known)).toBe(cost)
    for (const by of ['wallet', 'validator', 'subnet']) {
      const known = (all.groups[by] ?? []).map(({ sums }) => BigInt(sums.cost.known))
      expect(known.reduce((sum, part) => sum + part, 0n)).toBe(cost)
    }
  })
})
