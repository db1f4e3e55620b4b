import { fail } from '../failure.ts'
import { extensionsOf } from '../runtime/extensions.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { publicKeyOf } from '../scale/address.ts'
import { compactBytes, concat, fromHex, uintBytes } from '../scale/bytes.ts'
import type { Era } from './era.ts'

export interface PayloadParts {
  readonly call: Uint8Array
  readonly nonce: number
  readonly era: Era
  readonly birthHash: string
  readonly genesis: string
}
export interface Payload {
  /** What stands in the extrinsic between signature and call. */
  readonly extra: Uint8Array
  /** What is signed: call, extra, additional. */
  readonly bytes: Uint8Array
}

/** Tips do not raise priority on this chain, so none is ever offered. */
const NO_TIP = 0n
/** Metadata hash checking off; nothing is added to the payload for it. */
const OFF = Uint8Array.of(0)

/** @errors chain/unknown-extension, chain/unsupported (a runtime without version 4 extrinsics) */
export function buildPayload(runtime: Runtime, parts: PayloadParts): Payload {
  const extensions = extensionsOf(runtime)
  if (!runtime.metadata.latest.extrinsic.versions.toU8a(true).includes(4))
    fail({ code: 'chain/unsupported', missing: ['extrinsic version 4'] })
  const { specVersion, transactionVersion } = runtime.version
  const extras: Readonly<Record<string, Uint8Array>> = {
    CheckMortality: parts.era.bytes,
    CheckNonce: compactBytes(BigInt(parts.nonce)),
    ChargeTransactionPayment: compactBytes(NO_TIP),
    CheckMetadataHash: OFF,
  }
  const additional: Readonly<Record<string, Uint8Array>> = {
    CheckSpecVersion: uintBytes(BigInt(specVersion), 4),
    CheckTxVersion: uintBytes(BigInt(transactionVersion), 4),
    CheckGenesis: fromHex(parts.genesis, 'genesis'),
    CheckMortality: fromHex(parts.birthHash, 'hash of the birth block'),
    CheckMetadataHash: OFF,
  }
  const nothing = new Uint8Array()
  const extra = concat(...extensions.map(({ identifier }) => extras[identifier] ?? nothing))
  const besides = concat(...extensions.map(({ identifier }) => additional[identifier] ?? nothing))
  return { extra, bytes: concat(parts.call, extra, besides) }
}

/** Signed, version 4. @source substrate `UncheckedExtrinsic`: bit 7 signed, low bits version */
const SIGNED_V4 = 0x84
/** `MultiAddress::Id` */
const BY_ID = 0

/** @param signature 65 bytes: scheme (0 ed25519, 1 sr25519) and signature */
export function signedExtrinsic(parts: {
  readonly signer: string
  readonly signature: Uint8Array
  readonly extra: Uint8Array
  readonly call: Uint8Array
}): Uint8Array {
  const body = concat(
    Uint8Array.of(SIGNED_V4, BY_ID),
    publicKeyOf(parts.signer),
    parts.signature,
    parts.extra,
    parts.call,
  )
  return concat(compactBytes(BigInt(body.length)), body)
}
