import {
  Blake2128,
  Blake2128Concat,
  Blake2256,
  Identity,
  Twox64Concat,
  Twox128,
  Twox256,
  type UnifiedMetadata,
} from '@polkadot-api/substrate-bindings'
import { badAnswer } from '../failure.ts'
import { concat, fromHex, toHex } from '../scale/bytes.ts'
import { decodeWhole } from '../scale/decode.ts'
import { encode } from '../scale/encode.ts'
import type { TypeTable } from '../scale/type-table.ts'

type Pallet = UnifiedMetadata['pallets'][number]
export type StorageMeta = NonNullable<Pallet['storage']>['items'][number]

const HASHERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  Identity,
  Twox64Concat,
  Twox128,
  Twox256,
  Blake2128,
  Blake2128Concat,
  Blake2256,
}

/** What was found under one key. `present: false` with a value means: the chain's default. */
export interface Stored {
  readonly present: boolean
  readonly value: unknown
}

/** One storage item of the connected runtime: how its keys are made and its values read. */
export class StorageItem {
  readonly name: string
  readonly #table: TypeTable
  readonly #meta: StorageMeta
  readonly #prefix: Uint8Array

  constructor(table: TypeTable, storagePrefix: string, meta: StorageMeta) {
    this.name = `${storagePrefix}.${meta.name}`
    this.#table = table
    this.#meta = meta
    const hashed = (text: string) => Twox128(new TextEncoder().encode(text))
    this.#prefix = concat(hashed(storagePrefix), hashed(meta.name))
  }

  prefix(): string {
    return toHex(this.#prefix)
  }

  key(...args: readonly unknown[]): string {
    const { type } = this.#meta
    if (type.tag === 'plain') return this.prefix()
    const { hashers, key } = type.value
    const shape = this.#table.shape(key)
    const types = hashers.length === 1 ? [key] : shape.kind === 'tuple' ? shape.items : badAnswer(`key of ${this.name}`)
    const parts = hashers.map((hasher, index) => {
      const hash = HASHERS[hasher.tag] ?? badAnswer(`hasher ${hasher.tag} of ${this.name}`)
      return hash(encode(this.#table, types[index] ?? badAnswer(`key of ${this.name}`), args[index]))
    })
    return toHex(concat(this.#prefix, ...parts))
  }

  /** @param raw hex, or null where the chain holds nothing: then its default, or `undefined` for an optional item. */
  read(raw: string | null | undefined): Stored {
    const { type, modifier, fallback } = this.#meta
    const valueType = type.tag === 'plain' ? type.value : type.value.value
    const present = typeof raw === 'string'
    if (!present && modifier !== WITH_DEFAULT) return { present, value: undefined }
    return { present, value: decodeWhole(this.#table, valueType, fromHex(raw ?? fallback, this.name), this.name) }
  }
}
/** @source frame-metadata `StorageEntryModifier`: 0 Optional, 1 Default */
const WITH_DEFAULT = 1
