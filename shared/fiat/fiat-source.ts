import { err, ok, type Result } from '../result.ts'

/** Where a price of TAO in ordinary money comes from. Nothing is asked as long as there is none. */
export interface FiatSource {
  /** Three capital letters, as `EUR`. */
  readonly currency: string
  /** `{currency}` becomes `eur` in it, `{CURRENCY}` becomes `EUR`. */
  readonly url: string
  /** Which value of the JSON answer is the price: names and places joined by dots, as `data.0.price`. Same two words. */
  readonly path: string
}

export type SourceProblem = 'currency' | 'address' | 'not-encrypted' | 'credentials' | 'path'

/** Long enough for any interface there is; a setting is no place for more. */
const MOST_CHARS = 500

const filled = (text: string, currency: string): string =>
  text.replaceAll('{currency}', currency.toLowerCase()).replaceAll('{CURRENCY}', currency)

/** Sources that need no account. They are other people's: what they say of TAO is their word. */
export const KNOWN_SOURCES: readonly { readonly name: string; readonly url: string; readonly path: string }[] = [
  {
    name: 'CoinGecko',
    url: 'https://api.coingecko.com/api/v3/simple/price?ids=bittensor&vs_currencies={currency}',
    path: 'bittensor.{currency}',
  },
  {
    name: 'Kraken',
    url: 'https://api.kraken.com/0/public/Ticker?pair=TAO{CURRENCY}',
    path: 'result.TAO{CURRENCY}.c.0',
  },
]

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/** The address that is asked, and the names on the way to the price. */
export function resolveSource({
  currency,
  url,
  path,
}: FiatSource): Result<
  { readonly address: string; readonly host: string; readonly keys: readonly string[] },
  SourceProblem
> {
  if (!/^[A-Z]{3}$/.test(currency)) return err('currency')
  const address = addressOf(filled(url.trim(), currency))
  if (!address.ok) return address
  const keys = filled(path.trim(), currency).split('.')
  if (path.length > MOST_CHARS || keys.some((key) => key === '')) return err('path')
  return ok({ address: address.value.href, host: address.value.host, keys })
}

function addressOf(text: string): Result<{ readonly href: string; readonly host: string }, SourceProblem> {
  const parts = /^(https?):\/\/(?:([^/?#]*)@)?(\[[0-9a-fA-F:]+\]|[\w.-]+)(:\d{1,5})?([/?].*)?$/.exec(text)
  if (!parts || text.length > MOST_CHARS || /[\s\\#]/.test(text)) return err('address')
  const [, scheme, credentials, name = '', port = ''] = parts
  // They would stand in the settings file, and go to whoever answers there.
  if (credentials !== undefined) return err('credentials')
  if (scheme === 'http' && !LOOPBACK.includes(name)) return err('not-encrypted')
  return ok({ href: text, host: name + port })
}
