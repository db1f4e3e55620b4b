import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { isSs58Shape } from '../../../../shared/units/amounts.ts'
import { badRequest, REFUSALS, type Refusal } from '../refusal.ts'
import { synapseAnswer } from './axon-v10-answer.ts'
import { refusalWords } from './axon-v10-refusals.ts'
import { synapseBodyHash } from './body-hash.ts'
import type { Claim, Protocol, RequestHead, Served } from './protocol.ts'
import { signatureOf } from './signature.ts'

/** Age that is allowed beyond the caller's timeout. @source SDK 10 `ALLOWED_DELTA` */
const MAX_AGE_MS = 4_000
/** The protocol sets no end to the future. Without one a request could be kept for later: this much clock error is taken, ms. */
const MAX_AHEAD_MS = 4_000
/** The timeout is not signed: whoever holds an old request could name a longer one. No validator waits longer than this. */
const MAX_TIMEOUT_MS = 300_000

const NONCE = /^[1-9]\d{0,19}$/
const UUID = /^[\w-]{1,64}$/
const HASH = /^[0-9a-f]{64}$/
/** Seconds. */
const TIMEOUT = /^\d{1,6}(?:\.\d{1,12})?$/

const unsigned = (message: string): Refusal => ({ ...REFUSALS.unsigned, message })
const unreadable = (name: string): Refusal =>
  badRequest(`Improperly formatted request. Could not parse header ${name}.`)

/** What the signature covers, shape checked. */
interface SignedHeaders {
  readonly sender: string
  readonly nonce: string
  readonly uuid: string
  readonly bodyHash: string
  readonly signature: Uint8Array
  readonly timeoutMs: number
}

function signedHeaders({ header }: RequestHead, hotkey: string): Result<SignedHeaders, Refusal> {
  const sender = header('bt_header_dendrite_hotkey')
  const nonce = header('bt_header_dendrite_nonce')
  const signed = header('bt_header_dendrite_signature')
  const uuid = header('bt_header_dendrite_uuid') ?? ''
  const bodyHash = header('computed_body_hash') ?? ''
  const timeout = header('timeout') ?? '0'
  if (sender === undefined) return err(unsigned('Missing Hotkey'))
  if (nonce === undefined) return err(unsigned('Missing Nonce'))
  if (signed === undefined || signed === '') return err(unsigned('Missing Signature'))
  if (!NONCE.test(nonce)) return err(unreadable('bt_header_dendrite_nonce'))
  if (!TIMEOUT.test(timeout)) return err(unreadable('timeout'))
  const signature = signatureOf(signed)
  if (!isSs58Shape(sender) || !UUID.test(uuid) || !HASH.test(bodyHash) || !signature) return err(REFUSALS.badSignature)
  // The text is signed with the name of the receiver, so this is told by the signature as well, only later.
  if ((header('bt_header_axon_hotkey') ?? hotkey) !== hotkey) return err(REFUSALS.wrongReceiver)
  const timeoutMs = Math.min(MAX_TIMEOUT_MS, Number(timeout) * 1_000)
  return ok({ sender, nonce, uuid, bodyHash, signature, timeoutMs })
}

/**
 * The version is not signed, so it chooses nothing: dendrites before 7.2, whose nonces count from the start of their
 * computer, are refused as stale. Their requests could be repeated for ever.
 */
function claimOf(head: RequestHead, { hotkey, aliveBeforeMs }: Served): Result<Claim, Refusal> {
  const signed = signedHeaders(head, hotkey)
  if (!signed.ok) return signed
  const { sender, nonce, uuid, bodyHash, signature, timeoutMs } = signed.value
  const value = BigInt(nonce)
  const nsOf = (ms: number): bigint => BigInt(Math.floor(ms)) * 1_000_000n
  return ok({
    sender,
    signature,
    mark: { sender, series: uuid, value },
    ...(timeoutMs > 0 ? { waitsMs: timeoutMs } : {}),
    isFresh: (nowMs, followsOn) =>
      (value > nsOf(nowMs - MAX_AGE_MS - timeoutMs) || followsOn()) &&
      value <= nsOf(nowMs + MAX_AHEAD_MS) &&
      value > nsOf(aliveBeforeMs + MAX_AHEAD_MS),
    text: () => `${nonce}.${sender}.${hotkey}.${uuid}.${bodyHash}`,
  })
}

/** The dendrite of SDK 7 to 10. Unless the adapter names fields for the hash, the signature does not cover the body. */
export function axonV10(served: Served): Protocol {
  const { hotkey, version } = served
  let last = 0n
  const nonce = (nowMs: number): string => {
    const now = BigInt(nowMs) * 1_000_000n
    last = now > last ? now : last + 1n
    return `${last}`
  }
  const us = { hotkey, version, uuid: randomUUID(), nonce }
  const names = served.paths.map((path) => path.slice(1))
  return {
    id: 'axon-v10',
    alsoMethods: ['GET'],
    ping: '/Synapse',
    replayKeepMs: MAX_TIMEOUT_MS + MAX_AGE_MS + MAX_AHEAD_MS + 1_000,
    read: (head) => claimOf(head, served),
    bodyRefusal: ({ head, body, hashFields }) =>
      head.header('computed_body_hash') === synapseBodyHash(body, hashFields) ? undefined : REFUSALS.otherBody,
    answer: (proven, means) => synapseAnswer(us, proven, means),
    refuse: (refusal, head) => refusalWords(refusal, head, { ...us, names }),
  }
}
