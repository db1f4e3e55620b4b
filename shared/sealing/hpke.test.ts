import { describe, expect, test } from 'vitest'
import { type Bytes, newKeyPair, openBytes, sealBytes } from './hpke.ts'

const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'))
const base64 = (text: string): string => Buffer.from(text, 'hex').toString('base64url')
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const message = (): Bytes => new TextEncoder().encode('correct horse battery')
const context = { info: 'a request', aad: 'wallet.unlock/password' }

describe('sealing to a public key', () => {
  // RFC 9180, A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0.
  test('opens what the RFC gives as an example', async () => {
    const publicKey = hex('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d')
    const jwk = {
      kty: 'OKP',
      crv: 'X25519',
      x: base64('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
      d: base64('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'),
    }
    const privateKey = await crypto.subtle.importKey('jwk', jwk, { name: 'X25519' }, false, ['deriveBits'])
    const sealed = {
      enc: hex('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431'),
      box: hex('f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a'),
    }
    const opened = await openBytes({ publicKey, privateKey }, sealed, { info: 'Ode on a Grecian Urn', aad: 'Count-0' })
    expect(text(opened)).toBe('Beauty is truth, truth beauty')
  })

  test('gives back what was sealed, and never the same bytes twice', async () => {
    const mine = await newKeyPair()
    const [one, two] = [
      await sealBytes(mine.publicKey, message(), context),
      await sealBytes(mine.publicKey, message(), context),
    ]
    expect(text(await openBytes(mine, one, context))).toBe(text(message()))
    expect(Buffer.compare(one.box, two.box)).not.toBe(0)
    expect(Buffer.from(one.box).includes(Buffer.from(message()))).toBe(false)
    expect(text(await openBytes(mine, await sealBytes(mine.publicKey, new Uint8Array(0), context), context))).toBe('')
  })

  test.each([
    ['another channel or field', { ...context, aad: 'wallet.revealWords/password' }],
    ['another purpose', { ...context, info: 'an answer' }],
  ])('opens nothing under %s', async (_what, other) => {
    const mine = await newKeyPair()
    await expect(openBytes(mine, await sealBytes(mine.publicKey, message(), context), other)).rejects.toThrow()
  })

  test('opens nothing with another key, cut off, or with a bit turned', async () => {
    const [mine, other] = [await newKeyPair(), await newKeyPair()]
    const sealed = await sealBytes(mine.publicKey, message(), context)
    const turned = (bytes: Bytes) => bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte))
    await expect(openBytes(other, sealed, context)).rejects.toThrow()
    for (const box of [sealed.box.slice(0, -1), sealed.box.slice(0, 8), new Uint8Array(0), turned(sealed.box)])
      await expect(openBytes(mine, { ...sealed, box }, context)).rejects.toThrow()
    for (const enc of [turned(sealed.enc), new Uint8Array(32), new Uint8Array(31)])
      await expect(openBytes(mine, { ...sealed, enc }, context)).rejects.toThrow()
  })

  test('seals to no point of low order', async () => {
    await expect(sealBytes(new Uint8Array(32), message(), context)).rejects.toThrow()
  })
})
