import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rao, ss58 } from '../units/amounts.ts'
import { inOrder, type MultisigOperation, mayCancel, multisigIntent, nextStep, planMembers } from './multisig.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const CHARLIE = ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y')
const members = [ALICE, BOB, CHARLIE]
const account = { threshold: 2, members }
const operation: MultisigOperation = {
  callHash: `0x${'11'.repeat(32)}`,
  timepoint: { height: 5, index: 1 },
  depositor: ALICE,
  deposit: rao(1n),
  approvals: [ALICE],
  callHex: '0x0500',
}
const intent = { kind: 'transfer', to: BOB, amount: rao(5n) } as const
const maxWeight = { refTime: 1n, proofSize: 2n }

describe('members', () => {
  test.each([
    [[ALICE], 1, 'too-few'],
    [[ALICE, ALICE], 1, 'twice'],
    [members, 0, 'threshold'],
    [members, 4, 'threshold'],
    [members, 1.5, 'threshold'],
  ] as const)('%j of threshold %d are refused: %s', (some, threshold, reason) => {
    expect(planMembers({ members: some, threshold })).toEqual({
      ok: false,
      error: { code: 'multisig/bad-members', reason },
    })
  })

  test('stand in the order of their public keys: Bob 8eaf…, Charlie 90b5…, Alice d435…', () => {
    expect(inOrder(members)).toEqual([BOB, CHARLIE, ALICE])
  })

  test('have one order, however they were given', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: 3 }), (shuffled) => {
        expect(planMembers({ threshold: 2, members: shuffled })).toEqual({
          ok: true,
          value: { threshold: 2, members: [BOB, CHARLIE, ALICE] },
        })
      }),
    )
  })
})

describe('an operation', () => {
  test.each([
    ['the second of two carries it out', 2, operation, BOB, 'execute'],
    ['without the call nobody can', 2, { ...operation, callHex: undefined }, BOB, 'needs-call'],
    ['the first of three approves', 3, operation, BOB, 'approve'],
    ['who approved waits', 3, operation, ALICE, 'wait'],
    ['who approved waits for the last one too', 2, operation, ALICE, 'wait'],
    ['with all approvals anybody may', 2, { ...operation, approvals: [ALICE, BOB] }, ALICE, 'execute'],
  ] as const)('%s', (_, threshold, op, member, step) => {
    expect(nextStep({ threshold, members }, op, member)).toBe(step)
  })

  test('is cancelled by the one who opened it', () => {
    expect([ALICE, BOB].map((member) => mayCancel(operation, member))).toEqual([true, false])
  })
})

describe('what is signed', () => {
  test('names the others in order, and the point where the operation was opened', () => {
    expect(multisigIntent(account, ALICE, { intent, maxWeight })).toEqual({
      kind: 'multisig-execute',
      threshold: 2,
      others: [BOB, CHARLIE],
      intent,
      maxWeight,
    })
    const opened = { height: 5, index: 1 }
    expect(multisigIntent(account, BOB, { intent, maxWeight, opened })).toMatchObject({
      others: [CHARLIE, ALICE],
      timepoint: opened,
    })
  })
  test('needs nobody else where one is enough', () => {
    expect(multisigIntent({ threshold: 1, members }, BOB, { intent, maxWeight })).toEqual({
      kind: 'multisig-alone',
      others: [CHARLIE, ALICE],
      intent,
    })
  })
})
