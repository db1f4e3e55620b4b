import { blake2AsHex } from '@polkadot/util-crypto'
import type { AnyCall } from '../../definitions/outer-call.ts'
import { PALLETS } from '../../definitions/pallets.ts'
import { RUNTIME_APIS } from '../../definitions/runtime-apis.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { runtimeCall } from '../../definitions/runtime-types.ts'
import { encodeExtrinsic } from '../../extrinsic/extrinsic.ts'
import { signExtrinsic } from '../../extrinsic/sign.ts'
import type { ChainContext, Validity } from '../../runtime.port.ts'
import type { FieldTypes } from '../../scale/composites.ts'
import { concatBytes, toHex } from '../../scale/hex.ts'
import type { ApiMethod } from '../../scale/runtime-api.ts'
import { devKey } from '../../signing/dev-key.ts'
import type { Kv } from '../../state/kv.port.ts'
import type { RuntimeEventValue } from '../core/pallets.ts'
import { Store } from '../core/store.ts'
import { createRuntime } from '../create-runtime.ts'

/** Keys in memory, in order. */
class MemoryKv implements Kv {
  readonly #values: Map<string, Uint8Array>
  constructor(values = new Map<string, Uint8Array>()) {
    this.#values = values
  }
  get(key: string): Uint8Array | undefined {
    return this.#values.get(key)
  }
  set(key: string, value: Uint8Array): void {
    this.#values.set(key, value)
  }
  delete(key: string): void {
    this.#values.delete(key)
  }
  keys(prefix: string): readonly string[] {
    return [...this.#values.keys()].filter((key) => key.startsWith(prefix)).sort()
  }
  copy(): MemoryKv {
    return new MemoryKv(new Map(this.#values))
  }
}

const GENESIS_HASH = `0x${'ab'.repeat(32)}`
const runtime = createRuntime()
const born = new Map<number, MemoryKv>()

function genesisOf(seed: number): MemoryKv {
  const known = born.get(seed)
  if (known) return known.copy()
  const kv = new MemoryKv()
  runtime.genesis(kv, { seed, blockMs: 250 })
  born.set(seed, kv)
  return kv.copy()
}

export interface Receipt {
  readonly ok: boolean
  /** `Pallet.Error` of a failed call. */
  readonly error: string | undefined
  readonly events: readonly RuntimeEventValue[]
}

/** The runtime with real signatures and real bytes, one extrinsic per block, without a node around it. */
export class TestChain {
  readonly kv: MemoryKv
  readonly store: Store
  number = 0
  readonly #keys = new Map<string, ReturnType<typeof devKey>>()

  constructor(seed = 1) {
    this.kv = genesisOf(seed)
    this.store = new Store(this.kv)
  }

  get context(): ChainContext {
    return { number: this.number, genesis: GENESIS_HASH, blockHash: (n) => (n === 0 ? GENESIS_HASH : hashOf(n)) }
  }

  key(uri: string): ReturnType<typeof devKey> {
    const known = this.#keys.get(uri) ?? devKey(uri)
    this.#keys.set(uri, known)
    return known
  }

  account(uri: string): string {
    return toHex(this.key(uri).publicKey)
  }

  /** Opens the next block: emission, epochs, the author's timestamp. */
  open(): void {
    this.number += 1
    const timestampMs = this.number * 250
    runtime.initializeBlock(this.kv, { number: this.number, timestampMs, parentHash: hashOf(this.number - 1) })
    const call: RuntimeCall = { type: 'Timestamp', value: { type: 'set', value: { now: BigInt(timestampMs) } } }
    const callBytes = runtimeCall.codec.enc(call)
    runtime.apply(this.kv, encodeExtrinsic({ signed: undefined, callBytes }), 0, this.context)
  }

  advance(blocks: number): void {
    for (let n = 0; n < blocks; n += 1) this.open()
  }

  sign(uri: string, call: AnyCall, nonce?: number): Uint8Array {
    const next = nonce ?? this.store.get(PALLETS.System.storage.Account, this.account(uri)).nonce
    return signExtrinsic({ call, signer: this.key(uri), nonce: next, genesis: GENESIS_HASH })
  }

  validate(bytes: Uint8Array): Validity {
    return runtime.validate(this.kv, bytes, { ...this.context, number: this.number + 1 })
  }

  /** Validates and applies a signed call in a block of its own. Throws when the pool would not have taken it. */
  send(uri: string, call: AnyCall): Receipt {
    const bytes = this.sign(uri, call)
    const validity = this.validate(bytes)
    if (!validity.ok) throw new Error(`pool: ${validity.code} ${validity.custom ?? ''}`)
    this.open()
    runtime.apply(this.kv, bytes, 1, this.context)
    const events = this.events.filter(({ phase }) => phase.type === 'ApplyExtrinsic' && phase.value === 1)
    return receiptOf(events.map(({ event }) => event as RuntimeEventValue))
  }

  get events() {
    return this.store.get(PALLETS.System.storage.Events)
  }

  /** `state_call`, typed: bytes both ways, as a client sees them. */
  call<I extends object, O>(name: string, method: ApiMethod<I, O>, inputs: I): O {
    const fields = Object.entries(method.inputs as FieldTypes<Record<string, unknown>>)
    const values = inputs as Readonly<Record<string, unknown>>
    const args = concatBytes(...fields.map(([field, type]) => type.codec.enc(values[field])))
    return method.output.codec.dec(runtime.callApi(this.kv, name, args, this.context))
  }

  /** A hash over the whole storage. */
  stateHash(): string {
    const encoder = new TextEncoder()
    return blake2AsHex(
      concatBytes(...this.kv.keys('0x').flatMap((key) => [encoder.encode(key), this.kv.get(key) ?? new Uint8Array()])),
    )
  }
}

const hashOf = (number: number): string => (number <= 0 ? GENESIS_HASH : blake2AsHex(`block ${number}`, 256))

function receiptOf(events: readonly RuntimeEventValue[]): Receipt {
  const failed = events.find((event) => event.type === 'System' && event.value.type === 'ExtrinsicFailed')
  if (failed === undefined) return { ok: true, error: undefined, events }
  // Narrowed by the very search above.
  const { dispatch_error } = (failed.value as { value: { dispatch_error: { type: string; value: unknown } } }).value
  return { ok: false, error: errorName(dispatch_error), events }
}

/** `Pallet.Error` from an event's `DispatchError`. */
export function errorName(error: { readonly type: string; readonly value: unknown }): string {
  if (error.type === 'Token') return `Token.${(error.value as { type: string }).type}`
  if (error.type !== 'Module') return error.type
  const { index, error: bytes } = error.value as { index: number; error: string }
  const pallet = Object.values(PALLETS).find((each) => each.index === index)
  const number = Number.parseInt(bytes.slice(2, 4), 16)
  const errors = Object.entries<{ readonly index: number }>(pallet?.errors ?? {})
  return `${pallet?.name}.${errors.find(([, { index: at }]) => at === number)?.[0]}`
}

export const APIS = RUNTIME_APIS
