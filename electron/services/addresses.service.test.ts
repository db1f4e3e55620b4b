import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WalletState } from '../../shared/contract/wallet.contract.ts'
import { err, ok } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { type Ss58, ss58 } from '../../shared/units/amounts.ts'
import { isAddress } from '../chain/address-check.ts'
import type { ChainPort, ConnectionState } from '../chain/chain.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { AddressesService } from './addresses.service.ts'
import { KnownAddresses } from './known-addresses.ts'
import type { NetworkService } from './network.service.ts'
import { TransferHistoryService } from './transfer-history.service.ts'
import type { WalletService } from './wallet.service.ts'

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOTKEY = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
/** The first eight bytes of BOB's key, then others. */
const IMITATION = ss58('5FHneW46xGXgscmpiWnnrv8BMtyLjbgiq6sBomZrqJfpD1sH')
const STRANGER = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const GENESIS = '0x01'

let folder = ''
let storage: StoragePort
let kind: 'practice' | 'finney'
let genesis: string | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-book-'))
  storage = sqliteStorage(folder)
  kind = 'finney'
  genesis = GENESIS
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

const wallet = { name: 'harbour', address: OWN, hotkeys: [{ name: 'rig', address: HOTKEY }] }
const wallets = {
  active: () => wallet,
  state: () => ({ wallets: [wallet] }) as unknown as WalletState,
} as unknown as WalletService

function service() {
  const network = { choice: () => ({ kind }), genesis: () => genesis, onChange: () => () => undefined }
  const known = new KnownAddresses({ storage, wallets, network: network as unknown as NetworkService })
  const book = new AddressesService({
    chain: { isAddress },
    storage,
    clock: { nowMs: () => 9, after: () => () => undefined, every: () => () => undefined },
    network: network as unknown as NetworkService,
    known,
  })
  return { book, known }
}
const record = (to: Ss58, over: Partial<TransactionRecord> = {}): TransactionRecord => ({
  id: to,
  genesis: GENESIS,
  kind: 'transfer',
  signer: OWN,
  to,
  stage: 'in-block',
  startedAtMs: 1,
  ...over,
})

describe('who may be paid', () => {
  test('an imitation of a named address: not before it was typed, and not by typing another', async () => {
    const { book } = service()
    expect(await book.refusal(IMITATION, undefined)).toBeUndefined()
    expect(book.add({ address: BOB, name: 'Exchange' }).ok).toBe(true)
    expect(await book.refusal(IMITATION, undefined)).toMatchObject({
      code: 'address/look-alike',
      of: BOB,
      name: 'Exchange',
    })
    expect(await book.refusal(IMITATION, ' ')).toMatchObject({ code: 'address/look-alike' })
    expect(await book.refusal(IMITATION, BOB)).toEqual({ code: 'address/typed-another' })
    expect(await book.refusal(IMITATION, `${IMITATION.slice(0, 8)} ${IMITATION.slice(8)}`)).toBeUndefined()
    expect(await book.refusal(BOB, undefined)).toBeUndefined()
  })

  test('an imitation of whoever was paid, by own records or by blocks that were seen', async () => {
    const { book } = service()
    storage.saveTransaction(record(BOB, { stage: 'failed' }))
    expect(await book.refusal(IMITATION, undefined)).toBeUndefined()
    storage.saveTransaction(record(BOB))
    expect(await book.refusal(IMITATION, undefined)).toMatchObject({ code: 'address/look-alike', of: BOB })
    genesis = '0x02'
    expect(await book.refusal(IMITATION, undefined)).toBeUndefined()
    storage.saveSeenTransfers('0x02', [{ block: 1, position: 1, from: OWN, to: BOB, amount: 1n }], 1)
    expect(await book.refusal(IMITATION, undefined)).toMatchObject({ code: 'address/look-alike', of: BOB })
  })

  test('an imitation of a validator that was shown, until another chain is', async () => {
    const { book, known } = service()
    known.sawValidators([{ hotkey: BOB, uid: 1, name: 'Tide', permit: true }] as unknown as Parameters<
      typeof known.sawValidators
    >[0])
    expect(book.check(BOB)).toMatchObject({ ok: true, value: { knownAs: 'Tide' } })
    expect(await book.refusal(IMITATION, undefined)).toMatchObject({ code: 'address/look-alike', name: 'Tide' })
    genesis = '0x02'
    expect(await book.refusal(IMITATION, undefined)).toBeUndefined()
  })

  test('a sender of bait is marked among what came in, and must be typed', async () => {
    const { book, known } = service()
    storage.saveTransaction(record(BOB))
    storage.saveSeenTransfers(
      GENESIS,
      [
        { block: 5, position: 1, from: IMITATION, to: OWN, amount: 1n },
        { block: 6, position: 1, from: STRANGER, to: OWN, amount: 1n },
      ],
      6,
    )
    expect(known.received('finney').map(({ from, bait }) => [from, bait])).toEqual([
      [STRANGER, false],
      [IMITATION, true],
    ])
    const report = book.check(IMITATION)
    expect(report.ok && report.value.findings.map((finding) => finding.kind)).toContain('dust-sender')
  })

  test('own keys are named', () => {
    const { book } = service()
    const kinds = (address: Ss58) => {
      const report = book.check(address)
      return report.ok && report.value.findings.map((finding) => finding.kind)
    }
    expect(kinds(HOTKEY)).toEqual(['own-hotkey'])
    expect(kinds(OWN)).toEqual(['itself'])
    expect(kinds(STRANGER)).toEqual(['first-time'])
  })
})

describe('the book', () => {
  test('each kind of network has its own, and a file of another is refused', () => {
    const { book } = service()
    book.add({ address: BOB, name: 'Exchange' })
    const { text, fileName } = book.exported()
    expect(fileName).toBe('taoforge-addresses-finney.json')
    kind = 'practice'
    expect(book.book().entries).toEqual([])
    expect(book.imported(text)).toMatchObject({ ok: false, error: { code: 'address/book-unreadable' } })
  })

  test('an import changes nothing that is there, and takes no address with wrong check digits', () => {
    const { book } = service()
    book.add({ address: BOB, name: 'Exchange' })
    const wrong = `${OWN.slice(0, -1)}Z`
    const addresses = [
      { address: wrong, name: 'wrong' },
      { address: BOB, name: 'Thief' },
      { address: STRANGER, name: 'EXCHANGE' },
      { address: HOTKEY, name: 'New' },
    ]
    const text = JSON.stringify({ format: 'taoforge-addresses', version: 1, network: 'finney', addresses })
    expect(book.imported(text)).toEqual({
      ok: true,
      value: {
        added: 1,
        skipped: [
          { row: 1, problem: 'checksum' },
          { row: 2, problem: 'already-there' },
          { row: 3, problem: 'name-taken' },
        ],
      },
    })
    expect(book.book().entries.map(({ name }) => name)).toEqual(['Exchange', 'New'])
  })
})

describe('what is seen in blocks', () => {
  const ready = (finalized: number) =>
    ({
      state: 'ready',
      reconnecting: false,
      facts: { genesis: GENESIS },
      finalized: { number: finalized },
    }) as ConnectionState

  function history(answer: ChainPort['transfers']) {
    const asked: { from: number; to: number }[] = []
    let tell: (state: ConnectionState) => void = () => undefined
    let now: ConnectionState = ready(0)
    const chain: Partial<ChainPort> = {
      onState: (listener) => {
        tell = listener
        return () => undefined
      },
      state: () => now,
      transfers: (accounts, range) => {
        asked.push(range)
        return answer(accounts, range)
      },
    }
    const log = { log: () => undefined }
    const service = new TransferHistoryService({ chain: chain as ChainPort, storage, log, wallets })
    const finalize = async (block: number) => {
      now = ready(block)
      tell(now)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return { service, asked, finalize, leave: () => (now = { state: 'idle' }) }
  }

  test('begins now, looks at each final block once, and fills a short gap in steps', async () => {
    const { asked, finalize } = history(async () => ok([]))
    await finalize(100)
    await finalize(100)
    await finalize(102)
    await finalize(160)
    await finalize(160)
    expect(asked).toEqual([
      { from: 100, to: 100 },
      { from: 101, to: 102 },
      { from: 103, to: 127 },
      { from: 128, to: 152 },
    ])
    await finalize(5_000)
    expect(asked.at(-1)).toEqual({ from: 4_750, to: 4_774 })
  })

  test('asks again after a failure, and drops what another chain answered', async () => {
    let fails = true
    const seen = { block: 7, position: 0, from: BOB, to: OWN, amount: 1n }
    const made = history(async () => (fails ? err({ code: 'chain/not-connected' }) : ok([seen])))
    await made.finalize(7)
    expect(storage.seenThrough(GENESIS)).toBeUndefined()
    fails = false
    await made.finalize(7)
    expect(storage.seenTransfers(GENESIS, 10)).toEqual([seen])
    const other = history(async () => {
      other.leave()
      return ok([{ ...seen, block: 8 }])
    })
    await other.finalize(8)
    expect(storage.seenThrough(GENESIS)).toBe(7)
  })
})
