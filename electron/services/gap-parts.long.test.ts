import { afterEach, expect, test } from 'vitest'
import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import { err, ok } from '../../shared/result.ts'
import { newChain } from '../../test/support/chain/chain-session.ts'
import { addressOf, type Book, COLDKEYS, ownHotkeys, World } from '../../test/support/earnings-world.ts'
import type { EarningsPort } from '../chain/earnings.port.ts'
import { ArchiveNode } from './archive-node.ts'
import { keyOf } from './earnings-span.ts'
import { LedgerFill } from './ledger-fill.ts'
import { LedgerRecorder } from './ledger-recorder.ts'

// Two apps beside one practice chain: one looks at every block, the other is off for long and asks an archive later, over a
// connection of its own. What they say of an epoch must be the same.

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

/** A nominator, a miner, a validator's owner, and the owner of a subnet. */
const FILLED = [0, 4, 7, 8].map((index) => COLDKEYS[index] ?? '')
/** The node of the second app has forgotten what is so many blocks below the newest final one: that is a gap. */
const REMEMBERED = 30

async function fill(world: World, book: Book): Promise<void> {
  const { chain, network } = world
  const { storage } = book
  const recorder = new LedgerRecorder({ chain, storage, log: { log: () => undefined }, accounts: () => [] })
  for (const uri of FILLED) {
    const account = addressOf(uri)
    const missed = storage.earningsGaps(network.genesis, account)
    expect(missed.length).toBeGreaterThan(1)
    // The ledger stopped looking a little later, and looked at nothing until now.
    const gaps = [{ from: (missed[0]?.fromBlock ?? 0) + 3, to: missed.at(-1)?.throughBlock ?? 0 }]
    const done = Promise.withResolvers<void>()
    const filler: LedgerFill = new LedgerFill({
      chain,
      archive: new ArchiveNode(newChain()),
      storage,
      recorder,
      changed: () => filler.filling() ?? done.resolve(),
    })
    const hotkeys = ownHotkeys(uri).map(({ address }) => address)
    expect(await filler.start({ genesis: network.genesis, account, hotkeys, gaps, archive: network.ws })).toEqual(
      ok(null),
    )
    await done.promise
    expect(filler.stopped()).toBeUndefined()
    expect(storage.earningsGaps(network.genesis, account)).toEqual([])
  }
  recorder.close()
}

/** What the epoch itself did. Moves before it may stand in a row of their own, where a gap ended between the two. */
function paidBy({ stakeAfter, earned, price, uid, parts }: EpochRow) {
  if (!parts) throw new Error('no parts')
  const { mined, validated, staked, ownerCut, elsewhere } = parts
  return { stakeAfter, earned, price, uid, mined, validated, staked, ownerCut, elsewhere }
}
const nameOf = (row: EpochRow) => `${row.coldkey}/${keyOf(row)}/${row.epochBlock}`

test('what an archive tells of a gap is what was seen by who looked', { timeout: 580_000 }, async () => {
  const world = await World.start(23)
  worlds.push(world)
  const seeing = world.book()
  const short: Partial<EarningsPort> = {
    stakeEvents: async (coldkey, range) =>
      range.from < world.network.node.chain.finalized.header.number - REMEMBERED
        ? err({ code: 'chain/unsupported', missing: ['state'] })
        : world.chain.stakeEvents(coldkey, range),
  }
  const away = world.book(short)
  for (let block = 0; block < 100; block += 1) {
    const isOff = block % 48 > 6 && block % 48 < 44
    await world.block(isOff ? [seeing] : [seeing, away])
    await seeing.settle()
    if (!isOff) await away.settle()
  }
  await fill(world, away)

  const seen = FILLED.flatMap((uri) => seeing.rows(uri))
  const rows = FILLED.flatMap((uri) => away.rows(uri))
  const filled = rows.filter(({ via }) => via === 'archive')
  expect(rows.filter((row) => row.parts === undefined || redOf(row) !== 0n)).toEqual([])
  const byName = new Map(seen.map((row) => [nameOf(row), row]))
  const epochs = filled.filter((row) => row.epochs > 0)
  expect(epochs.length).toBeGreaterThan(20)
  for (const row of epochs) expect(paidBy(row)).toEqual(paidBy(byName.get(nameOf(row)) as EpochRow))
  for (const kind of ['mined', 'validated', 'staked', 'ownerCut'] as const)
    expect(epochs.some(({ parts }) => (parts?.[kind] ?? 0n) > 0n)).toBe(true)

  // Without a hole: the stake before is the stake after of the row before, also across the ends of gaps.
  for (const of of Map.groupBy(rows, (row) => `${row.coldkey}/${keyOf(row)}`).values()) {
    const oldestFirst = of.toSorted((a, b) => a.epochBlock - b.epochBlock)
    for (const [index, row] of oldestFirst.entries())
      if (index > 0) expect(row.stakeBefore).toBe(oldestFirst[index - 1]?.stakeAfter)
  }
  // What was moved since the last epoch waits for the next one; at the end of a gap it has a row.
  const sums = ({ storage }: Book, all: readonly EpochRow[]) => {
    const marks = FILLED.flatMap((uri) => storage.marks(world.network.genesis, addressOf(uri)))
    const flows = [...all, ...marks].reduce((sum, one) => sum + one.flows, 0n)
    return { flows, earned: all.reduce((sum, row) => sum + row.earned, 0n) }
  }
  expect(sums(away, rows)).toEqual(sums(seeing, seen))
})
