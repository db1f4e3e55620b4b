/** One argument, or one call, as the signer reads it. */
export interface ReadArgument {
  /** `call`, `calls[1].args.dest`: where it stands. */
  readonly path: string
  /** Exact: decimal integer, address, hex, flag or name. */
  readonly value: string
}

/** A call in a payload; `depth` 0 is the outer one, its inner calls follow it. */
export interface ReadCall {
  readonly depth: number
  /** `SubtensorModule.add_stake_limit` */
  readonly call: string
  readonly args: readonly ReadArgument[]
}

/** Everything that the bytes to be signed say, as the signer reads them: a second opinion to the chain client's. */
export interface SignerReading {
  readonly calls: readonly ReadCall[]
  readonly nonce: number
  /** Blocks; absent: it never expires, and is not signed. */
  readonly eraPeriod?: number
  readonly tip: string
  readonly genesis: string
  readonly blockHash: string
  readonly specVersion: number
  readonly transactionVersion: number
  /** The chain compares its own metadata with what we read by; absent: it is not asked. */
  readonly metadataHash?: string
  readonly callHash: string
  readonly payloadHash: string
}
