import { describe, expect, test } from 'vitest'
import { type ArgonTask, nativeArgon, stretch, wasmArgon } from './argon.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')
const salt = new Uint8Array(16).fill(3)
const task = (variant: ArgonTask['variant'], passes: number, memoryKib: number): ArgonTask => ({
  variant,
  salt,
  cost: { passes, memoryKib },
})

describe('stretch', () => {
  test.each([task('argon2i', 3, 64), task('argon2id', 3, 64), task('argon2i', 6, 4096), task('argon2id', 1, 4096)])(
    'gives the same key with both implementations: %j',
    async (one) => {
      const native = await nativeArgon(utf8('pässwörd'), one)
      expect(native).toHaveLength(32)
      expect(hex(native)).toBe(hex(await wasmArgon(utf8('pässwörd'), one)))
    },
  )

  test('tells progress from nothing to all, and never backwards', async () => {
    const shares: number[] = []
    const onProgress = (share: number) => void shares.push(share)
    const key = await stretch(utf8('x'), task('argon2i', 12, 65_536), { onProgress })
    expect(key.ok).toBe(true)
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })

  test('refuses at once where the memory is not there', async () => {
    expect(await stretch(utf8('x'), task('argon2id', 1, 1024), { leftBytes: 1_000_000 })).toEqual({
      ok: false,
      error: { code: 'keys/not-enough-memory', neededBytes: 1_048_576 },
    })
  })
})
