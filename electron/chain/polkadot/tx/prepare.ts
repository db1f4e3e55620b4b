import { z } from 'zod'
import type { SignablePlan } from '../../../../shared/transactions/transaction.ts'
import { type Ss58, ss58 } from '../../../../shared/units/amounts.ts'
import type { PreparedBytes } from '../../chain.port.ts'
import { asNumber } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import type { Session } from '../session.ts'
import { callOf, encodeCall } from './call-of.ts'
import { decodePayload } from './decode-payload.ts'
import { mortalEra } from './era.ts'
import { buildPayload, factsSchema, type PayloadFacts } from './payload.ts'
import { verifyDecoded } from './verify.ts'

const handle = z.object({ signer: z.string(), facts: factsSchema, lastBlock: z.number().int() })
/** All that `submit` needs besides the signature; plain data, so that it survives wherever the caller keeps it. */
export interface Unsigned {
  readonly signer: Ss58
  readonly facts: PayloadFacts
  readonly lastBlock: number
}

/**
 * Makes the bytes that a key signs, reads them back and compares them with the plan. One request.
 * @errors chain/unsupported, chain/unknown-extension, keys/intent-differs, chain/not-connected
 */
export async function prepare(session: Session, signer: Ss58, plan: SignablePlan): Promise<PreparedBytes> {
  const { runtime } = session
  const { genesis } = session.facts
  const call = encodeCall(runtime, callOf(plan))
  // The pool's view: it counts transactions that wait there, so that two in a row do not collide.
  const nonce = asNumber(await session.rpc.request('system_accountNextIndex', [signer]), 'system_accountNextIndex')
  // A finalized birth block cannot be replaced by another branch, which would make the signature worthless.
  const birth = session.finalized ?? session.best
  const era = mortalEra(birth.number)
  const { bytes, facts } = buildPayload(runtime, { call, nonce, era, birthHash: birth.hash, genesis })
  const decoded = decodePayload(runtime, bytes, birth.number)
  verifyDecoded(decoded, plan, { genesis, nonce, specVersion: session.facts.specVersion })
  const kept: Unsigned = { signer, facts, lastBlock: era.lastBlock }
  return { payload: bytes, decoded, handle: JSON.stringify(kept) }
}

export function readHandle(text: string): Unsigned {
  const parsed = handle.safeParse(readJson(text))
  if (!parsed.success) return badAnswer('handle of a prepared transaction')
  const { signer, facts, lastBlock } = parsed.data
  return { signer: ss58(signer), facts, lastBlock }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
