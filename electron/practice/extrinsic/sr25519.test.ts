import { sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto'
import { describe, expect, it, vi } from 'vitest'
import { verifySr25519 } from './sr25519.ts'

const pair = sr25519PairFromSeed(new Uint8Array(32).fill(1))
const message = new TextEncoder().encode('practice')
const signature = sr25519Sign(message, pair)
const changed = (bytes: Uint8Array, at: number, to: number) => bytes.map((byte, index) => (index === at ? to : byte))

describe('an sr25519 signature', () => {
  it('of another library holds', () => {
    expect(verifySr25519(message, signature, pair.publicKey)).toBe(true)
  })

  it.each([
    ['another message', new Uint8Array(8), signature, pair.publicKey],
    ['another key', message, signature, sr25519PairFromSeed(new Uint8Array(32)).publicKey],
    ['a changed first half', message, changed(signature, 0, signature[0]! ^ 1), pair.publicKey],
    ['a changed second half', message, changed(signature, 32, signature[32]! ^ 1), pair.publicKey],
    ['no marker', message, changed(signature, 63, signature[63]! & 0x7f), pair.publicKey],
    ['a second half above the order', message, changed(signature, 63, 0xff), pair.publicKey],
    ['a first half that is no point', message, signature.map((byte, at) => (at < 32 ? 0xff : byte)), pair.publicKey],
    ['a key that is no point', message, signature, new Uint8Array(32).fill(0xff)],
    ['a short key', message, signature, pair.publicKey.subarray(1)],
    ['a short signature', message, signature.subarray(1), pair.publicKey],
    ['zeros', message, new Uint8Array(64), new Uint8Array(32)],
  ])('does not with %s, and nothing aborts', (_, text, signed, key) => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(verifySr25519(text, signed, key)).toBe(false)
    expect(report).not.toHaveBeenCalled()
    report.mockRestore()
    expect(verifySr25519(message, signature, pair.publicKey)).toBe(true)
  })
})
