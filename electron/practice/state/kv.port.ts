/** Storage as the runtime sees it: full storage keys as lower-case 0x-hex, raw SCALE values. */
export interface Kv {
  get(key: string): Uint8Array | undefined
  set(key: string, value: Uint8Array): void
  delete(key: string): void
  /** Keys that start with `prefix`, sorted ascending. */
  keys(prefix: string): readonly string[]
}
