import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inOrder, othersOf } from '../../../shared/accounts/multisig.ts'
import { mayAct, risksOf } from '../../../shared/accounts/proxy.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import { rao, type Ss58 } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import { must, never, newChain } from '../../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import type { SubmitEvent } from '../chain.port.ts'

// Real extrinsics, signed by fresh accounts, on the real practice network in its own process.
let network: PracticeNetwork
const chain = newChain()
beforeAll(async () => {
  network = await startPractice()
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

const TEN = rao(10_000_000_000n)
async function rich(): Promise<TestAccount> {
  const account = new TestAccount()
  must(await chain.playMoney(account.address, TEN))
  return account
}

async function make(account: TestAccount, intent: Intent): Promise<SubmitEvent> {
  const prepared = must(await chain.prepareCall(account.address, intent))
  return new Promise((resolve, reject) => {
    const onEvent = (event: SubmitEvent) => (event.stage === 'in-block' || event.stage === 'failed') && resolve(event)
    chain.submit(prepared.handle, account.sign(prepared.payload), onEvent).then((sent) => {
      if (!sent.ok) reject(new Error(JSON.stringify(sent.error)))
    }, reject)
  })
}
const made = async (account: TestAccount, intent: Intent) => {
  const event = await make(account, intent)
  if (event.stage !== 'in-block') throw new Error(JSON.stringify(event, (_, v) => (typeof v === 'bigint' ? `${v}` : v)))
  return event.outcome
}
const freeOf = async (address: Ss58) => must(await chain.transferSnapshot(address, address, undefined)).free

describe('proxies', () => {
  test('are granted, seen with their deposit, used, and taken back', async () => {
    const [cold, daily] = [await rich(), await rich()]
    expect(must(await chain.proxies(cold.address))).toMatchObject({ grants: [], deposit: 0n, announced: [] })
    await made(cold, { kind: 'add-proxy', delegate: daily.address, proxyType: 'Any', delay: 0 })
    const costs = must(await chain.proxyCosts())
    expect(must(await chain.proxies(cold.address))).toMatchObject({
      grants: [{ delegate: daily.address, proxyType: 'Any', delay: 0 }],
      deposit: costs.base + costs.each,
    })
    const to = new TestAccount().address
    const sent = { kind: 'transfer', to, amount: rao(2_000_000_000n) } as const
    await made(daily, { kind: 'proxied', real: cold.address, intent: sent })
    expect(await freeOf(to)).toBe(2_000_000_000n)
    await made(cold, { kind: 'remove-proxies' })
    expect(must(await chain.proxies(cold.address))).toMatchObject({ grants: [], deposit: 0n })
  })

  test('of a type may do what the chain lists, and no more', async () => {
    const rules = must(await chain.proxyRules())
    const staking = rules.find(({ proxyType }) => proxyType === 'Staking')
    if (!staking) throw new Error('no rule for Staking')
    const to = new TestAccount().address
    expect(mayAct(staking, { kind: 'transfer', to, amount: rao(1n) })).toBe(false)
    expect(risksOf('Any', rules)).toContain('can-move-tao')
    expect(risksOf('Staking', rules)).not.toContain('can-move-tao')
  })

  test('with a delay announce first: the account sees it, and can reject it', async () => {
    const [cold, daily] = [await rich(), await rich()]
    await made(cold, { kind: 'add-proxy', delegate: daily.address, proxyType: 'Any', delay: 50 })
    const intent = { kind: 'transfer', to: daily.address, amount: rao(1_000_000_000n) } as const
    const { callHash } = must(await chain.quoteCall(cold.address, intent))
    await made(daily, { kind: 'announce-proxied', real: cold.address, callHash })
    const against = must(await chain.announcementsAgainst(cold.address))
    expect(against).toMatchObject([{ delegate: daily.address, real: cold.address, callHash }])
    await made(cold, { kind: 'reject-announcement', delegate: daily.address, callHash })
    expect(must(await chain.announcementsAgainst(cold.address))).toEqual([])
  })
})

describe('a shared account', () => {
  test('proposes, is listed with its call read, and carries out with the last approval', async () => {
    const [ann, ben] = [await rich(), await rich()]
    const third = new TestAccount().address
    const account = { threshold: 2, members: inOrder([ann.address, ben.address, third]) }
    const address = must(await chain.multisigAddress(account))
    must(await chain.playMoney(address, TEN))
    const intent = { kind: 'transfer', to: third, amount: rao(3_000_000_000n) } as const
    const { weight, callHash, callHex } = must(await chain.quoteCall(address, intent))
    const propose = (who: TestAccount) => ({
      kind: 'multisig-execute' as const,
      threshold: 2,
      others: othersOf(account, who.address),
      intent,
      maxWeight: weight,
    })
    await made(ann, propose(ann))
    const { operations, free } = must(await chain.multisig(address))
    expect(free).toBe(10_000_000_000n)
    expect(operations).toMatchObject([{ callHash, callHex, intent, depositor: ann.address, approvals: [ann.address] }])
    expect(operations[0]?.deposit).toBe(must(await chain.multisigDeposit(2)))
    const timepoint = operations[0]?.timepoint
    if (!timepoint) throw new Error('no operation')
    await made(ben, { ...propose(ben), timepoint })
    expect(await freeOf(third)).toBe(3_000_000_000n)
    expect(must(await chain.multisig(address)).operations).toEqual([])
  })

  test('of which only the hash was approved shows no call, and takes one that fits', async () => {
    const [ann, ben] = [await rich(), await rich()]
    const account = { threshold: 2, members: inOrder([ann.address, ben.address]) }
    const address = must(await chain.multisigAddress(account))
    const intent = { kind: 'transfer', to: ben.address, amount: rao(1_000_000_000n) } as const
    const { weight, callHash, callHex } = must(await chain.quoteCall(ann.address, intent))
    const others = othersOf(account, ann.address)
    await made(ann, { kind: 'multisig-approve', threshold: 2, others, callHash, maxWeight: weight })
    const [operation] = must(await chain.multisig(address)).operations
    expect(operation).toMatchObject({ callHash })
    expect(operation?.callHex).toBeUndefined()
    expect(must(await chain.describeCall(callHex))).toMatchObject({ callHash, intent })
    if (!operation) throw new Error('no operation')
    await made(ann, { kind: 'multisig-cancel', threshold: 2, others, timepoint: operation.timepoint, callHash })
    expect(must(await chain.multisig(address)).operations).toEqual([])
  })
})

test('bytes that are no call are refused, not guessed', async () => {
  expect(await chain.describeCall('0xffff')).toMatchObject({ ok: false, error: { code: 'chain/bad-answer' } })
})
