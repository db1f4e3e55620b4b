import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { isSs58Shape } from '../../../../shared/units/amounts.ts'
import type { Refusal } from '../refusal.ts'
import type { Fernet } from './fernet.ts'
import { FiberKeys } from './fiber-keys.ts'
import { JSON_TYPE } from './plain-answer.ts'
import type { AnswerShape, Claim, Protocol, Reply, RequestHead, Sealed, Served, Shaking } from './protocol.ts'
import { signatureOf } from './signature.ts'

/** Oldest handshake and oldest sealed text that are taken, ms. The original looks at no age of handshakes, and takes texts of an hour. */
const MAX_AGE_MS = 60_000
/** What the sender's clock may be ahead, ms. @source Fernet, `MAX_CLOCK_SKEW` */
const MAX_AHEAD_MS = 60_000
/** A handshake is signed over little enough that it must not be good for longer than clocks differ, ms. */
const MAX_HANDSHAKE_AHEAD_MS = 4_000

const KEY_PATH = '/fiber/public-key'
const HANDSHAKE_PATH = '/fiber/key-exchange'
const PRESENCE_PATH = '/availability'
const NAME = /^[\w-]{1,64}$/

const handshake = z.object({
  encrypted_symmetric_key: z.string().regex(/^(?:[0-9a-f]{2}){256}$/i),
  symmetric_key_uuid: z.string().regex(NAME),
  timestamp: z.number().positive().max(1e11),
  nonce: z.string().regex(NAME),
  signature: z.string(),
  validator_hotkey_ss58: z.string(),
})
type Handshake = z.infer<typeof handshake>

const NOT_A_HANDSHAKE: Refusal = {
  status: 422,
  reason: 'bad-request',
  code: 'BadHandshake',
  message: 'a field of the handshake is missing or malformed',
}
const OTHER_KEY: Refusal = {
  status: 400,
  reason: 'bad-request',
  code: 'BadKey',
  message: 'the key was not encrypted to the public key of this miner, or is no Fernet key',
}
const NO_KEY: Refusal = {
  status: 401,
  reason: 'unsigned',
  code: 'NoKey',
  message: 'Symmetric key not found or expired. Re-handshake required.',
}
const BAD_SEAL: Refusal = {
  status: 401,
  reason: 'bad-signature',
  code: 'BadSeal',
  message: 'the body was not sealed with the key of this handshake',
}

/** A number as Python writes it into a text: whole ones with a zero behind the point. */
const asPython = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value))

const reply = (status: number, body: object): Reply => ({ status, headers: JSON_TYPE, body: JSON.stringify(body) })

/** Everything that one server needs to remember. */
interface Own extends Served {
  readonly keys: FiberKeys
  /** Nothing that was signed before was meant for this server. Ms since 1970. */
  readonly bornMs: number
}

/** Who asks for a key. The signature covers neither the key nor the receiver; that is how the protocol is. */
function readHandshake(body: unknown, own: Own): Result<Shaking, Refusal> {
  const asked = handshake.safeParse(body)
  const signature = asked.success ? signatureOf(asked.data.signature) : undefined
  if (!asked.success || !signature || !isSs58Shape(asked.data.validator_hotkey_ss58)) return err(NOT_A_HANDSHAKE)
  const { timestamp, nonce, validator_hotkey_ss58: sender } = asked.data
  const atMs = timestamp * 1000
  const floorMs = Math.max(own.aliveBeforeMs, own.bornMs) + MAX_HANDSHAKE_AHEAD_MS
  const claim: Claim = {
    sender,
    signature,
    mark: { sender, series: `handshake ${nonce}`, value: 0n },
    isFresh: (nowMs) => atMs + MAX_AGE_MS >= nowMs && atMs <= nowMs + MAX_HANDSHAKE_AHEAD_MS && atMs > floorMs,
    text: () => `${asPython(timestamp)}.${nonce}.${sender}`,
  }
  return ok({ claim, agree: (nowMs) => agree(asked.data, own, nowMs) })
}

function agree(asked: Handshake, { keys }: Own, nowMs: number): Result<Reply, Refusal> {
  const sealed = Buffer.from(asked.encrypted_symmetric_key, 'hex')
  return keys.agree(asked.validator_hotkey_ss58, asked.symmetric_key_uuid, { sealed, nowMs })
    ? ok(reply(200, { success: true, message: 'Symmetric key exchanged' }))
    : err(OTHER_KEY)
}

/** The caller's key as a request names it. */
function namedKey({ header, arrivedMs }: RequestHead, { keys }: Own): { sender: string; fernet: Fernet } | undefined {
  const sender = header('x-fiber-validator-hotkey-ss58')
  const uuid = header('x-fiber-symmetric-key-uuid')
  if (!isSs58Shape(sender) || uuid === undefined || !NAME.test(uuid)) return undefined
  const fernet = keys.get(sender, uuid, arrivedMs)
  return fernet && { sender, fernet }
}

/** What is known before the body. The seal proves it, and what it uses up is known with the body only. */
function sealedClaim(head: RequestHead, own: Own): Result<Claim, Refusal> {
  const named = namedKey(head, own)
  if (!named) return err(NO_KEY)
  const { sender } = named
  return ok({
    sender,
    signature: new Uint8Array(),
    mark: { sender, series: 'unread', value: 0n },
    isFresh: () => true,
    text: () => '',
  })
}

function sealing(own: Own): Sealed {
  const { keys } = own
  return {
    handshakePath: HANDSHAKE_PATH,
    greet: ({ method, target }) => {
      if (method !== 'GET') return undefined
      if (target === KEY_PATH) return reply(200, { public_key: keys.publicKey })
      return target === PRESENCE_PATH ? reply(200, { available: true }) : undefined
    },
    handshake: (body) => readHandshake(body, own),
    open: (head, raw) => {
      const named = namedKey(head, own)
      if (!named) return err(NO_KEY)
      const { sender, fernet } = named
      const opened = fernet.open(Buffer.from(raw).toString('latin1'))
      if (!opened) return err(BAD_SEAL)
      const atMs = opened.sealedAtSeconds * 1000
      const claim: Claim = {
        sender,
        signature: new Uint8Array(),
        mark: { sender, series: opened.tag, value: 0n },
        isFresh: (nowMs) => atMs + MAX_AGE_MS >= nowMs && atMs <= nowMs + MAX_AHEAD_MS,
        text: () => '',
      }
      return ok({ claim, body: opened.plain })
    },
  }
}

function shapeOf(head: RequestHead, own: Own, nowMs: number): AnswerShape {
  const { fernet } = namedKey(head, own) ?? {}
  return {
    headers: () => ({
      'x-fiber-symmetric-key-uuid': head.header('x-fiber-symmetric-key-uuid') ?? '',
      'x-fiber-miner-hotkey-ss58': own.hotkey,
    }),
    // With the key that was good when the request arrived, also where it ended since.
    whole: (written) => fernet?.seal(Buffer.from(written), nowMs, randomBytes(16)) ?? '',
  }
}

/** Handshakes are refused with 400, whatever was wrong; the callers of the original know nothing else. */
function refuse(refusal: Refusal, { target }: RequestHead, { keys }: Own): Reply {
  const { status, message } = refusal
  if (refusal === NO_KEY) return reply(401, { detail: message, public_key: keys.publicKey, requires_handshake: true })
  const isHandshake = target === HANDSHAKE_PATH && (status === 401 || status === 403)
  return reply(isHandshake ? 400 : status, { detail: message })
}

/**
 * Requests sealed with a key that the caller agreed on before, by RSA and with its signature. Read from the miner of Loosh; tried
 * with none of its validators.
 */
export function fiberMlts(served: Served, bornMs: number): Protocol {
  const own: Own = { ...served, keys: new FiberKeys(), bornMs }
  return {
    id: 'fiber-mlts',
    alsoMethods: [],
    replayKeepMs: MAX_AGE_MS + MAX_AHEAD_MS + 1_000,
    sealed: sealing(own),
    read: (head) => sealedClaim(head, own),
    bodyRefusal: () => undefined,
    answer: ({ head }, { nowMs }) => Promise.resolve(shapeOf(head, own, nowMs)),
    refuse: (refusal, head) => refuse(refusal, head, own),
  }
}
