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

/** @returns `undefined` for anything that is not whole bytes in 0x-hex. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^0x[0-9a-fA-F]*$/.test(text)) return undefined
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}
