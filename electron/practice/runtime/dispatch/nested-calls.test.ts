import { describe, expect, it } from 'vitest'
import type { AnyCall } from '../../definitions/outer-call.ts'
import { ALICE, accountOf, BOB } from '../../seed/accounts.ts'
import { derivativeAccount } from '../multisig/accounts.ts'
import { alice, differences, free, staking, TAO, transferTo } from '../testing/books.ts'
import { actFor, eventNames, eventOf, id, innerResult, kind, proxyCall, remark, utilityCall } from '../testing/calls.ts'
import { TestChain } from '../testing/test-chain.ts'
import { weightOf } from './call-weight.ts'

const bob = accountOf(BOB)
const bad = staking('start_call', { netuid: 6 })
const signedBy = (who: string) => ({ type: 'system', value: { type: 'Signed', value: who } })
const asRoot = (call: AnyCall) => ({ type: 'Sudo', value: { type: 'sudo', value: { call } } })
const batch = (...calls: AnyCall[]) => utilityCall('batch', { calls })

describe('calls inside calls', () => {
  it('are refused as batches of batches, at any place', () => {
    const chain = new TestChain()
    for (const outer of ['batch', 'batch_all', 'force_batch'])
      expect(chain.send(ALICE, utilityCall(outer, { calls: [remark(), batch()] })).error).toBe('System.CallFiltered')
    const hidden = utilityCall('if_else', { main: batch(batch()), fallback: remark() })
    expect(eventNames(chain.send(ALICE, hidden))).toContain('Utility.IfElseFallbackCalled')
  })

  it('go eight deep', () => {
    const chain = new TestChain()
    const nested = (depth: number): AnyCall =>
      depth === 0 ? remark() : utilityCall('as_derivative', { index: 0, call: nested(depth - 1) })
    expect(chain.send(ALICE, nested(8)).ok).toBe(true)
    expect(chain.send(ALICE, nested(9)).error).toBe('System.CallFiltered')
  })

  it('weigh what they carry', () => {
    const transfer = transferTo(bob, TAO)
    const { refTime } = weightOf(transfer)
    for (const carrier of [
      batch(transfer),
      actFor(alice, transfer),
      utilityCall('as_derivative', { index: 1, call: transfer }),
    ])
      expect(weightOf(carrier).refTime).toBeGreaterThan(refTime)
    const free = staking('serve_axon', {})
    expect(weightOf(actFor(alice, free))).toEqual({
      refTime: weightOf(actFor(alice, remark())).refTime - weightOf(remark()).refTime,
      paysFee: true,
    })
    const allowed = { ref_time: 5_000_000_000n, proof_size: 0n }
    const multi = { type: 'Multisig', value: { type: 'as_multi', value: { call: transfer, max_weight: allowed } } }
    expect(weightOf(multi).refTime).toBeGreaterThan(allowed.ref_time)
  })
})

describe('acting as another account', () => {
  it('of one’s own, by number', () => {
    const chain = new TestChain()
    const mine = derivativeAccount(alice, 7)
    chain.send(ALICE, transferTo(mine, 2n * TAO))
    const call = utilityCall('as_derivative', { index: 7, call: transferTo(bob, TAO) })
    const before = free(chain, bob)
    expect(chain.send(ALICE, call).ok).toBe(true)
    expect([free(chain, mine), free(chain, bob) - before]).toEqual([TAO, TAO])
    expect(chain.send(ALICE, utilityCall('as_derivative', { index: 7, call: bad })).error).toBe(
      'SubtensorModule.NotSubnetOwner',
    )
  })

  it('keeps the limits of a delegate', () => {
    const chain = new TestChain()
    chain.send(ALICE, proxyCall('add_proxy', { delegate: id(bob), proxy_type: kind('NonTransfer'), delay: 0 }))
    chain.send(ALICE, transferTo(derivativeAccount(alice, 0), 2n * TAO))
    const hidden = utilityCall('as_derivative', { index: 0, call: transferTo(bob, TAO) })
    expect(innerResult(chain.send(BOB, actFor(alice, hidden)), 'Proxy.ProxyExecuted')).toBe('System.CallFiltered')
  })

  it('of anybody is root’s alone', () => {
    const chain = new TestChain()
    const as = (type: string, call: AnyCall) => utilityCall(type, { as_origin: signedBy(bob), call })
    expect(chain.send(ALICE, as('dispatch_as', remark())).error).toBe('BadOrigin')
    expect(eventOf(chain.send(ALICE, asRoot(as('dispatch_as', remark()))), 'System.Remarked')['sender']).toBe(bob)
    const failed = chain.send(ALICE, asRoot(as('dispatch_as', bad)))
    expect(innerResult(failed, 'Utility.DispatchedAs')).toBe('SubtensorModule.NotSubnetOwner')
    const fallible = chain.send(ALICE, asRoot(as('dispatch_as_fallible', bad)))
    expect(eventNames(fallible)).not.toContain('Utility.DispatchedAs')
    expect(eventOf(fallible, 'Sudo.Sudid')['sudo_result']).toMatchObject({ type: 'Err' })
  })
})

describe('one call or another', () => {
  it('takes the first that succeeds', () => {
    const chain = new TestChain()
    const either = (main: AnyCall, fallback: AnyCall) => chain.send(ALICE, utilityCall('if_else', { main, fallback }))
    expect(eventNames(either(remark(), bad))).toContain('Utility.IfElseMainSuccess')
    expect(eventNames(either(bad, remark()))).toEqual(
      expect.arrayContaining(['System.Remarked', 'Utility.IfElseFallbackCalled']),
    )
    expect(either(bad, bad).error).toBe('SubtensorModule.NotSubnetOwner')
    expect(differences(chain)).toEqual([])
  })
})

describe('the sudo key', () => {
  it('is Alice’s: the pool refuses every other signer', () => {
    const chain = new TestChain()
    expect(chain.validate(chain.sign(BOB, asRoot(remark())))).toMatchObject({ ok: false, code: 'bad-signer' })
    const inBatch = chain.send(BOB, batch(asRoot(remark())))
    expect(eventNames(inBatch)).toContain('Utility.BatchInterrupted')
    const as = { type: 'Sudo', value: { type: 'sudo_as', value: { who: id(bob), call: remark() } } }
    expect(eventOf(chain.send(ALICE, as), 'System.Remarked')['sender']).toBe(bob)
  })
})
