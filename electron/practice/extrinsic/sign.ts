import type { AnyCall } from '../definitions/outer-call.ts'
import { type RuntimeCall, runtimeCall } from '../definitions/runtime-types.ts'
import { toHex } from '../scale/hex.ts'
import { birthBlock, type Era, IMMORTAL, mortalEra } from './era.ts'
import { type Extra, encodeExtrinsic } from './extrinsic.ts'
import { signingPayload } from './signing-payload.ts'

/** A key that signs; sr25519 unless it says otherwise. */
export interface Signer {
  readonly publicKey: Uint8Array
  readonly scheme?: 'sr25519' | 'ed25519'
  sign(message: Uint8Array): Uint8Array
}

export interface SignRequest {
  readonly call: RuntimeCall | AnyCall
  readonly signer: Signer
  readonly nonce: number
  /** 0x-hex. */
  readonly genesis: string
  /** Unit: rao. Default 0. */
  readonly tip?: bigint
  /** Makes it mortal: how many blocks it lives and the block it is signed at. Default immortal. */
  readonly mortality?: { readonly period: number; readonly number: number; blockHash(number: number): string }
  /** Makes the signature cover this digest of the metadata (RFC 78), 0x-hex. */
  readonly metadataDigest?: string
}

/** Builds and signs an extrinsic for the practice chain; length prefix included, ready to submit. */
export function signExtrinsic(request: SignRequest): Uint8Array {
  const { call, signer, nonce, genesis, tip = 0n, mortality, metadataDigest } = request
  // Both forms have the same values; the runtime call only knows their types better.
  const callBytes = runtimeCall.codec.enc(call as RuntimeCall)
  const era: Era = mortality === undefined ? IMMORTAL : mortalEra(mortality.period, mortality.number)
  const birthHash = mortality === undefined ? genesis : mortality.blockHash(birthBlock(era, mortality.number))
  const extra: Extra = { era, nonce, tip, metadataHash: metadataDigest !== undefined }
  const covered = { genesis, birthHash, ...(metadataDigest === undefined ? {} : { metadataDigest }) }
  const signature = toHex(signer.sign(signingPayload(callBytes, extra, covered)))
  return encodeExtrinsic({
    callBytes,
    signed: {
      ...extra,
      address: { type: 'Id', value: toHex(signer.publicKey) },
      signature: { type: signer.scheme === 'ed25519' ? 'Ed25519' : 'Sr25519', value: signature },
    },
  })
}
