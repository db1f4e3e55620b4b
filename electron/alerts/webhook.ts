import { lookup } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as sealedRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { parseIp, scopeOf } from '../../shared/mining/ip-address.ts'
import { err, ok } from '../../shared/result.ts'
import type { WebhookPort } from './webhook.port.ts'

const WITHIN_MS = 10_000

/** Said to a person. */
class Refused extends Error {}

function need(address: string, loopback: boolean): void {
  const ip = parseIp(address)
  const scope = ip && scopeOf(ip)
  if (scope === (loopback ? 'loopback' : 'public')) return
  throw new Refused(
    loopback
      ? `it is ${address}, which is not this computer`
      : `it is ${address}, which is not an address of the internet`,
  )
}

/** The connection is made to the very addresses that were judged: a name that answers differently the next time changes nothing. */
const judged =
  (loopback: boolean): LookupFunction =>
  (name, options, done) =>
    lookup(name, { ...options, all: true }, (cause, found) => {
      if (cause) return done(cause, '', 0)
      try {
        for (const { address } of found) need(address, loopback)
      } catch (refused) {
        return done(refused as Error, '', 0)
      }
      const [first] = found
      if (options.all) return done(null, found)
      done(null, first?.address ?? '', first?.family ?? 0)
    })

function reasonOf(cause: unknown): string {
  if (cause instanceof Refused) return cause.message
  if (!(cause instanceof Error)) return String(cause)
  if (cause.name === 'AbortError' || cause.name === 'TimeoutError') return 'no answer in time'
  return (cause as { readonly code?: string }).code ?? cause.message
}

function status(
  { href, loopback }: { readonly href: string; readonly loopback: boolean },
  body: string,
  withinMs: number,
): Promise<number> {
  const url = new URL(href)
  const name = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(name)) need(name, loopback)
  const request = url.protocol === 'https:' ? sealedRequest : plainRequest
  const bytes = Buffer.from(body)
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: judged(loopback),
        signal: AbortSignal.timeout(withinMs),
        headers: { 'content-type': 'application/json', 'content-length': bytes.length, 'user-agent': 'Taoforge' },
      },
      (response) => {
        // What it answers is of no use here, and may be without end.
        response.destroy()
        resolve(response.statusCode ?? 0)
      },
    )
    asked.on('error', reject)
    asked.end(bytes)
  })
}

/** @param withinMs for tests: how long a server may take */
export const nodeWebhook = (withinMs: number = WITHIN_MS): WebhookPort => ({
  async post(to, body) {
    try {
      const code = await status(to, body, withinMs)
      if (code >= 200 && code < 300) return ok(null)
      const more = code >= 300 && code < 400 ? ', which sends elsewhere; that is not followed' : ''
      return err({ reason: `status ${code}${more}` })
    } catch (cause) {
      return err({ reason: reasonOf(cause) })
    }
  },
})
