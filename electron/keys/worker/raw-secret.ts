import type { Keypair } from './keypair.ts'
import { pairFromEdwardsKey, pairFromExpandedSecret, pairFromKeyfileSecret, pairFromSeed } from './keypair.ts'

/** How the bytes of a secret were read. */
export type RawForm = 'seed' | 'private-key' | 'polkadot-key' | 'ed25519-key'

export interface RawReading {
  readonly form: RawForm
  readonly pair: Keypair
}

const SECRET_LENGTH = 64
const PUBLIC_LENGTH = 32

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/**
 * Every way in which bytes can be a secret, the likeliest first; the caller wipes the pairs that it does not take.
 *
 * 32 bytes are a seed of either scheme. 64 bytes are seed and public key of ed25519 where the two belong together.
 * Otherwise they are a scalar and a nonce: as keyfiles store it, or times eight as polkadot.js does. A key made from a
 * seed is told apart by its size, except that one stored scalar in eight is itself a multiple of eight; then both
 * readings come back, and only the address decides. 96 bytes are 64 and the public key, which decides.
 * @source schnorrkel `SecretKey::from_bytes` and `from_ed25519_bytes`.
 */
export function readingsOf(bytes: Uint8Array): readonly RawReading[] {
  if (bytes.length === 32)
    return (['sr25519', 'ed25519'] as const).map((type) => ({ form: 'seed', pair: pairFromSeed(bytes, type) }))
  if (bytes.length === SECRET_LENGTH) return keyReadings(bytes)
  if (bytes.length !== SECRET_LENGTH + PUBLIC_LENGTH) return []
  const stated = bytes.subarray(SECRET_LENGTH)
  return keyReadings(bytes.subarray(0, SECRET_LENGTH)).filter(({ pair }) => {
    const right = isSame(pair.publicKey, stated)
    if (!right) pair.secretKey.fill(0)
    return right
  })
}

function keyReadings(bytes: Uint8Array): readonly RawReading[] {
  const edwards = pairFromEdwardsKey(bytes)
  if (edwards) return [{ form: 'ed25519-key', pair: edwards }]
  const canonical = pairFromKeyfileSecret(bytes)
  const expanded = pairFromExpandedSecret(bytes)
  return [
    ...(canonical ? [{ form: 'private-key', pair: canonical } as const] : []),
    ...(expanded ? [{ form: 'polkadot-key', pair: expanded } as const] : []),
  ]
}
