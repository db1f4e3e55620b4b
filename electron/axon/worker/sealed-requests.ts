import { err, ok, type Result } from '../../../shared/result.ts'
import type { AxonLimits } from '../axon.port.ts'
import { parseBoundedJson } from './bounded-json.ts'
import type { Exchange } from './exchange.ts'
import type { Admitted, Gate } from './gate.ts'
import type { Reply, Sealed } from './protocols/protocol.ts'
import { type BodyError, readBody } from './read-body.ts'
import { badRequest, REFUSALS } from './refusal.ts'

/** A handshake has some 1,200 bytes. */
const HANDSHAKE_BYTES = 8_192

export interface SealedParts {
  readonly gate: Gate
  readonly limits: AxonLimits
  readonly bodyMs: number
}

/** A request without its seal. */
export interface Opened {
  readonly admitted: Admitted
  readonly raw: Uint8Array
}

/** From the head of a sealed request to what is inside. A seal costs a thousandth of a signature: nobody waits in the slow line. */
export async function openSealed(
  { gate, limits, bodyMs }: SealedParts,
  { head, request }: Exchange,
  sealed: Sealed,
): Promise<Result<Opened, BodyError>> {
  const admitted = gate.admit(head, head.arrivedMs)
  if (!admitted.ok) return admitted
  const raw = await readBody(request, limits.bodyBytes, Math.min(bodyMs, limits.deadlineMs))
  if (!raw.ok) return raw
  const opened = sealed.open(head, raw.value)
  if (!opened.ok) return opened
  const { claim, body } = opened.value
  const spent = gate.spend(claim, Date.now())
  return spent.ok ? ok({ admitted: { ...admitted.value, claim }, raw: body }) : spent
}

/** As strict as a request: membership and age, the signature in its turn, the nonce once, and the policy. */
async function shakeHands(
  { gate, bodyMs }: SealedParts,
  exchange: Exchange,
  sealed: Sealed,
): Promise<Result<Reply, BodyError>> {
  const { head, request } = exchange
  if (head.method !== 'POST') return err(REFUSALS.wrongMethod)
  const raw = await readBody(request, HANDSHAKE_BYTES, bodyMs)
  if (!raw.ok) return raw
  const body = parseBoundedJson(raw.value)
  if (!body.ok) return err(badRequest(body.error))
  const shaking = sealed.handshake(body.value)
  if (!shaking.ok) return shaking
  const admitted = gate.admitClaim(head, shaking.value.claim, Date.now())
  if (!admitted.ok) return admitted
  const proof = await gate.prove(admitted.value, raw.value)
  if (!proof.ok) return proof
  exchange.provenBy(admitted.value.caller.hotkey)
  const refusal = gate.allow(admitted.value.caller, Date.now())
  return refusal ? err(refusal) : shaking.value.agree(Date.now())
}

function say({ response }: Exchange, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}

/** Answers what comes before requests: greetings and handshakes. @returns false where it is neither */
export async function prepareSealed(parts: SealedParts, exchange: Exchange, sealed: Sealed): Promise<boolean> {
  const greeting = sealed.greet(exchange.head)
  if (greeting) {
    say(exchange, greeting)
    return true
  }
  if (exchange.head.target !== sealed.handshakePath) return false
  const agreed = await shakeHands(parts, exchange, sealed)
  if (agreed.ok) {
    say(exchange, agreed.value)
    exchange.record(agreed.value.status, 'answered')
  } else if (agreed.error === 'gone') exchange.cancelled()
  else exchange.refuse(agreed.error)
  return true
}
