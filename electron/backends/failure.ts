import type { IncomingHttpHeaders } from 'node:http'
import type { AppError } from '../../shared/errors.ts'

/** Why a request to a server came to nothing, and what follows from it. */
export interface Failure {
  readonly error: AppError
  /** Of the health of the server. `waits`: it is well, and wants to be left alone until `untilMs`. */
  readonly means: 'nothing' | 'failed' | 'surely-failed' | 'waits'
  readonly untilMs?: number
  /** Not the request was wrong: another server may answer it. */
  readonly elsewhere: boolean
}

/** Longest reason that is shown. */
const MOST_CHARS = 200
/** Where a server does not say how long; it grows with nothing, as the next request asks anew. */
const USUAL_PAUSE_MS = 2_000
/** A server cannot have itself forgotten for long. */
const LONGEST_PAUSE_MS = 300_000

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such name is known',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  ETIMEDOUT: 'nobody answered',
  EHOSTUNREACH: 'there is no way to that address',
  ENETUNREACH: 'there is no way to that network',
  HPE_HEADER_OVERFLOW: 'its answer has too many headers',
}

/** Text of a server for people: one line, short, and without the key should it echo that. */
export function cleanReason(text: string, key: string | undefined): string {
  const hidden = key ? text.replaceAll(key, '…') : text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  const line = hidden.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim()
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS)}…` : line
}

function systemReason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === undefined) return message || 'unknown'
  const words = SYSTEM_WORDS[code]
  if (words) return words
  return /CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO/.test(code)
    ? `its certificate is not trusted (${code})`
    : code.startsWith('HPE_')
      ? `it does not speak HTTP (${code})`
      : code
}

export const unreachable = (name: string, cause: unknown): Failure => ({
  error: { code: 'backend/unreachable', name, reason: systemReason(cause) },
  means: 'surely-failed',
  elsewhere: true,
})

export const badAnswer = (name: string, reason: string): Failure => ({
  error: { code: 'backend/bad-answer', name, reason },
  means: 'failed',
  elsewhere: true,
})

/** Seconds, or a date. */
function pauseUntilMs({ 'retry-after': said }: IncomingHttpHeaders, nowMs: number): number {
  if (said === undefined) return nowMs + USUAL_PAUSE_MS
  const asked = /^\d{1,9}$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - nowMs
  const bounded = Number.isFinite(asked) ? Math.min(LONGEST_PAUSE_MS, Math.max(0, asked)) : USUAL_PAUSE_MS
  return nowMs + bounded
}

interface Refused {
  readonly name: string
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** What the server says of it; clean. */
  readonly said: string
  readonly nowMs: number
}

/** What an answer other than 200 means. */
export function refusalOf({ name, status, headers, said, nowMs }: Refused): Failure {
  const reason = said || 'no reason given'
  const refused = (why = reason): AppError => ({ code: 'backend/refused', name, status, reason: why })
  if (status === 401 || status === 403)
    return { error: { code: 'backend/key-refused', name, status }, means: 'surely-failed', elsewhere: true }
  if (status === 429 || (status === 503 && headers['retry-after'] !== undefined)) {
    const untilMs = pauseUntilMs(headers, nowMs)
    return { error: { code: 'backend/busy', name, waitMs: untilMs - nowMs }, means: 'waits', untilMs, elsewhere: true }
  }
  if (status < 400)
    return {
      error: refused('it sends to another address, which is not followed'),
      means: 'surely-failed',
      elsewhere: true,
    }
  if (status === 404 || status === 405) return { error: refused(), means: 'surely-failed', elsewhere: true }
  if (status >= 500 || status === 408) return { error: refused(), means: 'failed', elsewhere: true }
  return { error: refused(), means: 'nothing', elsewhere: false }
}
