const SIGNATURE = /^(?:0x)?([0-9a-f]{128})$/i

/** 64 bytes out of hex with or without `0x`; `undefined` for anything else. */
export function signatureOf(text: string | undefined): Uint8Array | undefined {
  const hex = SIGNATURE.exec(text ?? '')?.[1]
  return hex === undefined ? undefined : new Uint8Array(Buffer.from(hex, 'hex'))
}
