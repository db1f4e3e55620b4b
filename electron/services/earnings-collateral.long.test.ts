import { afterEach, expect, test } from 'vitest'
import { redOf } from '../../shared/earnings/epoch-row.ts'
import { addressOf, COLDKEYS, setStorage, storedAt, World } from '../../test/support/earnings-world.ts'
import { PALLETS } from '../practice/definitions/pallets.ts'
import { accountOf, miner } from '../practice/seed/accounts.ts'

// Places of which a part of the price is bound, among random moves over a real practice chain: what is bound is bought, stays while the
// hotkey is replaced, is freed by what it earns, and every row of the account closes to the last unit.

const s = PALLETS.SubtensorModule.storage
/** Everybody votes for whom the first validator votes for: it has most of the stake. */
const CHAT = 2
const ours = [0, 4, 8].map(miner)

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

test.each([5, 11])(
  'places with collateral: no red row, and what is bound is freed by earning: %i',
  { timeout: 400_000 },
  async (seed) => {
    const world = await World.start(seed)
    worlds.push(world)
    const book = world.book()
    world.sudo(
      ...[1, CHAT].map((netuid) => setStorage(s.CollateralLockShare, [netuid], 32_768)),
      ...[1, CHAT].map((netuid) => setStorage(s.BurnIncreaseMult, [netuid], { bits: 1n << 64n })),
    )
    await world.block()
    await book.settle()
    const bondOf = ({ coldkeyUri, hotkeyUri }: (typeof ours)[number]) =>
      storedAt(world, s.MinerCollateral, CHAT, accountOf(hotkeyUri), accountOf(coldkeyUri))
    const most = new Map<string, bigint>()
    for (let block = 0; block < 80; block += 1) {
      if (block === 2)
        for (const { coldkeyUri, hotkeyUri } of ours)
          world.send(coldkeyUri, 'burned_register', { netuid: CHAT, hotkey: accountOf(hotkeyUri) })
      if (block === 6) {
        const uids = ours.flatMap(({ hotkeyUri }) => storedAt(world, s.Uids, CHAT, accountOf(hotkeyUri)) ?? [])
        expect(uids.length).toBe(3)
        const updates = storedAt(world, s.LastUpdate, CHAT).map((at, uid) => (uid === 0 ? 1_000n : at))
        world.sudo(
          setStorage(
            s.Weights,
            [CHAT, 0],
            uids.map((uid): [number, number] => [uid, 1_000 + uid]),
          ),
          setStorage(s.LastUpdate, [CHAT], updates),
        )
      }
      await world.block()
      for (const one of ours) {
        const locked = bondOf(one)?.locked ?? 0n
        if (locked > (most.get(one.hotkeyUri) ?? 0n)) most.set(one.hotkeyUri, locked)
      }
      if (block % 23 === 11) await world.reorganize()
      if (block % 30 < 20) await book.settle()
      if (block === 45) await book.restart()
    }
    await book.settle()
    expect(book.faults).toEqual([])
    const rows = COLDKEYS.flatMap((uri) => book.rows(uri).map((row) => ({ row, uri })))
    expect(rows.filter(({ row }) => redOf(row) !== 0n || row.parts === undefined)).toEqual([])
    for (const one of ours) {
      const bought = most.get(one.hotkeyUri) ?? 0n
      expect(bought).toBeGreaterThan(0n)
      // Three earn far more in an epoch than was bound: all of it is free.
      expect(bondOf(one)).toBeUndefined()
      const own = rows.filter(({ row }) => row.netuid === CHAT && row.hotkey === addressOf(one.hotkeyUri))
      const newest = own.toSorted((a, b) => b.row.epochBlock - a.row.epochBlock)[0]
      expect(newest?.row.stakeAfter).toBe(newest && world.stakeAt(newest.row.epochBlock, newest.row, newest.uri))
      // It earned here, or where its coldkey has it staked.
      expect(own.some(({ row }) => (row.parts?.mined ?? 0n) > 0n || row.parts?.elsewhere)).toBe(true)
    }
    process.stdout.write(`${JSON.stringify({ sent: world.sent, rows: rows.length })}\n`)
  },
)
