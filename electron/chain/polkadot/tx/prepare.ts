import { z } from 'zod'
import type { Intent } from '../../../../shared/signing/intent.ts'
import type { DecodedPayload, SignablePlan } from '../../../../shared/transactions/transaction.ts'
import { type Ss58, ss58 } from '../../../../shared/units/amounts.ts'
import type { PreparedBytes } from '../../chain.port.ts'
import { asNumber } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import type { Session } from '../session.ts'
import { callOf, encodeCall } from './call-of.ts'
import { decodePayload } from './decode-payload.ts'
import { mortalEra } from './era.ts'
import { encodeIntent } from './intent-call.ts'
import { buildPayload, factsSchema, type PayloadFacts } from './payload.ts'
import { type Expected, verifyAround, verifyCall, verifyDecoded } from './verify.ts'

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
export const prepare = (session: Session, signer: Ss58, plan: SignablePlan): Promise<PreparedBytes> =>
  build(session, signer, {
    call: encodeCall(session.runtime, callOf(plan)),
    check: (decoded, expected) => verifyDecoded(decoded, plan, expected),
  })

/** As {@link prepare}, of what a person confirmed as an intent: nested calls and everything about accounts. */
export const prepareIntent = async (
  session: Session,
  signer: Ss58,
  intent: Intent,
  frame: Frame = {},
): Promise<PreparedBytes> => {
  const call = encodeIntent(session.runtime, intent)
  verifyCall(session.runtime, call, intent)
  return build(session, signer, { call, check: verifyAround, ...frame })
}

/** How the frame differs from the usual one. */
interface Frame {
  /** Blocks of life. */
  readonly period?: number
  /** Transactions of this account that will come before it. */
  readonly ahead?: number
  /** The very number of an earlier one, so that at most one of them can run; absent: the next that is free. */
  readonly nonce?: number | undefined
}

interface Wanted extends Frame {
  readonly call: Uint8Array
  /** The last look at what the bytes say. @errors keys/intent-differs */
  readonly check: (decoded: DecodedPayload, expected: Expected) => void
}

/** The pool's view: it counts transactions that wait there, so that two in a row do not collide. */
const nextNonce = async ({ rpc }: Session, signer: Ss58): Promise<number> =>
  asNumber(await rpc.request('system_accountNextIndex', [signer]), 'system_accountNextIndex')

async function build(
  session: Session,
  signer: Ss58,
  { call, check, period, ahead = 0, nonce: taken }: Wanted,
): Promise<PreparedBytes> {
  const { runtime } = session
  const { genesis } = session.facts
  const nonce = taken ?? (await nextNonce(session, signer)) + ahead
  // A finalized birth block cannot be replaced by another branch, which would make the signature worthless.
  const birth = session.finalized ?? session.best
  const era = mortalEra(birth.number, period)
  const { bytes, facts } = buildPayload(runtime, { call, nonce, era, birthHash: birth.hash, genesis })
  const decoded = decodePayload(runtime, bytes, birth.number)
  check(decoded, { genesis, nonce, specVersion: session.facts.specVersion })
  const kept: Unsigned = { signer, facts, lastBlock: era.lastBlock }
  return { payload: bytes, decoded, metadata: runtime.metadata.bytes, handle: JSON.stringify(kept) }
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
