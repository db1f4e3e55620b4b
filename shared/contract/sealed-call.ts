import { z } from 'zod'
import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { newOneTimeKey, type OneTimeKey, type Sealed, sealFor } from '../sealing/sealed.ts'
import { contract } from './contract.ts'
import type { Channel } from './define.ts'
import { readInput } from './read-input.ts'
import { hasSecretAnswer, sealedBox, sealingKey, secretFieldsOf } from './secret.ts'
import { wireError } from './wire-error.ts'

/** Input and answer as they stand on the wire. */
type Ask<R> = (name: string, raw: unknown) => Promise<R>
type Reply = Result<unknown, unknown>

const refuse = (error: AppError): Reply => err(z.encode(wireError, error))
const CANNOT_SEAL: AppError = { code: 'keys/cannot-seal' }
const BROKEN: AppError = { code: 'keys/sealed-broken' }

const isReply = (reply: unknown): reply is Reply =>
  typeof reply === 'object' && reply !== null && typeof (reply as { ok?: unknown }).ok === 'boolean'
const isStale = (reply: unknown): boolean =>
  isReply(reply) && !reply.ok && (reply.error as { code?: unknown } | undefined)?.code === 'keys/sealed-stale'

/** A text as its bytes, so that nobody has to make a text of it to read it; anything else as JSON. */
const bytesOf = (secret: unknown) =>
  new TextEncoder().encode(typeof secret === 'string' ? secret : JSON.stringify(secret))

/**
 * Asks, so that nothing secret passes the host readable: what the contract marks in the request is sealed to the keys
 * process that will serve it, and what it marks in the answer comes back sealed to us. Callers notice nothing of it.
 *
 * A key is for one request. Where the process ended between giving its key and being asked, it refuses before it does
 * anything, and the request is sealed anew, once. Nothing is ever sent readable instead.
 */
export function sealedCalls<R>(ask: Ask<R>): Ask<R | Reply> {
  return async (name, raw) => {
    const channel: Channel | undefined = Object.hasOwn(contract, name)
      ? contract[name as keyof typeof contract]
      : undefined
    if (!channel) return ask(name, raw)
    const secrets = readableSecrets(channel, raw)
    if (secrets.length === 0 && !hasSecretAnswer(channel)) return ask(name, raw)
    // What the host would refuse must not be sealed past its check.
    const read = readInput(channel, raw)
    if (!read.ok) return refuse(read.error)
    const request = { name, raw: raw as Readonly<Record<string, unknown>>, secrets }
    const first = await once(ask, channel, request)
    return isStale(first) ? once(ask, channel, request) : first
  }
}

interface Request {
  readonly name: string
  readonly raw: Readonly<Record<string, unknown>>
  readonly secrets: readonly string[]
}

/** Secret fields that were given and are not sealed yet. */
function readableSecrets(channel: Channel, raw: unknown): readonly string[] {
  if (typeof raw !== 'object' || raw === null) return []
  const given = raw as Readonly<Record<string, unknown>>
  return secretFieldsOf(channel).filter(
    (field) => given[field] !== undefined && !sealedBox.safeParse(given[field]).success,
  )
}

async function once<R>(ask: Ask<R>, channel: Channel, { name, raw, secrets }: Request): Promise<R | Reply> {
  const theirs = secrets.length === 0 ? ok(undefined) : await keyFor(ask, name)
  if (!theirs.ok) return theirs
  const mine = hasSecretAnswer(channel) ? await unlessUnable(newOneTimeKey) : ok(undefined)
  if (!mine.ok) return mine
  const sealed = await unlessUnable(() => sealAll(theirs.value, { name, raw, secrets }))
  if (!sealed.ok) return sealed
  const reply = await ask(name, { ...raw, ...sealed.value, ...(mine.value ? { sealTo: mine.value.to } : {}) })
  return mine.value && isReply(reply) && reply.ok ? openedAnswer(reply.value, mine.value, name) : reply
}

/** @returns a fresh public key of the process that will serve the channel. */
async function keyFor<R>(ask: Ask<R>, channel: string): Promise<Result<string, unknown>> {
  const reply: unknown = await ask('wallet.sealingKey', { channel })
  if (isReply(reply) && !reply.ok) return reply
  const given = sealingKey.safeParse(isReply(reply) && reply.ok ? reply.value : undefined)
  return given.success ? ok(given.data.to) : (refuse(BROKEN) as Result<never, unknown>)
}

async function sealAll(to: string | undefined, { name, raw, secrets }: Request): Promise<Record<string, Sealed>> {
  const fields = secrets.map(async (field) => {
    if (to === undefined) throw new Error('no key to seal to')
    const secret = bytesOf(raw[field])
    const sealed = await sealFor(to, { channel: name, field }, secret)
    secret.fill(0)
    return [field, sealed] as const
  })
  return Object.fromEntries(await Promise.all(fields))
}

async function openedAnswer(value: unknown, mine: OneTimeKey, channel: string): Promise<Reply> {
  const sealed = sealedBox.safeParse(value)
  if (!sealed.success) return refuse(BROKEN)
  try {
    const opened = await mine.open(sealed.data, { channel })
    return ok(JSON.parse(new TextDecoder().decode(opened)))
  } catch {
    return refuse(BROKEN)
  }
}

/** An old browser knows no X25519, and a page from elsewhere than this computer has no WebCrypto at all. */
async function unlessUnable<T>(work: () => Promise<T>): Promise<Result<T, unknown>> {
  try {
    return ok(await work())
  } catch {
    return err(z.encode(wireError, CANNOT_SEAL))
  }
}
