import { type CodecType, v14, v15 } from '@polkadot-api/substrate-bindings'
import { extensionsTuple, SIGNED_EXTENSIONS } from '../definitions/extensions.ts'
import { PALLETS } from '../definitions/pallets.ts'
import { RUNTIME_APIS } from '../definitions/runtime-apis.ts'
import { runtimeCall, runtimeError, runtimeEvent } from '../definitions/runtime-types.ts'
import { multiAddress, multiSignature } from '../definitions/types/account.ts'
import { opaqueExtrinsic } from '../definitions/types/unchecked-extrinsic.ts'
import { emptyStruct } from '../scale/composites.ts'
import { concatBytes, toHex } from '../scale/hex.ts'
import type { AnyPallet } from '../scale/pallet.ts'
import type { AnyRuntimeApi } from '../scale/runtime-api.ts'
import type { Shape } from '../scale/shape.ts'
import type { AnyStorageSpec } from '../scale/storage.ts'
import type { AnyScaleType } from '../scale/type.ts'
import { TypeRegistry } from './type-registry.ts'

/** Metadata versions that the practice chain offers; 15 is the newest that brings its runtime APIs along. */
export const METADATA_VERSIONS = [14, 15] as const
export type MetadataVersion = (typeof METADATA_VERSIONS)[number]

/** "meta", the first four bytes of all metadata; the version is the fifth. */
const MAGIC = new TextEncoder().encode('meta')
const EXTRINSIC_VERSION = 4
const runtime = emptyStruct('node_subtensor_runtime::Runtime')

/** Mainnet's block time, which the definitions have. Unit: ms. */
const MAINNET_BLOCK_MS = 12_000

const cache = new Map<string, Uint8Array>()

/**
 * The chain's description of itself, beginning with `meta`. Built once for each block time.
 * @param blockMs  time between blocks that its constants tell, in ms; clients compute waits from it
 */
export function metadataBytes(version: MetadataVersion, blockMs = MAINNET_BLOCK_MS): Uint8Array {
  const key = `${version} ${blockMs}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const bytes = version === 15 ? buildV15(blockMs) : buildV14(blockMs)
  cache.set(key, bytes)
  return bytes
}

/** Constants that are facts about this very chain and not about its runtime. */
const livingConstants = (blockMs: number): ReadonlyMap<string, bigint> =>
  new Map([
    ['Aura.SlotDuration', BigInt(blockMs)],
    // The chain refuses a block that comes earlier than half the block time after its parent.
    ['Timestamp.MinimumPeriod', BigInt(Math.floor(blockMs / 2))],
  ])

/** Numbers every type that something mentions; the second pass over the same things then writes final numbers. */
function numbered<T>(build: (id: Numbering) => T) {
  const registry = new TypeRegistry()
  build((shape) => registry.idOf(shape))
  const { types, final } = registry.finish()
  return { lookup: types, ...build((shape) => final(registry.idOf(shape))) }
}

const palletsOf = (id: Numbering, blockMs: number) =>
  Object.values(PALLETS).map((pallet) => ({ ...palletOf(pallet, id, livingConstants(blockMs)), docs: [] }))

function buildV14(blockMs: number): Uint8Array {
  const value = numbered((id) => ({
    pallets: palletsOf(id, blockMs),
    extrinsic: {
      type: id(opaqueExtrinsic.shape),
      version: EXTRINSIC_VERSION,
      signedExtensions: extensionsOf(id),
    },
    type: id(runtime.shape),
    apis: [],
  }))
  // The codec's hex texts are branded; ours are the same texts without the brand.
  return concatBytes(MAGIC, Uint8Array.of(14), v14.enc(value as unknown as CodecType<typeof v14>))
}

function buildV15(blockMs: number): Uint8Array {
  const value = numbered((id) => ({
    pallets: palletsOf(id, blockMs),
    extrinsic: {
      version: EXTRINSIC_VERSION,
      address: id(multiAddress.shape),
      call: id(runtimeCall.shape),
      signature: id(multiSignature.shape),
      extra: id(extensionsTuple.shape),
      signedExtensions: extensionsOf(id),
    },
    type: id(runtime.shape),
    apis: Object.values(RUNTIME_APIS).map((api) => apiOf(api, id)),
    outerEnums: { call: id(runtimeCall.shape), event: id(runtimeEvent.shape), error: id(runtimeError.shape) },
    custom: [],
  }))
  // As in V14: the same hex texts without the brand.
  return concatBytes(MAGIC, Uint8Array.of(15), v15.enc(value as unknown as CodecType<typeof v15>))
}

type Numbering = (shape: Shape) => number

const encode = (type: AnyScaleType, value: unknown): string => toHex(type.codec.enc(value as never))

function palletOf(pallet: AnyPallet, id: Numbering, living: ReadonlyMap<string, bigint>) {
  const part = (type: AnyScaleType | undefined) => (type === undefined ? undefined : id(type.shape))
  const items = Object.entries(pallet.storage).map(([name, spec]) => storageOf(name, spec, id))
  return {
    name: pallet.name,
    index: pallet.index,
    storage: items.length === 0 ? undefined : { prefix: pallet.name, items },
    calls: part(pallet.call),
    events: part(pallet.event),
    errors: part(pallet.error),
    constants: Object.entries(pallet.constants).map(([name, { type, value, docs }]) => ({
      name,
      type: id(type.shape),
      value: encode(type, living.get(`${pallet.name}.${name}`) ?? value),
      docs: [...docs],
    })),
  }
}

/** `Optional` items read as absent and have a placeholder of one zero byte, as Rust's `None` is written. */
const OPTIONAL = 0
const DEFAULT = 1

function storageOf(name: string, spec: AnyStorageSpec, id: Numbering) {
  const [first] = spec.parts
  const key: Shape =
    spec.parts.length === 1 && first !== undefined
      ? first.type.shape
      : { kind: 'tuple', of: spec.parts.map((part) => part.type.shape) }
  return {
    name,
    modifier: spec.default === undefined ? OPTIONAL : DEFAULT,
    type:
      spec.parts.length === 0
        ? { tag: 'plain', value: id(spec.type.shape) }
        : {
            tag: 'map',
            value: {
              hashers: spec.parts.map((part) => ({ tag: part.hasher, value: undefined })),
              key: id(key),
              value: id(spec.type.shape),
            },
          },
    fallback: spec.default === undefined ? '0x00' : encode(spec.type, spec.default),
    docs: [...spec.docs],
  }
}

const apiOf = (api: AnyRuntimeApi, id: Numbering) => ({
  name: api.name,
  docs: [],
  methods: Object.entries(api.methods).map(([name, method]) => ({
    name,
    inputs: Object.entries(method.inputs).map(([input, type]) => ({ name: input, type: id(type.shape) })),
    output: id(method.output.shape),
    docs: [...method.docs],
  })),
})

const extensionsOf = (id: Numbering) =>
  SIGNED_EXTENSIONS.map(({ identifier, extra, additional }) => ({
    identifier,
    type: id(extra.shape),
    additionalSigned: id(additional.shape),
  }))
