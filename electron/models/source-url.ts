/** A source of models and where its answers may send us. Hashes are pinned, so a source can fail us but not deceive us. */

const isLoopback = ({ hostname }: URL): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname)

/** Names of this computer, of a home network or of a data centre's inside: nothing that a server outside may point to. */
const isInside = (url: URL): boolean =>
  isLoopback(url) ||
  /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|0)\./.test(url.hostname) ||
  /^\[(::|f[cde]|64:ff9b)/.test(url.hostname) ||
  /(^|\.)(local|internal|localhost)\.?$/.test(url.hostname)

/**
 * An address that models may be fetched from: https, or plain http of this very computer; no name and password in it.
 * @returns why not; `undefined` = it may.
 */
export function sourceRefusal(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'the address has a name or a password in it'
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return undefined
  return `${url.protocol}//${url.host} is not encrypted`
}

/** Where an answer of `from` may send a download. @returns why not; `undefined` = it may. */
export function redirectRefusal(from: URL, to: URL): string | undefined {
  const refused = sourceRefusal(to)
  if (refused !== undefined) return refused
  return isInside(to) && !isInside(from) ? `${to.host} is inside of this computer's own network` : undefined
}

/** Base address of another source, such as a mirror. @returns `undefined` for anything else than a usable address. */
export function readSource(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || sourceRefusal(url) !== undefined || url.search !== '' || url.hash !== '') return undefined
  return url
}

/** The same path at another source. */
export function atSource(original: string, source: string | undefined): string {
  const base = source === undefined ? undefined : readSource(source)
  if (!base) return original
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${new URL(original).pathname}`
}
