import { createDecoder } from 'scale-ts'
import { HASH_BYTES, type Hasher, hashKey, twox128 } from './hasher.ts'
import { fromHex, toHex } from './hex.ts'
import type { AnyScaleType, ScaleType, ValueOf } from './type.ts'

export interface StorageKeyPart {
  readonly hasher: Hasher
  readonly type: AnyScaleType
}

/** A storage item as a pallet declares it, before it knows which pallet it is in. */
export interface StorageSpec<K extends readonly unknown[], V, D> {
  readonly parts: readonly StorageKeyPart[]
  readonly type: ScaleType<V>
  /** `undefined`: an optional item, nothing is read where nothing was written. */
  readonly default: D
  readonly docs: readonly string[]
  /** Carries K to the type checker; there is no such value. */
  readonly keysOf?: K
}

/** A storage item of a pallet: its keys, its values and what is read where nothing was written. */
export interface StorageItem<K extends readonly unknown[], V, D = V | undefined> extends StorageSpec<K, V, D> {
  readonly pallet: string
  readonly name: string
  /** Full storage key as lower-case 0x-hex. */
  key(...keys: K): string
  /** What every key with these first parts begins with; without parts, what the whole map begins with. */
  prefix(...keys: Partial<K>): string
  /** The parts that `key` was made of. */
  decodeKeys(key: string): K
}

/** Storage as another file declares it, where keys and values do not matter. */
export interface AnyStorageSpec {
  readonly parts: readonly StorageKeyPart[]
  readonly type: AnyScaleType
  readonly default: unknown
  readonly docs: readonly string[]
}

type KeysOf<P extends readonly (readonly [Hasher, AnyScaleType])[]> = { -readonly [I in keyof P]: ValueOf<P[I][1]> }

/** A single value; `fallback` is read where nothing was written. */
export const storageValue = <V>(
  type: ScaleType<V>,
  fallback: NoInfer<V>,
  ...docs: string[]
): StorageSpec<[], V, V> => ({
  parts: [],
  type,
  default: fallback,
  docs,
})

/** A single value that may be absent. */
export const storageOption = <V>(type: ScaleType<V>, ...docs: string[]): StorageSpec<[], V, undefined> => ({
  parts: [],
  type,
  default: undefined,
  docs,
})

/** A map; `fallback` is read where nothing was written. */
export const storageMap = <const P extends readonly (readonly [Hasher, AnyScaleType])[], V>(
  parts: P,
  type: ScaleType<V>,
  fallback: NoInfer<V>,
  ...docs: string[]
): StorageSpec<KeysOf<P>, V, V> => ({
  parts: parts.map(([hasher, key]) => ({ hasher, type: key })),
  type,
  default: fallback,
  docs,
})

/** A map whose values may be absent. */
export const storageOptionMap = <const P extends readonly (readonly [Hasher, AnyScaleType])[], V>(
  parts: P,
  type: ScaleType<V>,
  ...docs: string[]
): StorageSpec<KeysOf<P>, V, undefined> => ({
  parts: parts.map(([hasher, key]) => ({ hasher, type: key })),
  type,
  default: undefined,
  docs,
})

/** Places a declared item in its pallet. */
export function storageItem<K extends readonly unknown[], V, D>(
  pallet: string,
  name: string,
  spec: StorageSpec<K, V, D>,
): StorageItem<K, V, D> {
  const base = toHex(twox128(pallet)) + toHex(twox128(name)).slice(2)
  const keyOf = (keys: readonly unknown[]): string =>
    keys.reduce<string>((key, value, at) => {
      const part = spec.parts[at]
      if (part === undefined) throw new RangeError(`${pallet}.${name} has ${spec.parts.length} key parts`)
      return key + toHex(hashKey(part.hasher, part.type.codec.enc(value as never))).slice(2)
    }, base)
  return {
    ...spec,
    pallet,
    name,
    key: (...keys) => {
      if (keys.length !== spec.parts.length) throw new RangeError(`${pallet}.${name} needs ${spec.parts.length} keys`)
      return keyOf(keys)
    },
    prefix: (...keys) => keyOf(keys),
    decodeKeys: (key) => {
      if (!key.startsWith(base)) throw new RangeError(`not a key of ${pallet}.${name}`)
      // The parts decode to the very types that K was inferred from.
      return decodeParts(spec.parts, fromHex(`0x${key.slice(base.length)}`)) as unknown as K
    },
  }
}

const decodeParts = (parts: readonly StorageKeyPart[], bytes: Uint8Array): unknown[] =>
  createDecoder((input: Uint8Array & { i?: number }) =>
    parts.map(({ hasher, type }) => {
      // scale-ts keeps its read position in `i`; the hash before the key is skipped there.
      input.i = (input.i ?? 0) + HASH_BYTES[hasher]
      return type.codec.dec(input)
    }),
  )(bytes)
