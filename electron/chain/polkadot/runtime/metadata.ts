import { decorateStorage, Metadata, TypeRegistry } from '@polkadot/types'
import type { MetadataLatest } from '@polkadot/types/interfaces'
import type { Storage } from '@polkadot/types/metadata/decorate/types'
import { badAnswer } from '../failure.ts'

export interface Extension {
  readonly identifier: string
  /** Type of what stands in the extrinsic. */
  readonly extra: number
  /** Type of what is signed besides. */
  readonly additional: number
}

/** One runtime's metadata as `@polkadot/types` reads it, expanded into a registry that holds nothing else. */
export interface RuntimeMetadata {
  /** As the node served it; begins with `meta`. */
  readonly bytes: Uint8Array
  /** Of the metadata's own format: 14, 15 or 16. */
  readonly version: number
  readonly registry: TypeRegistry
  readonly latest: MetadataLatest
  readonly storage: Storage
  readonly extensions: readonly Extension[]
}

/**
 * Extensions of Subtensor that the library has never heard of. Registered as empty, which it would guess as well, but
 * with a warning to the console and for any stranger; that they are empty is checked against the metadata.
 * @source `runtime/src/lib.rs` of the chain (TransactionExtensions), spec 293 to 475
 */
const OWN = ['SudoTransactionExtension', 'CheckShieldedTxValidity', 'SubtensorTransactionExtension', 'DrandPriority']
const EMPTY = { extrinsic: {}, payload: {} }

/** @param bytes begin with `meta`. @errors chain/bad-answer */
export function readMetadata(bytes: Uint8Array): RuntimeMetadata {
  try {
    const registry = new TypeRegistry()
    const metadata = new Metadata(registry, bytes)
    // The library reads missing bytes as zeros and ignores what is left over.
    if (metadata.encodedLength !== bytes.length) return badAnswer('metadata')
    const extensions = extensionsIn(metadata)
    const names = extensions.map(({ identifier }) => identifier)
    registry.setMetadata(metadata, names, Object.fromEntries(OWN.map((name) => [name, EMPTY])), true)
    const latest = metadata.asLatest
    const { version } = metadata
    return { bytes, version, registry, latest, storage: decorateStorage(registry, latest, version), extensions }
  } catch {
    return badAnswer('metadata')
  }
}

/** Version 0 is what signed extrinsics of format 4 carry, and the first of format 5. */
const VERSION = 0

/** In the order of their bytes. */
function extensionsIn(metadata: Metadata): readonly Extension[] {
  // Not from `asLatest`: its conversion of V15 loses what is signed besides (`implicit` becomes type 0, 16.5.6).
  if (metadata.version < 16)
    return metadata.asV15.extrinsic.signedExtensions.map(({ identifier, type, additionalSigned }) => ({
      identifier: identifier.toString(),
      extra: type.toNumber(),
      additional: additionalSigned.toNumber(),
    }))
  const { transactionExtensions, transactionExtensionsByVersion } = metadata.asV16.extrinsic
  const order = [...transactionExtensionsByVersion].find(([version]) => version.toNumber() === VERSION)?.[1] ?? []
  return [...order].map((at) => {
    const { identifier, type, implicit } = transactionExtensions[at.toNumber()] ?? badAnswer('metadata')
    return { identifier: identifier.toString(), extra: type.toNumber(), additional: implicit.toNumber() }
  })
}
