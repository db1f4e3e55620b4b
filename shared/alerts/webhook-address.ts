import { err, ok, type Result } from '../result.ts'

export type WebhookProblem = 'address' | 'not-encrypted' | 'credentials'

const MOST_CHARS = 500
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/

/** Where a webhook goes: https, or plain http of this very computer. The path may be a secret: only `host` is ever shown. */
export function webhookAddress(
  text: string,
): Result<{ readonly href: string; readonly host: string; readonly loopback: boolean }, WebhookProblem> {
  const parts = /^(https?):\/\/(?:([^/?#]*)@)?(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?([/?].*)?$/.exec(text)
  if (!parts || text.length > MOST_CHARS || /[\s\\#]/.test(text)) return err('address')
  const [, scheme, credentials, name = '', port = ''] = parts
  if (credentials !== undefined) return err('credentials')
  const loopback = LOOPBACK.test(name)
  if (scheme === 'http' && !loopback) return err('not-encrypted')
  return ok({ href: text, host: name + port, loopback })
}
