import { expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'
import { oneClickHandlers } from './one-click-handlers.ts'

const PLACE = { netuid: 7, hotkey: '5a' }

/** What a cancel leaves on chain, of a miner that was in `state` and is in `after` then. */
async function leftAfter(mining: object, after: string): Promise<readonly unknown[]> {
  const left: unknown[] = []
  let status = mining
  const handlers = oneClickHandlers({
    mining: { status: () => status },
    oneClick: {
      cancel: async () => {
        status = { state: after }
        return ok({ phase: 'idle' })
      },
    },
    announcements: {
      byMiner: () => ('axonBlock' in status ? PLACE : undefined),
      leave: async (place: unknown) => void left.push(place),
    },
  } as unknown as Services)
  expect(await handlers['oneClick.cancel']({}, new AbortController().signal)).toMatchObject({ ok: true })
  return left
}

test('a miner that ends with the cancel takes its address back; one that goes on, or had none, does not', async () => {
  const announced = { state: 'mining', ...PLACE, axonBlock: 5 }
  expect(await leftAfter(announced, 'off')).toEqual([PLACE])
  expect(await leftAfter(announced, 'mining')).toEqual([])
  expect(await leftAfter({ state: 'starting', ...PLACE }, 'off')).toEqual([])
  expect(await leftAfter({ state: 'off' }, 'off')).toEqual([])
})
