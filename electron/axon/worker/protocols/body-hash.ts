import { sha3_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

// Not Node's: the TLS library of Electron has no SHA-3.
const hash = (text: string): string => bytesToHex(sha3_256(utf8ToBytes(text)))

/** As Python's `str()`; `undefined` for values whose text cannot be known from JSON: `1.0` and `1` are the same there. */
function pythonText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (value === null) return 'None'
  return Number.isSafeInteger(value) ? String(value) : undefined
}

/**
 * The hash that an axon v10 signature covers in place of the body. Without fields it is that of nothing.
 * @param fields  names as the class of the synapse pins them, in order
 * @returns 64 hex digits; `undefined` where a field is missing or is neither text, whole number, truth value nor null
 * @source SDK 10 `Synapse.body_hash`
 */
export function synapseBodyHash(body: unknown, fields: readonly string[]): string | undefined {
  const values = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : [])
  const hashes: string[] = []
  for (const field of fields) {
    const text = pythonText(values.get(field))
    if (text === undefined) return undefined
    hashes.push(hash(text))
  }
  return hash(hashes.join(''))
}
