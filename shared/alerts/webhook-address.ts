import { parseIp, scopeOf } from '../mining/ip-address.ts'
import { err, ok, type Result } from '../result.ts'

/** `private`: an address within a network, which is never spoken to. */
export type WebhookProblem = 'address' | 'not-encrypted' | 'credentials' | 'private'

const MOST_CHARS = 500
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/

/** Where a webhook goes: https, or plain http of this very computer. The path may be a secret: only `host` is ever shown. */
export function webhookAddress(
  text: string,
): Result<{ readonly href: string; readonly host: string; readonly loopback: boolean }, WebhookProblem> {
  const parts = /^(https?):\/\/(?:([^/?#]*)@)?(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?([/?].*)?$/.exec(text)
  if (!parts || text.length > MOST_CHARS || /[\s\\#]/.test(text)) return err('address')
  const [, scheme, credentials, name = '', port = ''] = parts
  if (Number(port.slice(1)) > 65_535) return err('address')
  if (credentials !== undefined) return err('credentials')
  const loopback = LOOPBACK.test(name)
  if (scheme === 'http' && !loopback) return err('not-encrypted')
  // What a name leads to is judged when something is sent; what a number is can be told at once.
  const ip = parseIp(name.replace(/^\[|\]$/g, ''))
  if (ip && !loopback && scopeOf(ip) !== 'public') return err('private')
  return ok({ href: text, host: name + port, loopback })
}
