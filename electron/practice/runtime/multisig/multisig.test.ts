import { createKeyMulti } from '@polkadot/util-crypto'
import { describe, expect, it } from 'vitest'
import type { AnyCall } from '../../definitions/outer-call.ts'
import { toHex } from '../../scale/hex.ts'
import { ALICE, accountOf, BOB } from '../../seed/accounts.ts'
import { multisig } from '../core/pallets.ts'
import { weightOf } from '../dispatch/call-weight.ts'
import { alice, differences, free, reserved, staking, TAO, transferTo } from '../testing/books.ts'
import { callHash, eventNames, eventOf, innerResult, multisigCall, remark } from '../testing/calls.ts'
import { type Receipt, TestChain } from '../testing/test-chain.ts'
import { multisigAccount } from './accounts.ts'

const CAROL = '//Carol'
const URIS = [ALICE, BOB, CAROL]
const members = URIS.map(accountOf)
const sorted = [...members].sort()
const bob = accountOf(BOB)
const account = multisigAccount(sorted, 2)
const DEPOSIT = 132_000_000n + 2n * 32_000_000n
const MUCH = { ref_time: 10_000_000_000n, proof_size: 0n }
const transfer = transferTo(bob, TAO)

const othersOf = (uri: string): string[] => sorted.filter((one) => one !== accountOf(uri))

interface Step {
  readonly threshold?: number
  readonly others?: readonly string[]
  readonly when?: { readonly height: number; readonly index: number }
  readonly weight?: { readonly ref_time: bigint; readonly proof_size: bigint }
}

/** Two of three, and what they may do. */
class Group {
  readonly chain = new TestChain()

  constructor() {
    this.chain.send(ALICE, transferTo(account, 10n * TAO))
    this.chain.send(ALICE, transferTo(accountOf(CAROL), 10n * TAO))
  }

  as(uri: string, call: AnyCall, { threshold = 2, others = othersOf(uri), when, weight = MUCH }: Step = {}): Receipt {
    const value = { threshold, other_signatories: others, maybe_timepoint: when, call, max_weight: weight }
    return this.chain.send(uri, multisigCall('as_multi', value))
  }

  approve(
    uri: string,
    hash: string,
    { threshold = 2, others = othersOf(uri), when, weight = MUCH }: Step = {},
  ): Receipt {
    const value = { threshold, other_signatories: others, maybe_timepoint: when, call_hash: hash, max_weight: weight }
    return this.chain.send(uri, multisigCall('approve_as_multi', value))
  }

  cancel(uri: string, hash: string, timepoint: object): Receipt {
    const value = { threshold: 2, other_signatories: othersOf(uri), timepoint, call_hash: hash }
    return this.chain.send(uri, multisigCall('cancel_as_multi', value))
  }

  get now() {
    return { height: this.chain.number, index: 1 }
  }
}

describe('the account', () => {
  it('is the one that polkadot.js derives', () => {
    const keys = members.map((hex) => Uint8Array.from(Buffer.from(hex.slice(2), 'hex')))
    for (const threshold of [1, 2, 3]) {
      expect(multisigAccount(sorted, threshold)).toBe(toHex(createKeyMulti(keys, threshold)))
    }
  })
})

describe('a call of two out of three', () => {
  it('is proposed with a deposit, carried out by the second, and then gone', () => {
    const group = new Group()
    const { chain } = group
    const proposed = group.as(CAROL, transfer)
    const when = group.now
    expect(eventOf(proposed, 'Multisig.NewMultisig')).toEqual({
      approving: accountOf(CAROL),
      multisig: account,
      call_hash: callHash(transfer),
    })
    expect(reserved(chain, accountOf(CAROL))).toBe(DEPOSIT)
    expect(chain.store.get(multisig.storage.Multisigs, account, callHash(transfer))).toEqual({
      when,
      deposit: DEPOSIT,
      depositor: accountOf(CAROL),
      approvals: [accountOf(CAROL)],
    })
    const before = free(chain, account)
    const done = group.as(ALICE, transfer, { when })
    expect(eventOf(done, 'Multisig.MultisigExecuted')).toMatchObject({ approving: alice, timepoint: when })
    expect(innerResult(done, 'Multisig.MultisigExecuted')).toBe('Ok')
    expect(before - free(chain, account)).toBe(TAO)
    expect(reserved(chain, accountOf(CAROL))).toBe(0n)
    expect(chain.store.has(multisig.storage.Multisigs, account, callHash(transfer))).toBe(false)
    expect(group.as(BOB, transfer, { when }).error).toBe('Multisig.UnexpectedTimepoint')
    expect(differences(chain)).toEqual([])
  })

  it('tells by its event that the call failed', () => {
    const group = new Group()
    const tooMuch = transferTo(bob, 1000n * TAO)
    group.as(ALICE, tooMuch)
    const done = group.as(BOB, tooMuch, { when: group.now })
    expect([done.ok, innerResult(done, 'Multisig.MultisigExecuted')]).toEqual([true, 'Token.FundsUnavailable'])
    expect(reserved(group.chain, alice)).toBe(0n)
  })

  it('is refused at a wrong or missing time, twice by one member, and when it weighs too much', () => {
    const group = new Group()
    expect(group.as(ALICE, transfer, { when: { height: 1, index: 1 } }).error).toBe('Multisig.UnexpectedTimepoint')
    group.as(ALICE, transfer)
    const when = group.now
    expect(group.as(BOB, transfer).error).toBe('Multisig.NoTimepoint')
    expect(group.as(BOB, transfer, { when: { ...when, index: 2 } }).error).toBe('Multisig.WrongTimepoint')
    expect(group.as(ALICE, transfer, { when }).error).toBe('Multisig.AlreadyApproved')
    const weight = { ref_time: weightOf(transfer).refTime - 1n, proof_size: 0n }
    expect(group.as(BOB, transfer, { when, weight }).error).toBe('Multisig.MaxWeightTooLow')
    expect(group.as(BOB, transfer, { when, weight: { ...weight, ref_time: weight.ref_time + 1n } }).ok).toBe(true)
  })

  it('needs its members in order, and more than one', () => {
    const group = new Group()
    const backwards = [...othersOf(ALICE)].reverse()
    expect(group.as(ALICE, transfer, { others: backwards }).error).toBe('Multisig.SignatoriesOutOfOrder')
    expect(group.as(ALICE, transfer, { others: [bob, bob] }).error).toBe('Multisig.SignatoriesOutOfOrder')
    expect(group.as(ALICE, transfer, { others: sorted }).error).toBe('Multisig.SenderInSignatories')
    expect(group.as(ALICE, transfer, { others: [] }).error).toBe('Multisig.TooFewSignatories')
    const many = Array.from({ length: 100 }, (_, n) => `0x${n.toString(16).padStart(64, '0')}`)
    expect(group.as(ALICE, transfer, { others: many }).error).toBe('Multisig.TooManySignatories')
    expect(group.as(ALICE, transfer, { threshold: 1 }).error).toBe('Multisig.MinimumThreshold')
  })
})

describe('an approval by hash', () => {
  it('counts, but carries nothing out', () => {
    const group = new Group()
    const hash = callHash(transfer)
    group.approve(ALICE, hash)
    const when = group.now
    const second = group.approve(BOB, hash, { when })
    expect(eventNames(second)).toContain('Multisig.MultisigApproval')
    expect(group.approve(CAROL, hash, { when }).error).toBe('Multisig.AlreadyApproved')
    expect(eventNames(group.as(CAROL, transfer, { when }))).toContain('Multisig.MultisigExecuted')
  })

  it('is taken back by who proposed, at the right time only', () => {
    const group = new Group()
    const hash = callHash(transfer)
    expect(group.cancel(ALICE, hash, group.now).error).toBe('Multisig.NotFound')
    group.approve(ALICE, hash)
    const when = group.now
    expect(group.cancel(BOB, hash, when).error).toBe('Multisig.NotOwner')
    expect(group.cancel(ALICE, hash, { ...when, height: 1 }).error).toBe('Multisig.WrongTimepoint')
    const poke = { threshold: 2, other_signatories: othersOf(ALICE), call_hash: hash }
    expect(group.chain.send(ALICE, multisigCall('poke_deposit', poke)).ok).toBe(true)
    expect(eventNames(group.cancel(ALICE, hash, when))).toContain('Multisig.MultisigCancelled')
    expect(reserved(group.chain, alice)).toBe(0n)
    expect(group.chain.send(ALICE, multisigCall('poke_deposit', poke)).error).toBe('Multisig.NotFound')
  })
})

describe('an account of threshold 1', () => {
  it('is acted for by any member; the failure is the extrinsic’s own', () => {
    const chain = new TestChain()
    const one = multisigAccount(sorted, 1)
    chain.send(ALICE, transferTo(one, 2n * TAO))
    const alone = (call: object) =>
      chain.send(BOB, multisigCall('as_multi_threshold_1', { other_signatories: othersOf(BOB), call }))
    expect(eventOf(alone(remark()), 'System.Remarked')['sender']).toBe(one)
    expect(alone(staking('start_call', { netuid: 6 })).error).toBe('SubtensorModule.NotSubnetOwner')
  })
})
