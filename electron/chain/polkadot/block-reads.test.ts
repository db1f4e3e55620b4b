import { expect, test } from 'vitest'
import { readsOf } from './block-reads.ts'
import type { Session } from './session.ts'

/** A session of which only what is asked for matters: what goes to the node, and what the node shall tell by itself. */
function asked() {
  const requests: string[] = []
  const wanted: string[] = []
  const session = {
    rpc: {
      request: async (method: string, [keys]: readonly [readonly string[]]) => {
        requests.push(method)
        return [{ changes: keys.map((key) => [key, '0x00']) }]
      },
    },
    feed: { covers: () => false, at: async () => false, want: (keys: readonly string[]) => void wanted.push(...keys) },
  }
  const reads = readsOf(session as unknown as Session)
  const at = (block: number, key: string) => reads.storage(`0x${block}`, [key], 'background')
  return { requests, wanted, at, reads }
}

test('what is asked of three blocks near each other, the node is to tell by itself', async () => {
  const { wanted, at } = asked()
  for (const block of [1, 2]) await at(block, '0xaa')
  await at(2, '0xaa')
  expect(wanted).toEqual([])
  await at(3, '0xaa')
  expect(wanted).toEqual(['0xaa'])
})

test('what is asked once an epoch is asked, however often: a subscription made anew costs more', async () => {
  const { wanted, requests, at } = asked()
  for (let block = 1; block <= 200; block++) {
    await at(block, `0x0${block % 4}${block}`)
    if (block % 20 === 0) await at(block, '0xbb')
  }
  expect(wanted).toEqual([])
  expect(requests).toHaveLength(210)
})

test('what was told of a block with which another branch won is asked for', async () => {
  const { requests, at, reads } = asked()
  reads.told('0x7', new Map([['0xaa', '0x01']]))
  expect([await at(7, '0xaa'), requests.length]).toEqual([['0x01'], 0])
  reads.forget('0x7')
  expect([await at(7, '0xaa'), requests.length]).toEqual([['0x00'], 1])
})
