import { type PracticeRuntime, UnknownApi, type Validity } from '../runtime.port.ts'
import { fromHex } from '../state/bytes.ts'
import { compact } from './header.ts'

/** A transaction of the fake rules: the body is JSON. */
export interface FakeTx {
  readonly sender: string
  readonly nonce: number
  readonly set?: readonly [key: string, value: string]
  /** Answer of `validate` instead of the usual one. */
  readonly refuse?: Extract<Validity, { ok: false }>
  readonly longevity?: number
  /** Makes `apply` throw, as a bug in the rules would. */
  readonly crash?: boolean
}

export const FAKE_SENDER = `0x${'11'.repeat(32)}`

const nonceKey = (sender: string): string => `0xa0${sender.slice(2)}`

export function fakeExtrinsic(tx: FakeTx): Uint8Array {
  const body = Buffer.from(JSON.stringify(tx))
  return new Uint8Array(Buffer.concat([compact(body.length), body]))
}

function read(extrinsic: Uint8Array): FakeTx | undefined {
  const text = Buffer.from(extrinsic).toString('utf8')
  try {
    return JSON.parse(text.slice(text.indexOf('{'))) as FakeTx
  } catch {
    return undefined
  }
}

const u32 = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return new Uint8Array(bytes)
}
const u32Of = (bytes: Uint8Array | undefined): number => (bytes ? Buffer.from(bytes).readUInt32LE(0) : 0)

/** The smallest rules a chain can have, for tests of everything around the rules. */
export function fakeRuntime(specVersion = 1): PracticeRuntime {
  return {
    version: {
      specName: 'node-subtensor',
      implName: 'node-subtensor',
      authoringVersion: 1,
      specVersion,
      implVersion: 1,
      transactionVersion: 1,
      stateVersion: 1,
      apis: [['0xdf6acb689907609b', 5]],
    },
    metadata: (version) => Uint8Array.of(0x6d, 0x65, 0x74, 0x61, version),
    genesis: (kv, { seed }) => kv.set('0x00', u32(seed)),
    initializeBlock: (kv, { number }) => kv.set('0x01', u32(number)),
    validate(kv, extrinsic) {
      const tx = read(extrinsic)
      if (!tx) return { ok: false, code: 'bad-call' }
      if (tx.refuse) return tx.refuse
      if (tx.nonce < u32Of(kv.get(nonceKey(tx.sender)))) return { ok: false, code: 'stale' }
      return { ok: true, sender: tx.sender, nonce: tx.nonce, longevity: tx.longevity ?? 64 }
    },
    apply(kv, extrinsic, index) {
      const tx = index === 0 ? undefined : read(extrinsic)
      if (!tx) return
      kv.set(nonceKey(tx.sender), u32(tx.nonce + 1))
      if (tx.set) kv.set(tx.set[0], fromHex(tx.set[1]) ?? new Uint8Array())
      if (tx.crash) throw new Error('the rules have a bug')
    },
    finalizeBlock: (kv) => kv.set('0x02', u32(1)),
    callApi(kv, method, args) {
      if (method !== 'AccountNonceApi_account_nonce') throw new UnknownApi(method)
      return u32(u32Of(kv.get(nonceKey(`0x${Buffer.from(args).toString('hex')}`))))
    },
  }
}
