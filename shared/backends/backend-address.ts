import { parseIp, scopeOf } from '../mining/ip-address.ts'
import { err, ok, type Result } from '../result.ts'

export interface BackendAddress {
  /** What the paths of the interface are put behind; without `/` at its end. */
  readonly base: string
  /** Scheme, name and port: a key is for this, and for no other. */
  readonly origin: string
  readonly encrypted: boolean
  /** Who else may read what is sent unencrypted: nobody, those of the same network, or anybody on the way. */
  readonly where: 'this-computer' | 'own-network' | 'elsewhere'
}
export type BackendAddressProblem = 'address' | 'credentials' | 'not-encrypted'

const MOST_CHARS = 500
/** OpenAI's own; vLLM, llama.cpp and Ray Serve have theirs there, too. */
const USUAL_PATH = '/v1'

/**
 * Reads the address of a server as a person types it; without a path, the usual one is meant.
 *
 * Unencrypted is right for this computer, and bearable inside one's own network. A name can be anybody's, so it counts as elsewhere,
 * and so does every public address: those need encryption, or somebody who read what it means.
 * @errors 'address' (no web address), 'credentials' (they would stand in the settings), 'not-encrypted'
 */
export function readBackendAddress(text: string, plainAccepted = false): Result<BackendAddress, BackendAddressProblem> {
  const typed = text.trim()
  const parts = /^(https?):\/\/(?:([^/?#]*)@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?(\/[\w./~-]*)?$/i.exec(typed)
  if (!parts || typed.length > MOST_CHARS) return err('address')
  const [, scheme = '', credentials, name = '', port = '', path = ''] = parts
  if (credentials !== undefined) return err('credentials')
  if (port !== '' && !isPort(Number(port.slice(1)))) return err('address')
  const where = whereOf(name.toLowerCase())
  if (!where) return err('address')
  const encrypted = scheme.toLowerCase() === 'https'
  if (!encrypted && where === 'elsewhere' && !plainAccepted) return err('not-encrypted')
  const origin = `${scheme.toLowerCase()}://${name.toLowerCase()}${port}`
  return ok({ base: origin + (path.replace(/\/+$/, '') || USUAL_PATH), origin, encrypted, where })
}

const isPort = (port: number): boolean => port >= 1 && port <= 65_535

function whereOf(name: string): BackendAddress['where'] | undefined {
  if (name === 'localhost') return 'this-computer'
  const bracketed = name.startsWith('[')
  const ip = parseIp(bracketed ? name.slice(1, -1) : name)
  // Digits and dots alone are an address: one that cannot be read is not looked up as a name.
  if (!ip) return bracketed || /^[\d.]+$/.test(name) || name.includes('..') ? undefined : 'elsewhere'
  const scope = scopeOf(ip)
  if (scope === 'unusable') return undefined
  return scope === 'loopback' ? 'this-computer' : scope === 'private' ? 'own-network' : 'elsewhere'
}
