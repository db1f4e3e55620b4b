import { blake2AsHex } from '@polkadot/util-crypto'
import { type RuntimeCall, runtimeCall } from '../../definitions/runtime-types.ts'
import type { Era } from '../../extrinsic/era.ts'
import { decodeExtrinsic, type Extrinsic, encodeExtrinsic } from '../../extrinsic/extrinsic.ts'
import type { ShieldRules } from '../../runtime.port.ts'
import { concatBytes, fromHex } from '../../scale/hex.ts'
import { bytes } from '../../scale/primitives.ts'
import { parseEnvelope } from '../../shield/envelope.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'

/** Longest life of a carrier, in blocks; keys do not outlive it. @source subtensor `runtime/src/check_mortality.rs` */
const LONGEST_PERIOD = 8

/** The bytes of a carrier; undefined for every other call. */
const carried = ({ call }: Extrinsic): Uint8Array | undefined =>
  call.type === 'MevShield' && call.value.type === 'submit_encrypted' ? call.value.value.ciphertext : undefined

const livesTooLong = (era: Era): boolean => era.type === 'immortal' || era.period > LONGEST_PERIOD

/** Why a carrier may not go into the pool: it would stay there too long, or it is no envelope. */
export function refusedCarrier(extrinsic: Extrinsic): 'stale' | 'malformed' | undefined {
  const ciphertext = carried(extrinsic)
  if (ciphertext === undefined) return undefined
  if (extrinsic.signed === undefined || livesTooLong(extrinsic.signed.era)) return 'stale'
  return parseEnvelope(ciphertext) === undefined ? 'malformed' : undefined
}

/** The carrier itself does nothing: what it hides was put behind it by the author. */
export function submitEncrypted(ctx: Ctx, who: string, ciphertext: Uint8Array): Outcome {
  const id = blake2AsHex(concatBytes(fromHex(who), bytes.codec.enc(ciphertext)), 256)
  ctx.emit({ type: 'MevShield', value: { type: 'EncryptedSubmitted', value: { id, who } } })
  return done
}

/** What the author needs of the rules to build blocks with shielded transactions. */
export const shieldRules: ShieldRules = {
  announcement(key) {
    const call: RuntimeCall = { type: 'MevShield', value: { type: 'announce_next_key', value: { enc_key: key } } }
    return encodeExtrinsic({ signed: undefined, callBytes: runtimeCall.codec.enc(call) })
  },
  envelopeIn(extrinsic) {
    const ciphertext = carried(decodeExtrinsic(extrinsic))
    return ciphertext && parseEnvelope(ciphertext)
  },
}
