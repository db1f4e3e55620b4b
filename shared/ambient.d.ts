/**
 * Globals that both worlds share and that ECMAScript's own library lacks.
 * Declared here, because `shared/` compiles without DOM and without Node types.
 */
interface AbortSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** WebCrypto, as far as `shared/sealing` uses it. */
interface CryptoKey {
  readonly type: string
}
interface CryptoKeyPair {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}
type CryptoBytes = Uint8Array<ArrayBuffer>
declare const crypto: {
  readonly subtle: {
    generateKey(algorithm: { name: string }, extractable: boolean, usages: 'deriveBits'[]): Promise<CryptoKeyPair>
    importKey(
      format: 'raw',
      bytes: CryptoBytes,
      algorithm: { name: string; hash?: string },
      extractable: boolean,
      usages: ('deriveBits' | 'sign' | 'encrypt' | 'decrypt')[],
    ): Promise<CryptoKey>
    exportKey(format: 'raw', key: CryptoKey): Promise<ArrayBuffer>
    deriveBits(algorithm: { name: string; public: CryptoKey }, key: CryptoKey, bits: number): Promise<ArrayBuffer>
    sign(algorithm: string, key: CryptoKey, bytes: CryptoBytes): Promise<ArrayBuffer>
    encrypt(algorithm: AesGcm, key: CryptoKey, bytes: CryptoBytes): Promise<ArrayBuffer>
    decrypt(algorithm: AesGcm, key: CryptoKey, bytes: CryptoBytes): Promise<ArrayBuffer>
  }
}
interface AesGcm {
  readonly name: string
  readonly iv: CryptoBytes
  readonly additionalData: CryptoBytes
}
declare class TextEncoder {
  encode(text: string): CryptoBytes
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string
}
