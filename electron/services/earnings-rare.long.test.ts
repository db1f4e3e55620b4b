import { afterEach, expect, test } from 'vitest'
import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import { addressOf, type Book, COLDKEYS, setStorage, storedAt, World } from '../../test/support/earnings-world.ts'
import { PALLETS } from '../practice/definitions/pallets.ts'
import { accountOf, miner, validator } from '../practice/seed/accounts.ts'
import { keyOf } from './earnings-span.ts'

// What changes a stake seldom, among random moves over a real practice chain: a subnet that ends, another one under its number, child
// keys, and a hotkey that becomes another while it has children. The account closes to the last unit all the same.

const s = PALLETS.SubtensorModule.storage
const ALL = (1n << 64n) - 1n
const OWNER = '//Fresh//hotkey'
/** Not immune, and cheaper than the others. */
const GONE = 3

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

const call = (type: string, value: object) => ({ type: 'SubtensorModule', value: { type, value } })

async function begin(seed: number): Promise<{ readonly world: World; readonly book: Book }> {
  const world = await World.start(seed)
  worlds.push(world)
  const book = world.book()
  world.sudo(
    setStorage(s.SubnetLimit, [], 7),
    setStorage(s.NetworkImmunityPeriod, [], 1n),
    setStorage(s.NetworkRateLimit, [], 0n),
    setStorage(s.SubnetMovingPrice, [GONE], { bits: 0n }),
    call('set_pending_childkey_cooldown', { cooldown: 3n }),
  )
  await world.block()
  await book.settle()
  return { world, book }
}

type Rows = readonly { readonly row: EpochRow; readonly uri: string }[]
const rowsOf = (book: Book): Rows => COLDKEYS.flatMap((uri) => book.rows(uri).map((row) => ({ row, uri })))

/** Each position's rows follow on each other without a gap, add up, and end at the chain's own stake. */
function closes(world: World, rows: Rows): void {
  // A subnet that ended and a hotkey that became another are red, too: with their cause, and by how much.
  expect(rows.filter(({ row }) => redOf(row) !== 0n && row.parts?.cause === undefined)).toEqual([])
  for (const newestFirst of Map.groupBy(rows, ({ row, uri }) => `${uri}/${keyOf(row)}`).values()) {
    let stake: bigint = newestFirst.at(-1)?.row.stakeBefore ?? 0n
    for (const { row } of newestFirst.toReversed()) {
      const { parts } = row
      if (!parts) throw new Error('no parts')
      expect(row.stakeBefore).toBe(stake)
      stake += row.flows + parts.mined + parts.validated + parts.staked + parts.ownerCut + parts.unexplained
      expect(row.stakeAfter).toBe(stake)
    }
    const last = newestFirst[0]
    if (last) expect(last.row.stakeAfter).toBe(world.stakeAt(last.row.epochBlock, last.row, last.uri))
  }
}

test.each([3, 8])('a subnet ends, and another has its number: %i', { timeout: 400_000 }, async (seed) => {
  const { world, book } = await begin(seed)
  for (let block = 0; block < 90; block += 1) {
    if (block === 30) world.send('//Alice', 'register_network', { hotkey: accountOf(OWNER) })
    if (block === 34) {
      world.send('//Alice', 'start_call', { netuid: GONE })
      world.sudo(
        setStorage(s.SubnetEmissionEnabled, [GONE], true),
        setStorage(s.SubnetMovingPrice, [GONE], { bits: 1n << 30n }),
      )
    }
    // The new owner's validator votes for itself by the weight of root, and others stake to it.
    if (block > 36 && block % 4 === 0)
      for (const uri of COLDKEYS.slice(0, 3))
        world.send(uri, 'add_stake', { hotkey: accountOf(OWNER), netuid: GONE, amount_staked: 200_000_000n })
    await world.block()
    // Now and then the app is off, also over the end of the subnet.
    if (block % 30 < 24) await book.settle()
    if (block === 45) await book.restart()
    if (block % 23 === 11) await world.reorganize()
  }
  await book.settle()
  expect(book.faults).toEqual([])
  const rows = rowsOf(book)
  closes(world, rows)
  const born = Number(storedAt(world, s.NetworkRegisteredAt, GONE))
  expect(born).toBeGreaterThan(20)
  const here = rows.filter(({ row }) => row.netuid === GONE)
  const ended = here.filter(({ row }) => row.epochBlock === born)
  for (const { row } of ended) expect(row.stakeAfter).toBe(0n)
  // Who sold all before it lost nothing.
  const lost = ended.filter(({ row }) => row.parts?.unexplained !== 0n)
  expect(lost.length).toBeGreaterThan(0)
  for (const { row } of lost) expect(row.parts?.cause).toBe('subnet-removed')
  // Alpha of the new subnet is another alpha: nothing of the old one is in its rows.
  const later = here.filter(({ row }) => row.epochBlock > born)
  expect(later.some(({ row }) => row.hotkey === addressOf(OWNER) && row.earned > 0n)).toBe(true)
  for (const { row } of later) expect(row.parts?.cause).not.toBe('subnet-removed')
})

test('children earn for their parents, and those behind them, also while hotkeys become others', {
  timeout: 400_000,
}, async () => {
  const { world, book } = await begin(13)
  const [parent, child, stranger] = [validator(1), validator(2), miner(4)]
  for (let block = 0; block < 110; block += 1) {
    if (block === 4)
      world.send(parent.coldkeyUri, 'set_children', {
        hotkey: accountOf(parent.hotkeyUri),
        netuid: 1,
        children: [
          [ALL / 2n, accountOf(child.hotkeyUri)],
          [ALL / 4n, accountOf(validator(3).hotkeyUri)],
        ],
      })
    if (block === 5)
      world.send(child.coldkeyUri, 'set_childkey_take', { hotkey: accountOf(child.hotkeyUri), netuid: 1, take: 11_000 })
    if (block === 60)
      for (const { coldkeyUri, hotkeyUri } of [parent, stranger])
        world.send(coldkeyUri, 'swap_hotkey_v2', {
          hotkey: accountOf(hotkeyUri),
          new_hotkey: accountOf(`${hotkeyUri}//new`),
          netuid: undefined,
          keep_stake: false,
        })
    await world.block()
    if (block % 40 < 33) await book.settle()
    if (block % 29 === 17) await world.reorganize()
  }
  await book.settle()
  expect(book.faults).toEqual([])
  expect(storedAt(world, s.ChildKeys, accountOf(`${parent.hotkeyUri}//new`), 1)).toHaveLength(2)
  const rows = rowsOf(book)
  closes(world, rows)
  const kinds = (hotkey: string) => {
    const own = rows.filter(({ row }) => row.netuid === 1 && row.hotkey === addressOf(hotkey))
    return {
      validated: own.some(({ row }) => (row.parts?.validated ?? 0n) > 0n),
      staked: own.some(({ row }) => (row.parts?.staked ?? 0n) > 0n),
    }
  }
  // The parent's owner validates through its children; who only stakes there is a staker.
  expect(kinds(parent.hotkeyUri)).toEqual({ validated: true, staked: true })
  expect(kinds(`${parent.hotkeyUri}//new`)).toEqual({ validated: true, staked: true })
  expect(kinds(child.hotkeyUri).validated).toBe(false)
})
