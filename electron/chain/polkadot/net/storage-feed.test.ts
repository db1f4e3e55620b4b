import { expect, test } from 'vitest'
import type { JsonRpc } from './json-rpc.ts'
import { EVENTS_KEY, StorageFeed } from './storage-feed.ts'

const KEY = '0xaa'

/** A node that tells when the test says so, and a clock that never strikes. */
function feedOf(newest: string) {
  let tell: (raw: unknown) => void = () => undefined
  let timers = 0
  const clock = {
    nowMs: () => 0,
    after: () => {
      timers += 1
      return () => undefined
    },
    every: () => () => undefined,
  }
  const rpc = {
    subscribe: async (_names: unknown, listener: (raw: unknown) => void) => {
      tell = listener
      return () => undefined
    },
  } as unknown as JsonRpc
  const feed = new StorageFeed({ clock, isNewest: (block) => block === newest, onBlock: () => undefined })
  feed.attach(rpc)
  feed.want([KEY])
  const told = (block: string) => tell({ block, changes: [EVENTS_KEY, KEY].map((key) => [key, '0x00']) })
  return { feed, told, timers: () => timers }
}

test('waits for what the newest block changed, until it is told', async () => {
  const { feed, told } = feedOf('0x02')
  await Promise.resolve()
  told('0x01')
  const waited = feed.at('0x02')
  told('0x02')
  expect(await waited).toBe(true)
  expect(await feed.at('0x02')).toBe(true)
})

test('waits for no block that is past: nobody will tell of it any more', async () => {
  const { feed, told, timers } = feedOf('0x02')
  await Promise.resolve()
  told('0x02')
  expect(await feed.at('0x01')).toBe(false)
  expect(timers()).toBe(0)
})
