import type { Range } from './ranges.ts'
import { redirectRefusal, sourceRefusal } from './source-url.ts'

export interface RangeAnswer {
  /** Where the body begins in the file. */
  readonly from: number
  /** The server sends all of the file, whatever was asked for. */
  readonly whole: boolean
  /** Strong tag of the server's version of the file. */
  readonly etag: string | undefined
  readonly body: AsyncIterable<Uint8Array>
}

export interface RangeQuestion {
  readonly url: string
  readonly range: Range
  readonly sizeBytes: number
  /** SHA-256 that the file has to have, lower-case hex. */
  readonly sha256: string
  readonly ifRange: string | undefined
  readonly signal: AbortSignal
}

/** Why a question got no bytes, and what may help. */
export class NoBytes extends Error {
  /** 'never': asking again gives the same. 'wait': the server asks for time. 'other-file': it names another hash. */
  readonly kind: 'never' | 'wait' | 'other-file'
  readonly waitMs: number | undefined
  constructor(kind: NoBytes['kind'], reason: string, waitMs?: number) {
    super(reason)
    this.kind = kind
    this.waitMs = waitMs
  }
}

const MOST_REDIRECTS = 5
/** Nobody waits longer for a server that names a time. */
const LONGEST_WAIT_MS = 10 * 60_000

function waitOf(response: Response): number | undefined {
  const text = response.headers.get('retry-after')
  if (text === null) return undefined
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(0, ms)) : undefined
}

/**
 * Hugging Face names the SHA-256 and the size of a large file before it sends to where it is stored: a wrong one is found
 * before a byte of it is fetched.
 */
function checkLinked({ headers }: Response, { sha256, sizeBytes }: RangeQuestion): void {
  const tag = /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(headers.get('x-linked-etag') ?? '')?.[1]
  if (tag !== undefined && tag !== sha256) throw new NoBytes('other-file', tag)
  const size = headers.get('x-linked-size')
  if (size !== null && Number(size) !== sizeBytes)
    throw new NoBytes('never', `the server has a file of ${size} bytes instead of ${sizeBytes}`)
}

function refusal(response: Response, redirected: boolean): NoBytes | Error {
  const { status } = response
  if (status === 429 || status >= 500)
    return new NoBytes('wait', `the server is busy (answer ${status})`, waitOf(response))
  if (status === 401 || status === 403) {
    // Where a redirect led, the address may just have run out; the first server gives a new one.
    if (redirected) return new Error(`the server answered ${status}`)
    return new NoBytes('never', `the server wants an account for this file (answer ${status}), and none is sent`)
  }
  return new NoBytes('never', `the server answered ${status}`)
}

/** Where an answer begins. Throws on one that is not the file. */
function startOf(response: Response, { range, sizeBytes }: RangeQuestion): Pick<RangeAnswer, 'from' | 'whole'> {
  if (response.status === 200) {
    const length = response.headers.get('content-length')
    if (length !== null && Number(length) !== sizeBytes)
      throw new NoBytes('never', `the server has a file of ${length} bytes instead of ${sizeBytes}`)
    return { from: 0, whole: true }
  }
  const found = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '')
  const total = found?.[2]
  if (Number(found?.[1]) !== range[0] || (total !== '*' && Number(total) !== sizeBytes))
    throw new NoBytes('never', 'the server continued another file or at another place')
  return { from: range[0], whole: false }
}

async function follow(question: RangeQuestion): Promise<{ response: Response; redirected: boolean }> {
  const [from, to] = question.range
  const headers: Record<string, string> = {
    // Compressed on the way, a range would count bytes of something else than the file.
    'accept-encoding': 'identity',
    range: `bytes=${from}-${to - 1}`,
    // Without it a file that changed on the server would be continued with the wrong bytes.
    ...(question.ifRange === undefined ? {} : { 'if-range': question.ifRange }),
  }
  let at = new URL(question.url)
  const refused = sourceRefusal(at)
  if (refused !== undefined) throw new NoBytes('never', refused)
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    // By hand, so that every address is looked at before it is asked. No cookie, token or referrer is ever sent.
    const response = await fetch(at.href, { headers, redirect: 'manual', signal: question.signal })
    const location = response.headers.get('location')
    const redirects = response.status >= 300 && response.status < 400 && location !== null
    try {
      checkLinked(response, question)
      if (!redirects) return { response, redirected: hops > 0 }
      const next = URL.canParse(location, at.href) ? new URL(location, at) : undefined
      const wrong = next ? redirectRefusal(at, next) : 'its address cannot be read'
      if (!next || wrong !== undefined) throw new NoBytes('never', `the server sends elsewhere, and ${wrong}`)
      at = next
    } catch (problem) {
      await response.body?.cancel()
      throw problem
    }
    await response.body?.cancel()
  }
  throw new NoBytes('never', `the server sent elsewhere more than ${MOST_REDIRECTS} times`)
}

/** Asks for a range of a file. @throws NoBytes, and what a connection that was cut throws: that is worth another try. */
export async function fetchRange(question: RangeQuestion): Promise<RangeAnswer> {
  const { response, redirected } = await follow(question)
  try {
    if (response.status !== 200 && response.status !== 206) throw refusal(response, redirected)
    const start = startOf(response, question)
    const etag = response.headers.get('etag')
    // A weak tag may not be used with If-Range (RFC 9110, 13.1.5).
    const strong = etag && !etag.startsWith('W/') ? etag : undefined
    if (!response.body) throw new Error('the answer is empty')
    return { ...start, etag: strong, body: response.body }
  } catch (problem) {
    await response.body?.cancel()
    throw problem
  }
}
