import { expect, test } from 'vitest'
import { alpha, netuid, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { isOver, isPause, type MoveQueue, nextIn, queueOf, withItem } from './move-queue.ts'
import type { StakeMovesPlan } from './stake-move.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const [ONE, TWO] = [netuid(1), netuid(2)]
const plan = {
  coldkey: ALICE,
  request: { purpose: 'exit', tolerancePpm: 5_000, moves: [] },
  steps: [
    { move: { kind: 'remove-all', netuid: ONE, hotkey: ALICE }, limitPrice: raoPerAlpha(7n) },
    { move: { kind: 'swap', hotkey: ALICE, fromNetuid: ONE, toNetuid: TWO, amount: alpha(5n) }, limitRatio: 9n },
    { move: { kind: 'move', netuid: ONE, fromHotkey: ALICE, toHotkey: ALICE, amount: alpha(5n) } },
  ],
} as unknown as StakeMovesPlan
const queue = (): MoveQueue =>
  queueOf(plan, { id: 'q', genesis: '0x', signer: ALICE, via: { kind: 'direct' }, startedAtMs: 1 })

test('the limits that were agreed to stay with the moves', () => {
  expect(queue().items).toMatchObject([
    { state: 'waiting', move: { kind: 'remove-all', limitPrice: 7n } },
    { state: 'waiting', move: { kind: 'swap', limitRatio: 9n } },
    { state: 'waiting', move: { kind: 'move' } },
  ])
})
test('one after the other; what was sent and not heard of comes before what waits', () => {
  let now = queue()
  expect(nextIn(now)).toBe(0)
  now = withItem(now, 0, { state: 'done' })
  now = withItem(now, 1, { state: 'sending', preparedId: 'p' })
  expect(nextIn(now)).toBe(1)
  now = withItem(withItem(now, 1, { state: 'failed' }), 2, { state: 'done' })
  expect(nextIn(now)).toBeUndefined()
})
test('a lock, a limit of the wallet or an empty balance is a pause; a refusal of the chain is the end of one move', () => {
  expect(isPause({ code: 'keys/locked' })).toBe(true)
  expect(isPause({ code: 'policy/waiting', readyAtMs: 1 })).toBe(true)
  expect(isPause({ code: 'stake/no-liquidity', netuid: ONE })).toBe(false)
})
test.each([
  ['exit', 1, false],
  ['sweep', 1, false],
  ['moves', undefined, true],
  ['rebalance', undefined, true],
] as const)('behind one that was not done, %s: what builds on it is never made', (purpose, next, over) => {
  const failed = withItem({ ...queue(), purpose }, 0, { state: 'failed' })
  expect([nextIn(failed), isOver(failed)]).toEqual([next, over])
  // What is on its way is followed to its end all the same.
  expect(nextIn(withItem(failed, 2, { state: 'sending', preparedId: 'p' }))).toBe(next ?? 2)
})
