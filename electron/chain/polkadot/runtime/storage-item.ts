import type { StorageEntry } from '@polkadot/types/primitive/types'
import { compactStripLength } from '@polkadot/util'
import { blake2AsU8a, xxhashAsU8a } from '@polkadot/util-crypto'
import { badAnswer } from '../failure.ts'
import { concat, fromHex, toHex } from '../scale/bytes.ts'
import { Cursor } from '../scale/cursor.ts'
import { decode, decodeWhole } from '../scale/decode.ts'
import { encode, fitted } from '../scale/encode.ts'
import type { TypeTable } from '../scale/type-table.ts'

/** What was found under one key. `present: false` with a value means: the chain's default. */
export interface Stored {
  readonly present: boolean
  readonly value: unknown
}

/** One storage item of the connected runtime: how its keys are made and its values read. */
export class StorageItem {
  readonly name: string
  readonly #table: TypeTable
  readonly #entry: StorageEntry

  constructor(table: TypeTable, entry: StorageEntry) {
    this.name = `${entry.prefix}.${entry.meta.name}`
    this.#table = table
    this.#entry = entry
  }

  prefix(): string {
    return toHex(this.#entry.keyPrefix())
  }

  /** The library hashes; that each argument fits its type is checked before, because it would bend some into it. */
  key(...args: readonly unknown[]): string {
    const { type } = this.#entry.meta
    if (type.isPlain) return this.prefix()
    const { hashers, key } = type.asMap
    const shape = this.#table.shape(key.toNumber())
    const types = hashers.length === 1 ? [key.toNumber()] : shape.kind === 'tuple' ? shape.items : []
    if (types.length !== hashers.length) return badAnswer(`key of ${this.name}`)
    const parts = types.map((part, index) => fitted(this.#table, part, args[index]))
    return toHex(compactStripLength(this.#entry(...parts))[1])
  }

  /** Where all keys begin that share the first argument of a map with several. */
  prefixOf(first: unknown): string {
    const { type } = this.#entry.meta
    if (type.isPlain) return badAnswer(`key of ${this.name}`)
    const shape = this.#table.shape(type.asMap.key.toNumber())
    const [hasher] = type.asMap.hashers
    const [part] = shape.kind === 'tuple' ? shape.items : []
    if (part === undefined || !(hasher?.isTwox64Concat || hasher?.isBlake2128Concat))
      return badAnswer(`key of ${this.name}`)
    const bytes = encode(this.#table, part, first)
    const hash = hasher.isTwox64Concat ? xxhashAsU8a(bytes, 64) : blake2AsU8a(bytes, 128)
    return `${this.prefix()}${toHex(concat(hash, bytes)).slice(2)}`
  }

  /** The arguments that a key of this map was made of. @errors chain/bad-answer for another map's key */
  argumentsOf(key: string): readonly unknown[] {
    const { type } = this.#entry.meta
    if (type.isPlain || !key.toLowerCase().startsWith(this.prefix())) return badAnswer(`key of ${this.name}`)
    const { hashers, key: keyType } = type.asMap
    const shape = this.#table.shape(keyType.toNumber())
    const types = hashers.length === 1 ? [keyType.toNumber()] : shape.kind === 'tuple' ? shape.items : []
    const cursor = new Cursor(fromHex(`0x${key.slice(this.prefix().length)}`, this.name), `key of ${this.name}`)
    const values = types.map((part, index) => {
      const hasher = hashers[index]
      // Only these keep what they hashed.
      if (hasher?.isBlake2128Concat) cursor.take(16)
      else if (hasher?.isTwox64Concat) cursor.take(8)
      else if (!hasher?.isIdentity) return badAnswer(`key of ${this.name}`)
      return decode(this.#table, part, cursor)
    })
    return cursor.left === 0 && values.length === hashers.length ? values : badAnswer(`key of ${this.name}`)
  }

  /** Type of its values. */
  get valueType(): number {
    const { type } = this.#entry.meta
    return (type.isPlain ? type.asPlain : type.asMap.value).toNumber()
  }

  /** @param raw hex, or null where the chain holds nothing: then its default, or `undefined` for an optional item. */
  read(raw: string | null | undefined): Stored {
    const { modifier, fallback } = this.#entry.meta
    const present = typeof raw === 'string'
    if (!present && !modifier.isDefault) return { present, value: undefined }
    const bytes = present ? fromHex(raw, this.name) : fallback.toU8a(true)
    return { present, value: decodeWhole(this.#table, this.valueType, bytes, this.name) }
  }
}
