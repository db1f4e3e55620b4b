import { badAnswer } from '../failure.ts'
import { extensionsOf } from '../runtime/extensions.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { Cursor } from '../scale/cursor.ts'
import { decode } from '../scale/decode.ts'
import { callsWithin, readCall } from './read-call.ts'

const SIGNED_V4 = 0x84
const SIGNATURE_SCHEMES = 2

/**
 * All calls that a signed extrinsic carries, as bytes, outermost first.
 * @param extrinsic with its length in front, as block bodies hold it
 * @errors chain/bad-answer when it is not a signed extrinsic of version 4
 */
export function carriedCalls(runtime: Runtime, extrinsic: Uint8Array): readonly Uint8Array[] {
  const cursor = new Cursor(extrinsic, 'extrinsic')
  if (cursor.compact() !== BigInt(cursor.left)) return badAnswer('extrinsic: length')
  if (cursor.byte() !== SIGNED_V4) return badAnswer('extrinsic: not signed')
  // `MultiAddress::Id`, then ed25519 or sr25519: both with 64 bytes.
  if (cursor.byte() !== 0) return badAnswer('extrinsic: signer')
  cursor.take(32)
  if (cursor.byte() >= SIGNATURE_SCHEMES) return badAnswer('extrinsic: signature')
  cursor.take(64)
  for (const { extra } of extensionsOf(runtime)) decode(runtime.types, extra, cursor)
  const call = readCall(runtime, cursor)
  if (cursor.left !== 0) return badAnswer(`extrinsic: ${cursor.left} bytes too many`)
  return callsWithin(call).map(({ bytes }) => bytes)
}
