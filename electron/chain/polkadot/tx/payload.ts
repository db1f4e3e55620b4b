import type { IExtrinsic } from '@polkadot/types/types'
import { z } from 'zod'
import { fail } from '../failure.ts'
import { extensionsOf } from '../runtime/extensions.ts'
import { metadataHashOf } from '../runtime/metadata-hash.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { publicKeyOf } from '../scale/address.ts'
import { toHex } from '../scale/bytes.ts'
import type { Era } from './era.ts'

export interface PayloadParts {
  readonly call: Uint8Array
  readonly nonce: number
  readonly era: Era
  readonly birthHash: string
  readonly genesis: string
}

/** What the signed extensions say, by the library's names. Plain data: kept between preparing and sending. */
export const factsSchema = z.object({
  method: z.string(),
  era: z.string(),
  nonce: z.number().int().nonnegative(),
  tip: z.literal(0),
  specVersion: z.number().int(),
  transactionVersion: z.number().int(),
  genesisHash: z.string(),
  blockHash: z.string(),
  mode: z.union([z.literal(0), z.literal(1)]),
  metadataHash: z.string().nullable(),
})
export type PayloadFacts = z.infer<typeof factsSchema>

export interface Payload {
  readonly facts: PayloadFacts
  /** What is signed: call, extra, additional. */
  readonly bytes: Uint8Array
}

const FORMAT = 4
/** Tips do not raise priority on this chain, so none is ever offered. */
const TIP = 0

/** Where the chain can compare its own metadata with what we read by, it is asked to. */
function metadataFacts({ metadata }: Runtime): Pick<PayloadFacts, 'mode' | 'metadataHash'> {
  const metadataHash = metadataHashOf(metadata)
  return metadataHash === undefined ? { mode: 0, metadataHash: null } : { mode: 1, metadataHash }
}

/** @errors chain/unknown-extension, chain/unsupported (a runtime without version 4 extrinsics) */
export function buildPayload(runtime: Runtime, { call, nonce, era, birthHash, genesis }: PayloadParts): Payload {
  extensionsOf(runtime)
  const { registry, latest } = runtime.metadata
  if (!latest.extrinsic.versions.toU8a(true).includes(FORMAT))
    fail({ code: 'chain/unsupported', missing: ['extrinsic version 4'] })
  const { specVersion, transactionVersion } = runtime.version
  const of = { method: toHex(call), era: toHex(era.bytes), nonce, genesisHash: genesis, blockHash: birthHash }
  const facts: PayloadFacts = { ...of, specVersion, transactionVersion, tip: TIP, ...metadataFacts(runtime) }
  const payload = registry.createTypeUnsafe('ExtrinsicPayload', [facts, { version: FORMAT }])
  // Without the length in front of the call: that is how the chain checks it.
  return { facts, bytes: payload.toU8a({ method: true } as never) }
}

/**
 * The extrinsic with its length, as it is sent.
 * @param signature 65 bytes: scheme (0 ed25519, 1 sr25519) and signature
 * @errors keys/unsupported: a signature of zeros, which the library would send as no signature
 */
export function signedExtrinsic(
  { metadata: { registry } }: Runtime,
  {
    signer,
    signature,
    facts,
  }: { readonly signer: string; readonly signature: Uint8Array; readonly facts: PayloadFacts },
): Uint8Array {
  const call = registry.createTypeUnsafe('Call', [facts.method])
  const extrinsic = registry.createTypeUnsafe<IExtrinsic>('Extrinsic', [call, { version: FORMAT }])
  extrinsic.addSignature(publicKeyOf(signer), signature, { ...facts } as never)
  if (!extrinsic.isSigned) return fail({ code: 'keys/unsupported', what: 'signature' })
  return extrinsic.toU8a()
}
