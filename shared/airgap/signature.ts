import type { AppError } from '../errors.ts'
import { ok, type Result } from '../result.ts'
import { damaged } from './damaged.ts'
import { bytesOf, hexOf } from './hex.ts'
import { objectOf, type Scheme } from './unsigned.ts'

const FORMAT = 'taoforge-signature'
const VERSION = 1
const MOST_CHARACTERS = 4_096

/** As Polkadot Vault shows it: a SCALE `MultiSignature` in hex digits, 65 bytes with the scheme in front. */
export const signatureText = (signature: Uint8Array): string => hexOf(signature)

export function signatureFile(signature: Uint8Array, address: string, payloadHash: string): string {
  const file = { format: FORMAT, version: VERSION, address, payloadHash, signature: `0x${hexOf(signature)}` }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/**
 * Reads the signature from the text of a code, from a file, or from pasted digits.
 * @param scheme of the account: for signatures of 64 bytes, which do not name theirs
 * @returns 65 bytes, the scheme first
 * @errors airgap/damaged
 */
export function readSignature(text: string, scheme: Scheme): Result<Uint8Array, AppError> {
  if (text.length > MOST_CHARACTERS) return damaged('more text than a signature has')
  const trimmed = text.trim()
  const digits = trimmed.startsWith('{') ? fromFile(trimmed) : ok(trimmed)
  if (!digits.ok) return digits
  const bytes = bytesOf(digits.value)
  const mark = scheme === 'ed25519' ? 0 : 1
  if (bytes?.length === 64) return ok(Uint8Array.of(mark, ...bytes))
  if (bytes?.length !== 65) return damaged('it is no signature')
  return bytes[0] === mark ? ok(bytes) : damaged('a signature by another kind of key')
}

function fromFile(text: string): Result<string, AppError> {
  const file = objectOf(text)
  if (file?.['format'] !== FORMAT) return damaged('another kind of file')
  if (file['version'] !== VERSION) return damaged('a file of a newer version')
  const { signature } = file
  return typeof signature === 'string' ? ok(signature) : damaged('a file with parts missing')
}
