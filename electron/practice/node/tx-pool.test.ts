import { beforeEach, describe, expect, it } from 'vitest'
import { Chain, genesisSnapshot } from './chain.ts'
import { FAKE_SENDER, type FakeTx, fakeExtrinsic, fakeRuntime } from './fake-runtime.ts'
import { hash256 } from './header.ts'
import { PoolError } from './pool-error.ts'
import { PracticeNode } from './practice-node.ts'
import type { TxStatus } from './tx-pool.ts'

let nowMs = 1_000_000
let node: PracticeNode
const faults: unknown[] = []

const tx = (nonce: number, more: Partial<FakeTx> = {}): Uint8Array =>
  fakeExtrinsic({ sender: FAKE_SENDER, nonce, ...more })

beforeEach(() => {
  nowMs = 1_000_000
  faults.length = 0
  const runtime = fakeRuntime()
  const chain = new Chain(runtime, genesisSnapshot(runtime, { seed: 1, blockMs: 250 }))
  node = new PracticeNode({ chain, blockMs: 250, nowMs: () => nowMs, onFault: (error) => faults.push(error) })
})

const produce = (): number => {
  nowMs += 250
  return node.produce().extrinsics.length
}
function refusal(bytes: Uint8Array): PoolError {
  try {
    node.pool.submit(bytes)
  } catch (error) {
    if (error instanceof PoolError) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('the pool', () => {
  it('includes transactions in order of nonce whatever the order of arrival, and tells each step', () => {
    const seen: [number, TxStatus, boolean][] = []
    for (const nonce of [2, 0, 1]) {
      node.pool.submit(tx(nonce), (status, last) => seen.push([nonce, status, last]))
    }
    expect(seen.map(([nonce, status]) => [nonce, status])).toEqual([
      [2, 'future'],
      [0, 'ready'],
      [1, 'ready'],
      [2, 'ready'],
    ])
    expect(node.pool.nextNonce(FAKE_SENDER)).toBe(3)
    seen.length = 0
    expect(produce()).toBe(4)
    const block = node.chain.best.hash
    expect(seen).toEqual([0, 1, 2].map((nonce) => [nonce, { inBlock: block }, false]))
    seen.length = 0
    produce()
    produce()
    expect(seen).toEqual([0, 1, 2].map((nonce) => [nonce, { finalized: block }, true]))
    expect(node.chain.finalized.hash).toBe(block)
  })

  it('keeps a future transaction out of blocks until the gap is closed', () => {
    node.pool.submit(tx(1))
    expect(produce()).toBe(1)
    node.pool.submit(tx(0))
    expect(produce()).toBe(3)
  })

  it.each([
    [{ code: 'stale' }, 'Transaction is outdated'],
    [{ code: 'bad-proof' }, 'Transaction has a bad signature'],
    [{ code: 'payment' }, 'Inability to pay some fees (e.g. account balance too low)'],
    [{ code: 'ancient' }, 'Transaction has an ancient birth block'],
    [{ code: 'custom', custom: 11 }, 'Custom error: 11'],
  ] as const)('refuses %j with 1010 and "%s"', (reason, data) => {
    const error = refusal(tx(0, { refuse: { ok: false, ...reason } }))
    expect([error.code, error.message, error.data]).toEqual([1010, 'Invalid Transaction', data])
    expect(node.pool.pending()).toEqual([])
  })

  it('refuses a copy, a second one with the same nonce, and a used nonce', () => {
    const bytes = tx(0)
    expect(node.pool.submit(bytes)).toBe(hash256(bytes))
    expect([refusal(bytes).code, refusal(bytes).message]).toEqual([1013, 'Transaction is already imported'])
    expect(refusal(tx(0, { set: ['0x99', '0x01'] })).code).toBe(1014)
    produce()
    expect(refusal(tx(0, { set: ['0x99', '0x01'] })).data).toBe('Transaction is outdated')
  })

  it('drops what became too old, and says so', () => {
    const seen: TxStatus[] = []
    node.pool.submit(tx(1, { longevity: 2 }), (status) => seen.push(status))
    produce()
    expect(seen).toEqual(['future'])
    produce()
    expect(seen).toEqual(['future', 'dropped'])
    expect(node.pool.nextNonce(FAKE_SENDER)).toBe(0)
  })

  it('leaves out a transaction that the rules crash on, undoes it and bans it', () => {
    const bytes = tx(0, { crash: true, set: ['0x99', '0x01'] })
    const seen: TxStatus[] = []
    node.pool.submit(bytes, (status) => seen.push(status))
    expect(produce()).toBe(1)
    expect(faults).toHaveLength(1)
    expect(node.chain.stateAt(1)?.get('0x99')).toBeUndefined()
    expect(seen).toEqual(['ready', 'invalid'])
    expect(refusal(bytes).code).toBe(1012)
    nowMs += 31 * 60_000
    produce()
    expect(node.pool.submit(bytes)).toBe(hash256(bytes))
  })
})

describe('production', () => {
  it('never repeats a timestamp, even when the clock is set back', () => {
    node.produce()
    nowMs -= 500_000
    const before = node.chain.best.timestampMs
    node.produce()
    expect(node.chain.best.timestampMs).toBe(before + 1)
  })

  it('chains headers: each names its parent and the state after it', () => {
    produce()
    const first = node.chain.best
    node.pool.submit(tx(0, { set: ['0x99', '0x01'] }))
    produce()
    const second = node.chain.best
    expect(second.header.parentHash).toBe(first.hash)
    expect(second.header.stateRoot).not.toBe(first.header.stateRoot)
    expect(node.chain.stateAt(1)?.get('0x99')).toBeUndefined()
    expect(node.chain.stateAt(2)?.get('0x99')).toEqual(Uint8Array.of(1))
  })

  it('brings what a dropped block included into the branch that won, later and once', () => {
    const seen: TxStatus[] = []
    produce()
    produce()
    produce()
    const final = node.chain.best.header.number - 2
    node.pool.submit(tx(0, { set: ['0xbb', '0x01'] }), (status) => seen.push(status))
    produce()
    produce()
    const before = node.chain.best
    const heads: number[] = []
    node.onBlock(({ best }) => heads.push(best.header.number))
    expect(node.reorganize()).toBe(2)
    const { best } = node.chain
    expect(heads).toEqual([before.header.number + 1])
    expect(node.chain.hashOf(before.header.number)).not.toBe(before.hash)
    expect(node.chain.blockOf(before.hash)).toBeUndefined()
    expect(node.chain.hashOf(final + 3)).toBe(node.chain.finalized.hash)
    expect(seen.at(-1)).toEqual({ inBlock: best.hash })
    expect(node.chain.stateAt(best.header.number - 1)?.get('0xbb')).toBeUndefined()
    expect(node.chain.stateAt(best.header.number)?.get('0xbb')).toBeDefined()
    produce()
    produce()
    expect(seen.at(-1)).toEqual({ finalized: best.hash })
    expect(faults).toEqual([])
  })
})
