import { decodeExactly } from '../../scale/safe-codec.ts'
import type { StorageItem } from '../../scale/storage.ts'
import type { Kv } from '../../state/kv.port.ts'

/** Enough for every account of the seed several times over; then it starts anew. */
const MOST_KEYS = 50_000
let cachedKeys = new Map<string, string>()

/** A storage key; the hashes in it are the dearest part of reading a value, so they are made once per process. */
function keyOf<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, keys: K): string {
  // A key with parts of its own has no text that stands for it alone.
  if (keys.some((key) => typeof key === 'object')) return item.key(...keys)
  const id = `${item.pallet}.${item.name}/${keys.join('/')}`
  const known = cachedKeys.get(id)
  if (known !== undefined) return known
  if (cachedKeys.size >= MOST_KEYS) cachedKeys = new Map()
  const key = item.key(...keys)
  cachedKeys.set(id, key)
  return key
}

/** Storage items read and written as values. The bytes in the key-value store are the truth; nothing is kept here. */
export class Store {
  readonly kv: Kv

  constructor(kv: Kv) {
    this.kv = kv
  }

  /** The value, or what the chain reads where nothing was written. */
  get<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, ...keys: K): V | D {
    const bytes = this.kv.get(keyOf(item, keys))
    return bytes === undefined ? item.default : item.type.codec.dec(bytes)
  }

  has<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, ...keys: K): boolean {
    return this.kv.get(keyOf(item, keys)) !== undefined
  }

  set<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, keys: NoInfer<K>, value: NoInfer<V>): void {
    this.kv.set(keyOf(item, keys), item.type.codec.enc(value))
  }

  delete<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, ...keys: K): void {
    this.kv.delete(keyOf(item, keys))
  }

  /** Replaces a value by one made from it. */
  update<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, keys: K, change: (value: V | D) => V): void {
    this.set(item, keys, change(this.get(item, ...keys)))
  }

  /** Entries of a map that begin with these keys, in the order of their storage keys. */
  entries<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, ...first: Partial<K>): (readonly [K, V])[] {
    return this.kv.keys(item.prefix(...first)).flatMap((key) => {
      const bytes = this.kv.get(key)
      return bytes === undefined ? [] : [[item.decodeKeys(key), decodeExactly(item.type, bytes)] as const]
    })
  }
}
