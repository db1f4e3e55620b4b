import { type Codec, createCodec } from 'scale-ts'

/**
 * Makes a codec safe for any `Uint8Array`.
 *
 * scale-ts reads the whole buffer behind an array and so ignores where a subarray begins; only arrays that own their
 * buffer (its own decoder state does, and carries the read position `i`) may go in as they are.
 */
export function safeCodec<T>(codec: Codec<T>): Codec<T> {
  return createCodec<T>(codec.enc, (input) => {
    if (!(input instanceof Uint8Array) || 'i' in input) return codec.dec(input)
    const owned = input.byteOffset === 0 && input.byteLength === input.buffer.byteLength
    return codec.dec(owned ? input : new Uint8Array(input))
  })
}

/** Decodes a value that must fill the bytes to the last one; throws a RangeError otherwise. */
export function decodeExactly<T>(type: { readonly codec: Codec<T> }, bytes: Uint8Array): T {
  const value = type.codec.dec(bytes)
  const length = type.codec.enc(value).length
  if (length !== bytes.length) throw new RangeError(`${bytes.length} bytes where ${length} were expected`)
  return value
}
