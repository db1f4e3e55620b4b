import { createHash } from 'node:crypto'
import type { DevKey } from '../signing/dev-key.ts'

export interface SignedRequest {
  readonly method: 'POST'
  /** Path and query exactly as sent. */
  readonly target: string
  readonly body: Uint8Array
  /** Address of the miner that is meant. */
  readonly receiver: string
  /** Nanoseconds since 1970; each request of a hotkey needs a higher one or at least another one. */
  readonly nonceNs: bigint
}

/** The eight signed lines of btauth/1. @source subtensor `docs/guides/signed-requests.mdx` */
export function signedText(request: SignedRequest, scheme: 'sr25519' | 'ed25519', sender: string): string {
  const bodyHash = createHash('sha256').update(request.body).digest('hex')
  const { method, target, nonceNs, receiver } = request
  return ['btauth/1', scheme, method, target, bodyHash, nonceNs.toString(), sender, receiver].join('\n')
}

/** Headers that prove who asks whom, for what, and when. */
export function btauthHeaders(key: DevKey, request: SignedRequest): Readonly<Record<string, string>> {
  const text = signedText(request, 'sr25519', key.address)
  return {
    'X-Bittensor-Version': '1',
    'X-Bittensor-Hotkey': key.address,
    'X-Bittensor-Receiver': request.receiver,
    'X-Bittensor-Nonce': request.nonceNs.toString(),
    'X-Bittensor-Signature': `0x${Buffer.from(key.sign(Buffer.from(text))).toString('hex')}`,
  }
}
