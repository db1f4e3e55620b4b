/** Lower-case 0x-hex of bytes, the form in which accounts, hashes and storage keys travel inside the practice chain. */
export const toHex = (bytes: Uint8Array): string =>
  `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`

/** Bytes of 0x-hex; throws a RangeError on anything else. */
export const fromHex = (hex: string): Uint8Array => {
  if (!/^0x(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new RangeError(`not 0x-hex: ${hex.slice(0, 80)}`)
  // A copy: a Buffer lives in shared memory, which scale-ts would read from its beginning.
  return new Uint8Array(Buffer.from(hex.slice(2), 'hex'))
}

/** One array of several. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
