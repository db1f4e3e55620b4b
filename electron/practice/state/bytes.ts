export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === b) return true
  if (!a || !b || a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}

/** Lower-case hex with the `0x` that Substrate's JSON-RPC expects. */
export function toHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}

/**
 * Hex as Substrate's JSON-RPC reads it: the `0x` may be missing (the Python SDK leaves it out).
 * @returns `undefined` for anything that is not whole bytes. @source paritytech `impl-serde`, `from_hex`
 */
export function fromHex(text: string): Uint8Array | undefined {
  const digits = text.startsWith('0x') ? text.slice(2) : text
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined
  return new Uint8Array(Buffer.from(digits, 'hex'))
}
