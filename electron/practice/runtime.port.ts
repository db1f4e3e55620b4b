import type { Kv } from './state/kv.port.ts'

/** What `state_getRuntimeVersion` answers; apis are [0x-hex of the 8-byte api id, version]. */
export interface RuntimeVersion {
  readonly specName: string
  readonly implName: string
  readonly authoringVersion: number
  readonly specVersion: number
  readonly implVersion: number
  readonly transactionVersion: number
  readonly stateVersion: number
  readonly apis: readonly (readonly [string, number])[]
}

export interface BlockContext {
  readonly number: number
  readonly timestampMs: number
  /** 0x-hex block hash of the parent. */
  readonly parentHash: string
}

/** What checking an extrinsic needs to know about the chain. `number` is the block being built. */
export interface ChainContext {
  readonly number: number
  /** 0x-hex hash of block 0. */
  readonly genesis: string
  blockHash(number: number): string | undefined
}

export type Validity =
  | { readonly ok: true; readonly sender: string; readonly nonce: number; readonly longevity: number }
  | {
      readonly ok: false
      readonly code: 'future' | 'stale' | 'bad-proof' | 'payment' | 'ancient' | 'custom' | 'bad-call' | 'bad-signer'
      readonly custom?: number
      /** Set with 'future' so that the pool can queue it. */
      readonly sender?: string
      readonly nonce?: number
      readonly longevity?: number
    }

/** What mainnet may switch on, and what the practice network has off unless it is asked for. */
export interface ChainSwitches {
  /** Relayers may carry out limit orders from the first block on. */
  readonly limitOrders?: boolean
  /** Blocks that stake stays on root after its last change. */
  readonly rootHoldBlocks?: number
}

export interface GenesisOptions extends ChainSwitches {
  readonly seed: number
  readonly blockMs: number
}

/** A transaction that only one block author can read. */
export interface Envelope {
  /** twox_128 of the key that it was made for, 0x-hex. */
  readonly keyHash: string
  /** ML-KEM ciphertext that carries the secret. */
  readonly encapsulation: Uint8Array
  readonly nonce: Uint8Array
  /** XChaCha20-Poly1305 of the signed extrinsic with its length prefix. */
  readonly sealed: Uint8Array
}

/** Transactions that only the author can read, as far as the author needs the rules for them. */
export interface ShieldRules {
  /** The inherent that tells clients the author's key. @param key  ML-KEM-768 encapsulation key */
  announcement(key: Uint8Array): Uint8Array
  /** What a transaction of the pool carries; undefined for every ordinary one. */
  envelopeIn(extrinsic: Uint8Array): Envelope | undefined
}

/** The chain's rules: everything the node does not know about pallets. */
export interface PracticeRuntime {
  readonly version: RuntimeVersion
  /** @param blockMs how fast this very chain is, as its metadata says it; absent: as mainnet */
  metadata(version: 14 | 15, blockMs?: number): Uint8Array
  /** Absent: transactions cannot be hidden on this chain. */
  readonly shield?: ShieldRules
  genesis(kv: Kv, options: GenesisOptions): void
  /** Timestamp, epochs, emission. */
  initializeBlock(kv: Kv, context: BlockContext): void
  validate(kv: Kv, extrinsic: Uint8Array, context: ChainContext): Validity
  /** Dispatch, fees, events. */
  apply(kv: Kv, extrinsic: Uint8Array, index: number, context: ChainContext): void
  /** Writes System.Events etc. */
  finalizeBlock(kv: Kv): void
  /** Throws UnknownApi for a method it does not have. */
  callApi(kv: Kv, method: string, args: Uint8Array, context: ChainContext): Uint8Array
}

export class UnknownApi extends Error {
  readonly method: string
  constructor(method: string) {
    super(`Exported method ${method} is not found`)
    this.name = 'UnknownApi'
    this.method = method
  }
}
