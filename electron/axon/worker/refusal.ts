import type { RequestReason } from '../../../shared/mining/request-reason.ts'

/** Why a request is not answered, as its sender is told. */
export interface Refusal {
  readonly status: number
  readonly reason: RequestReason
  /** Stable word for programs. */
  readonly code: string
  /** One sentence for people; never echoes what was sent. */
  readonly message: string
}

const make = (status: number, reason: RequestReason, code: string, message: string): Refusal => ({
  status,
  reason,
  code,
  message,
})

/** Authentication failures are 401 with the protocol's names; refusals by policy are 403. */
export const REFUSALS = {
  unsigned: make(401, 'unsigned', 'MalformedAuth', 'the request is not signed (btauth/1)'),
  malformed: make(401, 'unsigned', 'MalformedAuth', 'an authentication header is missing or malformed'),
  wrongReceiver: make(401, 'wrong-receiver', 'WrongReceiver', 'signed for another hotkey, or for none'),
  stale: make(
    401,
    'stale',
    'StaleRequest',
    'the nonce is older than 10 s, ahead by more than 2 s, or before our start',
  ),
  badSignature: make(401, 'bad-signature', 'BadSignature', 'the signature does not belong to this request and hotkey'),
  replayed: make(401, 'replayed', 'ReplayedRequest', 'this nonce was used before'),
  notInMetagraph: make(403, 'not-in-metagraph', 'NotInMetagraph', 'the hotkey is not registered on this subnet'),
  denied: make(403, 'denied', 'Denied', 'this miner does not answer the hotkey'),
  notOnList: make(403, 'not-on-list', 'NotOnList', 'this miner answers some hotkeys only, and this is none of them'),
  noPermit: make(403, 'no-permit', 'NoPermit', 'the hotkey has no validator permit'),
  lowStake: make(403, 'low-stake', 'LowStake', 'the stake of the hotkey is below the minimum of this miner'),
  addressRate: make(429, 'rate', 'TooManyRequests', 'too many requests from this address'),
  hotkeyRate: make(429, 'rate', 'TooManyRequests', 'too many requests of this hotkey'),
  queueFull: make(503, 'queue-full', 'QueueFull', 'the miner is busy'),
  /** Why it pauses is nobody’s business: a caller is told what a full queue tells. */
  held: make(503, 'held', 'QueueFull', 'the miner is busy'),
  replayFull: make(503, 'queue-full', 'QueueFull', 'the miner has taken all requests it can remember'),
  tooLarge: make(413, 'too-large', 'TooLarge', 'the body is larger than this miner takes'),
  slowBody: make(408, 'bad-request', 'RequestTimeout', 'the body did not arrive in time'),
  encoded: make(415, 'bad-request', 'UnsupportedEncoding', 'the body must not be compressed'),
  otherBody: make(500, 'bad-request', 'BodyHashMismatch', 'the body is not the one that was signed'),
  crowded: make(503, 'queue-full', 'QueueFull', 'too many requests wait on this connection'),
  noRoute: make(404, 'bad-request', 'NotFound', 'no such path'),
  wrongMethod: make(405, 'bad-request', 'MethodNotAllowed', 'the path takes POST'),
  late: make(504, 'late', 'DeadlineExceeded', 'no answer was ready in time'),
  restarting: make(503, 'failed', 'Unavailable', 'the model is being started again'),
  noServer: make(503, 'failed', 'Unavailable', 'no model is ready now'),
  stopping: make(503, 'failed', 'Unavailable', 'the miner is stopping'),
} as const

export const badRequest = (message: string): Refusal => make(400, 'bad-request', 'BadRequest', message)
/** @param code an error code of ours; its facts stay here. */
export const failed = (code: string): Refusal => make(502, 'failed', 'ModelFailed', `the model failed (${code})`)

/** The client sees only status, code and message. */
export const refusalBody = ({ code, message }: Refusal): string => JSON.stringify({ error: { code, message } })
