import { beforeEach, describe, expect, it } from 'vitest'
import type { AnyCall } from '../definitions/outer-call.ts'
import { mevShield } from '../definitions/pallets/mev-shield.ts'
import { extrinsicHash } from '../extrinsic/extrinsic.ts'
import { signExtrinsic } from '../extrinsic/sign.ts'
import { system } from '../runtime/core/pallets.ts'
import { Store } from '../runtime/core/store.ts'
import { createRuntime } from '../runtime/create-runtime.ts'
import { staking, TAO, transferTo } from '../runtime/testing/books.ts'
import { seal } from '../runtime/testing/seal.ts'
import { toHex } from '../scale/hex.ts'
import { validator } from '../seed/accounts.ts'
import { devKey } from '../signing/dev-key.ts'
import { Chain, genesisSnapshot } from './chain.ts'
import type { PoolError } from './pool-error.ts'
import { PracticeNode } from './practice-node.ts'

const alice = devKey('//Alice')
const bob = devKey('//Bob')
const carol = toHex(devKey('//Shielded//Carol').publicKey)
const hotkey = toHex(devKey(validator(1).hotkeyUri).publicKey)
const s = mevShield.storage
const runtime = createRuntime()
const genesis = genesisSnapshot(runtime, { seed: 1, blockMs: 250 })

let node: PracticeNode
let nowMs: number
const faults: unknown[] = []

const store = () => new Store(node.chain.scratch())
const head = () => node.chain.best.header.number
const freeOf = (who: string) => store().get(system.storage.Account, who).data.free
const produce = (blocks = 1): void => {
  for (let n = 0; n < blocks; n += 1) {
    nowMs += 250
    node.produce()
  }
}
const begin = (): PracticeNode =>
  new PracticeNode({
    chain: new Chain(runtime, genesis),
    blockMs: 250,
    nowMs: () => nowMs,
    onFault: (error) => faults.push(error),
  })

beforeEach(() => {
  nowMs = 1_000_000
  faults.length = 0
  node = begin()
  produce(3)
})

const nextKey = (): Uint8Array => {
  const key = store().get(s.NextKey)
  if (key === undefined) throw new Error('no key was announced')
  return key
}

function sign(call: AnyCall, nonce: number, more: { period?: number; signer?: typeof alice } = {}): Uint8Array {
  const { period = 8, signer = alice } = more
  const blockHash = (at: number) => node.chain.hashOf(at) ?? ''
  const mortality = { period, number: head(), blockHash }
  return signExtrinsic({ call, signer, nonce, genesis: node.chain.genesisHash, mortality })
}

const carrying = (ciphertext: Uint8Array): AnyCall => ({
  type: 'MevShield',
  value: { type: 'submit_encrypted', value: { ciphertext } },
})
/** The carrier of a transaction, as a wallet submits it. */
const carrier = (inner: Uint8Array, nonce = 0, key = nextKey()) => sign(carrying(seal(key, inner)), nonce)

function refusal(bytes: Uint8Array): unknown {
  try {
    node.pool.submit(bytes)
  } catch (error) {
    return (error as PoolError).data
  }
  return 'was accepted'
}

describe('the keys', () => {
  it('move up by one place a block, and end when mainnet’s do', () => {
    const first = nextKey()
    expect(first).toHaveLength(1184)
    expect(store().get(s.NextKeyExpiresAt)).toBe(head() + 3)
    produce()
    expect(store().get(s.PendingKey)).toEqual(first)
    expect(store().get(s.PendingKeyExpiresAt)).toBe(head() + 2)
    expect(nextKey()).not.toEqual(first)
    produce()
    expect(store().get(s.CurrentKey)).toEqual(first)
  })

  it('are those of the same block in another run of the same chain', () => {
    const first = nextKey()
    node = begin()
    produce(3)
    expect(nextKey()).toEqual(first)
  })

  it('come with an inherent that nobody else can send', () => {
    expect(node.chain.best.extrinsics).toHaveLength(2)
    const announcement = node.chain.best.extrinsics[1] ?? new Uint8Array()
    expect(refusal(announcement)).toBe('Transaction call is not expected')
    node.pool.submit(
      sign({ type: 'MevShield', value: { type: 'announce_next_key', value: { enc_key: nextKey() } } }, 0),
    )
    produce()
    const failed = store()
      .get(system.storage.Events)
      .find(({ event }) => event.type === 'System' && event.value.type === 'ExtrinsicFailed')
    expect(failed?.event.value.value).toMatchObject({ dispatch_error: { type: 'BadOrigin' } })
  })
})

describe('a shielded transaction', () => {
  it('is in the block of its carrier, right behind it, once its key is due', () => {
    const inner = sign(transferTo(carol, 5n * TAO), 1)
    const outer = carrier(inner)
    const hash = node.pool.submit(outer)
    expect(node.pool.nextNonce(toHex(alice.publicKey))).toBe(1)
    produce()
    expect(node.chain.best.extrinsics).toHaveLength(2)
    produce()
    const { extrinsics } = node.chain.best
    expect(extrinsics.slice(2).map(extrinsicHash)).toEqual([hash, extrinsicHash(inner)])
    expect(freeOf(carol)).toBe(5n * TAO)
    expect(node.pool.nextNonce(toHex(alice.publicKey))).toBe(2)
    const events = store().get(system.storage.Events)
    const seen = events.map(({ phase, event }) => [phase.value, `${event.type}.${event.value.type}`])
    expect(seen).toContainEqual([2, 'MevShield.EncryptedSubmitted'])
    expect(seen).toContainEqual([3, 'Balances.Transfer'])
    expect(seen.filter(([, name]) => name === 'System.ExtrinsicSuccess').map(([at]) => at)).toEqual([0, 1, 2, 3])
    expect(faults).toEqual([])
  })

  it('can be signed by another account than its carrier', () => {
    const order = { hotkey, netuid: 1, amount_staked: TAO, limit_price: 10n * TAO, allow_partial: false }
    const inner = sign(staking('add_stake_limit', order), 0, { signer: bob })
    node.pool.submit(carrier(inner))
    produce(2)
    expect(node.chain.best.extrinsics).toHaveLength(4)
    expect(store().get(system.storage.Account, toHex(bob.publicKey)).nonce).toBe(1)
  })

  it('still goes in when the client was slow, as long as its carrier lives', () => {
    const inner = sign(transferTo(carol, TAO), 1)
    const outer = carrier(inner)
    produce(6)
    node.pool.submit(outer)
    produce()
    expect(freeOf(carol)).toBe(TAO)
  })

  it.each([
    ['with a nonce that leaves a gap', () => sign(transferTo(carol, TAO), 2)],
    ['with a nonce that is used', () => sign(transferTo(carol, TAO), 0)],
    ['that nobody signed', () => sign(transferTo(carol, TAO), 1).fill(0, 40, 60)],
    ['that is no extrinsic', () => new Uint8Array(50).fill(3)],
    ['that is empty', () => new Uint8Array()],
  ])('%s is dropped; its carrier has paid', (_, inner) => {
    node.pool.submit(carrier(inner()))
    produce(2)
    expect(node.chain.best.extrinsics).toHaveLength(3)
    expect(freeOf(carol)).toBe(0n)
    expect(store().get(system.storage.Account, toHex(alice.publicKey)).nonce).toBe(1)
    expect(faults).toEqual([])
  })

  it('that was changed on the way cannot be read', () => {
    const ciphertext = seal(nextKey(), sign(transferTo(carol, TAO), 1))
    ciphertext[ciphertext.length - 1]! ^= 1
    node.pool.submit(sign(carrying(ciphertext), 0))
    produce(2)
    expect(node.chain.best.extrinsics).toHaveLength(3)
  })
})

describe('the pool refuses a carrier', () => {
  it('that could outlive its key', () => {
    const call = carrying(seal(nextKey(), new Uint8Array(1)))
    expect(refusal(sign(call, 0, { period: 16 }))).toBe('Transaction is outdated')
    const immortal = signExtrinsic({ call, signer: alice, nonce: 0, genesis: node.chain.genesisHash })
    expect(refusal(immortal)).toBe('Transaction is outdated')
  })

  it('that is no envelope', () => {
    expect(refusal(sign(carrying(new Uint8Array(17)), 0))).toBe('Custom error: 23')
    const cut = seal(nextKey(), new Uint8Array(1)).slice(0, 1_129)
    expect(refusal(sign(carrying(cut), 0))).toBe('Custom error: 23')
  })

  it('that is sealed for a key which the author has no more, or never had', () => {
    const old = nextKey()
    produce(10)
    expect(refusal(carrier(sign(transferTo(carol, TAO), 1), 0, old))).toBe('Custom error: 24')
    const foreign = seal(old, new Uint8Array(1))
    foreign[0]! ^= 1
    expect(refusal(sign(carrying(foreign), 0))).toBe('Custom error: 24')
  })

  it('that is longer than the chain takes', () => {
    const bytes = sign(carrying(new Uint8Array(8_192)), 0)
    expect(refusal(bytes)).toBe('Custom error: 24')
    expect(() => sign(carrying(new Uint8Array(8_193)), 0)).toThrow('8193 bytes')
  })
})
