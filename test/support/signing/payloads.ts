import { expectedCall } from '../../../electron/keys/worker/signer/expected-call.ts'
import { compactBytes, littleEndian, scaleBytes } from '../../../electron/keys/worker/signer/scale-write.ts'
import type { SigningRuntime } from '../../../electron/keys/worker/signer/signing-runtime.ts'
import type { Value } from '../../../electron/keys/worker/signer/type-def.ts'
import { metadataBytes } from '../../../electron/practice/metadata/metadata.ts'
import type { Intent } from '../../../shared/signing/intent.ts'

export const GENESIS = `0x${'11'.repeat(32)}`
export const BLOCK_HASH = `0x${'22'.repeat(32)}`

export interface Frame {
  readonly genesis?: string
  readonly nonce?: bigint
  readonly tip?: bigint
  readonly era?: Uint8Array
  readonly specVersion?: number
  readonly transactionVersion?: number
  /** Default: what the runtime itself says. `null` = mode 0. */
  readonly metadataHash?: string | null
}

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.slice(2), 'hex'))
/** 128 blocks, phase 5. */
const MORTAL = Uint8Array.of(0x56, 0x00)

/** A `*` in an expected call stands for anything; here it becomes 7. */
function settled(value: Value): Value {
  if (value === '*') return 7n
  if (Array.isArray(value)) return (value as readonly Value[]).map(settled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, settled(field as Value)]))
}

export const callBytesOf = (runtime: SigningRuntime, intent: Intent): Uint8Array =>
  scaleBytes(runtime, runtime.callType, settled(expectedCall(intent)))

/** What a key is asked to sign, spelled out by hand in mainnet's order of extensions. */
export function payloadOf(runtime: SigningRuntime, call: Uint8Array, frame: Frame = {}): Uint8Array {
  const hasMode = runtime.extensions.some(({ identifier }) => identifier === 'CheckMetadataHash')
  const hash = frame.metadataHash === undefined ? runtime.digest : (frame.metadataHash ?? undefined)
  const parts = [
    call,
    frame.era ?? MORTAL,
    compactBytes(frame.nonce ?? 3n),
    compactBytes(frame.tip ?? 0n),
    ...(hasMode ? [Uint8Array.of(hash === undefined ? 0 : 1)] : []),
    littleEndian(BigInt(frame.specVersion ?? runtime.specVersion), 4),
    littleEndian(BigInt(frame.transactionVersion ?? runtime.transactionVersion), 4),
    bytesOf(frame.genesis ?? GENESIS),
    bytesOf(BLOCK_HASH),
    ...(hasMode ? [hash === undefined ? Uint8Array.of(0) : Buffer.concat([Uint8Array.of(1), bytesOf(hash)])] : []),
  ]
  return new Uint8Array(Buffer.concat(parts))
}

/** The practice chain's metadata, as a node serves it. */
export const practiceMetadata = (): Uint8Array => metadataBytes(15)
export const practiceChain = () => ({ network: 'practice', genesis: GENESIS, metadata: practiceMetadata() })
