import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { isSs58Shape } from '../../../../shared/units/amounts.ts'
import { badRequest, REFUSALS, type Refusal } from '../refusal.ts'
import { JSON_TYPE, plainAnswer } from './plain-answer.ts'
import type { Claim, Protocol, Reply, RequestHead, Served } from './protocol.ts'
import { signatureOf } from './signature.ts'

/** Oldest timestamp that is taken, ms. @source Epistula v2 as Targon's miners check it */
const MAX_AGE_MS = 8_000
/** The protocol sets no end to the future. Without one a request could be kept for later: this much clock error is taken, ms. */
const MAX_AHEAD_MS = 4_000

const TIMESTAMP = /^[1-9]\d{0,14}$/
const UUID = /^[\w-]{1,64}$/

/** Refusals in the words of Epistula's own servers. @source Targon `verify_request` */
const WORDS: Partial<Record<Refusal['reason'], { readonly status: number; readonly detail: string }>> = {
  unsigned: { status: 400, detail: 'Invalid Signature' },
  'wrong-receiver': { status: 400, detail: 'Bad Request, message is not intended for self' },
  stale: { status: 400, detail: 'Request is too stale' },
  replayed: { status: 400, detail: 'Request was sent before' },
  'bad-signature': { status: 400, detail: 'Signature Mismatch' },
  'not-in-metagraph': { status: 401, detail: 'Signer not in metagraph' },
  denied: { status: 401, detail: 'Signer not allowed' },
  'not-on-list': { status: 401, detail: 'Signer not allowed' },
  'no-permit': { status: 401, detail: 'Signer has no validator permit' },
  'low-stake': { status: 401, detail: 'Stake below minimum' },
}

/** `Epistula-Secret-Signature-*` are not read: they cover no part of the request, and clients differ in their text. */
function claimOf({ header }: RequestHead, { hotkey, aliveBeforeMs }: Served): Result<Claim, Refusal> {
  const signature = signatureOf(header('epistula-request-signature'))
  if (!signature) return err(REFUSALS.unsigned)
  if (header('epistula-version') !== '2') return err(badRequest('Unknown Epistula version'))
  const sender = header('epistula-signed-by')
  const uuid = header('epistula-uuid')
  const timestamp = header('epistula-timestamp')
  if (!isSs58Shape(sender)) return err(badRequest('Invalid Signed-By'))
  if (header('epistula-signed-for') !== hotkey) return err(REFUSALS.wrongReceiver)
  if (uuid === undefined || !UUID.test(uuid)) return err(badRequest('Invalid uuid'))
  if (timestamp === undefined || !TIMESTAMP.test(timestamp)) return err(badRequest('Invalid Timestamp'))
  const atMs = Number(timestamp)
  return ok({
    sender,
    signature,
    mark: { sender, series: uuid, value: 0n },
    isFresh: (nowMs) =>
      atMs + MAX_AGE_MS >= nowMs && atMs <= nowMs + MAX_AHEAD_MS && atMs > aliveBeforeMs + MAX_AHEAD_MS,
    text: (_scheme, body) => `${createHash('sha256').update(body).digest('hex')}.${uuid}.${timestamp}.${hotkey}`,
  })
}

function refuse(refusal: Refusal): Reply {
  const { status, detail } = WORDS[refusal.reason] ?? { status: refusal.status, detail: refusal.message }
  return { status, headers: JSON_TYPE, body: JSON.stringify({ detail }) }
}

/** Ordinary HTTP signed in headers, as several subnets have it. The signature covers the raw body, not the path. */
export const epistula2 = (served: Served): Protocol => ({
  id: 'epistula-2',
  alsoMethods: [],
  replayKeepMs: MAX_AGE_MS + MAX_AHEAD_MS + 1_000,
  read: (head) => claimOf(head, served),
  bodyRefusal: () => undefined,
  answer: () => Promise.resolve(plainAnswer),
  refuse,
})
