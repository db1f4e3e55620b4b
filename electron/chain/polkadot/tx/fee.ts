import type { Rao, Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import { concat, uintBytes } from '../scale/bytes.ts'
import type { Session } from '../session.ts'
import type { View } from '../view.ts'
import { type Call, encodeCall } from './call-of.ts'
import { mortalEra } from './era.ts'
import { buildPayload, signedExtrinsic } from './payload.ts'

const QUERY = 'TransactionPaymentApi.query_info'
/** Any signature has this size; the chain weighs and measures, it does not verify here. */
const ANY_SIGNATURE = new Uint8Array(65).fill(1)

/**
 * Network fee of a call, rao: what the chain itself computes for an extrinsic of this call and length.
 * @param nonce of the signer; its size in the extrinsic is part of the fee (1 rao per byte)
 * @source `TransactionPaymentApi_query_info(extrinsic, length)`
 */
export async function readFee(
  session: Session,
  view: View,
  { signer, call: wanted, nonce }: { readonly signer: Ss58; readonly call: Call; readonly nonce: number },
): Promise<Rao> {
  return (await askFee(session, view, { signer, call: encodeCall(view.runtime, wanted), nonce })).rao('partial_fee')
}

/** As {@link readFee}, of a call that is SCALE already. @returns the chain's whole answer: weight, class and fee */
export async function askFee(
  session: Session,
  view: View,
  { signer, call, nonce }: { readonly signer: Ss58; readonly call: Uint8Array; readonly nonce: number },
): Promise<Answer> {
  view.runtime.need(FEATURES.fee)
  const era = mortalEra(view.block)
  const { genesis } = session.facts
  const { facts } = buildPayload(view.runtime, { call, nonce, era, birthHash: view.hash, genesis })
  const extrinsic = signedExtrinsic(view.runtime, { signer, signature: ANY_SIGNATURE, facts })
  const info = await view.apiOf(QUERY, concat(extrinsic, uintBytes(BigInt(extrinsic.length), 4)))
  return new Answer(info, 'RuntimeDispatchInfo')
}
