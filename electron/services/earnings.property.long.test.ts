import { isDeepStrictEqual } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import { ok } from '../../shared/result.ts'
import { addressOf, COLDKEYS, World } from '../../test/support/earnings-world.ts'
import type { EarningsPort, StakeFlow } from '../chain/earnings.port.ts'
import { accountOf, miner, nominator, validator } from '../practice/seed/accounts.ts'
import { keyOf } from './earnings-span.ts'

// Random moves of many coldkeys over many epochs of a real practice chain, over its socket: every row must add up to the last
// unit, and all rows of a position to the change of its stake, which is read from the chain's state by its own code.

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

async function worldOf(seed: number): Promise<World> {
  const world = await World.start(seed)
  worlds.push(world)
  return world
}

// Together they are more than three thousand moves.
test.each([7, 19])(
  'random moves %i over epochs, restarts and reorganisations: no red row, and rows that sum to the stake',
  { timeout: 400_000 },
  async (seed) => {
    const world = await worldOf(seed)
    const book = world.book()
    await world.block()
    await book.settle()
    for (let block = 0; block < 125; block += 1) {
      if (block % 60 === 40) book.start()
      await world.block()
      if (block % 23 === 11) await world.reorganize()
      // Now and then the app is off for some blocks, with an epoch among them.
      if (block % 50 < 35) await book.settle()
      if (block % 50 === 30) await book.restart()
    }
    await book.settle()
    expect(book.faults).toEqual([])
    const rows = COLDKEYS.flatMap((uri) => book.rows(uri).map((row) => ({ row, uri })))
    expect(rows.filter(({ row }) => redOf(row) !== 0n)).toEqual([])
    expect(rows.filter(({ row }) => row.parts === undefined)).toEqual([])
    for (const [last, uri] of lastOf(rows)) expect(last.stakeAfter).toBe(world.stakeAt(last.epochBlock, last, uri))
    report(
      world,
      rows.map(({ row }) => row),
    )
    expect(world.sent).toBeGreaterThan(1_500)
    expect(world.dropped).toBeGreaterThan(5)
    const kinds = ['mined', 'validated', 'staked', 'ownerCut'] as const
    for (const kind of kinds) expect(rows.some(({ row }) => (row.parts?.[kind] ?? 0n) > 0n)).toBe(true)
    expect(rows.some(({ row }) => row.parts?.elsewhere)).toBe(true)
  },
)

/** Each position's rows add up, one by one and together. @returns the newest row of each */
function lastOf(rows: readonly { readonly row: EpochRow; readonly uri: string }[]): readonly [EpochRow, string][] {
  return [...Map.groupBy(rows, ({ row, uri }) => `${uri}/${keyOf(row)}`).values()].flatMap((newestFirst) => {
    const [newest, oldest] = [newestFirst[0], newestFirst.at(-1)]
    if (!newest || !oldest) return []
    let stake: bigint = oldest.row.stakeBefore
    for (const { row } of newestFirst.toReversed()) {
      const { parts } = row
      if (!parts) throw new Error('no parts')
      expect(row.stakeBefore).toBe(stake)
      stake += row.flows + parts.mined + parts.validated + parts.staked + parts.ownerCut + parts.unexplained
      expect(row.stakeAfter).toBe(stake)
    }
    return [[newest.row, newest.uri] as [EpochRow, string]]
  })
}

function report({ sent, dropped }: World, rows: readonly EpochRow[]): void {
  const causes = Object.fromEntries(
    [...Map.groupBy(rows, ({ parts }) => parts?.cause ?? 'none')].map(([cause, of]) => [cause, of.length]),
  )
  process.stdout.write(`${JSON.stringify({ sent, dropped, rows: rows.length, causes })}\n`)
}

test('a move that the events do not tell makes its row red by exactly that', { timeout: 200_000 }, async () => {
  const world = await worldOf(11)
  let lost: StakeFlow | undefined
  const broken: Partial<EarningsPort> = {
    stakeEvents: async (coldkey, range) => {
      const seen = await world.chain.stakeEvents(coldkey, range)
      if (!seen.ok || coldkey !== addressOf(nominator(0))) return seen
      lost ??= seen.value.flows.find((flow) => flow.alpha > 1_000_000n && flow.netuid !== 0)
      // However often it is asked.
      const flows = seen.value.flows.filter((flow) => !isDeepStrictEqual(flow, lost))
      return ok({ ...seen.value, flows })
    },
  }
  const book = world.book(broken)
  for (let block = 0; block < 60; block += 1) {
    await world.block()
    await book.settle()
  }
  const red = COLDKEYS.flatMap((uri) => book.rows(uri)).filter((row) => redOf(row) !== 0n)
  expect(red.map(({ coldkey, netuid, hotkey }) => ({ coldkey, netuid, hotkey }))).toEqual([
    { coldkey: addressOf(nominator(0)), netuid: lost?.netuid, hotkey: lost?.hotkey },
  ])
  const [row] = red
  const rounding = redOf(row as EpochRow) - (lost?.alpha ?? 0n)
  expect(rounding >= -20n && rounding <= 20n).toBe(true)
})

test('hotkeys that become others are red where stake moved with them, with that cause and the same amount on both sides', {
  timeout: 400_000,
}, async () => {
  const world = await worldOf(5)
  const book = world.book()
  for (let block = 0; block < 60; block += 1) {
    // The stake of all who stake to the validator goes along.
    if (block === 25)
      for (const { coldkeyUri, hotkeyUri } of [validator(1), miner(4)]) {
        const keys = { hotkey: accountOf(hotkeyUri), new_hotkey: accountOf(`${hotkeyUri}//new`) }
        world.send(coldkeyUri, 'swap_hotkey_v2', { ...keys, netuid: undefined, keep_stake: false })
      }
    await world.block()
    await book.settle()
  }
  expect(book.faults).toEqual([])
  const rows = COLDKEYS.flatMap((uri) => book.rows(uri).map((row) => ({ row, uri })))
  lastOf(rows)
  const named = rows.filter(({ row }) => row.parts?.cause === 'hotkey-swap')
  // What does not add up has its cause, in rows of the very blocks in which it happened, and one side has what the other lost.
  expect(rows.filter(({ row }) => redOf(row) !== 0n)).toEqual(named)
  for (const both of Map.groupBy(named, ({ row, uri }) => `${uri}/${row.netuid}/${row.epochBlock}`).values()) {
    const left = both.reduce((all, { row }) => all + redOf(row), 0n)
    expect(left >= -20n && left <= 20n).toBe(true)
  }
  expect(named.some(({ row }) => row.hotkey === addressOf(validator(1).hotkeyUri))).toBe(true)
  expect(named.some(({ row }) => row.hotkey === addressOf(`${validator(1).hotkeyUri}//new`))).toBe(true)
})
