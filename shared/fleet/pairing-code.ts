import { err, ok, type Result } from '../result.ts'

/** What one computer shows and another one is given: where to go, and a secret that works once. */
export interface PairingCode {
  /** An address, or a name. */
  readonly address: string
  readonly port: number
  /** {@link SECRET_BYTES} random bytes. */
  readonly secret: Uint8Array
}
/** `shape`: it is no such code. `mistyped`: it is one, and at least one letter is wrong. */
export type PairingCodeProblem = 'shape' | 'mistyped'

/**
 * 128 bits, for the handshake shows a listener what he can try guesses against without asking anybody (RFC 9257, chapter 4). A code
 * of a few digits would need another protocol.
 */
export const SECRET_BYTES = 16
/** Without I, L, O and U: what a person reads off one screen and types at another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SECRET_LETTERS = 26
const CHECK_LETTERS = 2
/** Prime, and above any difference that one wrong letter or two that changed places make: all of those are seen. */
const CHECK_MODULUS = 1021

const SHAPE =
  /^taoforge-fleet:(?:\[([0-9a-fA-F:.]{2,45})\]|([0-9a-zA-Z.-]{1,253})):([1-9]\d{0,4})\/([0-9a-zA-Z-]{28,40})$/

function checkOf(letters: readonly number[]): readonly number[] {
  const sum = letters.reduce((before, value, at) => before + value * (at + 1), 0) % CHECK_MODULUS
  return [sum >> 5, sum & 31]
}

export function writePairingCode({ address, port, secret }: PairingCode): string {
  // Two zero bits fill the last letter.
  let bits = secret.reduce((before, byte) => (before << 8n) | BigInt(byte), 0n) << 2n
  const values: number[] = []
  for (let at = 0; at < SECRET_LETTERS; at += 1) {
    values.unshift(Number(bits & 31n))
    bits >>= 5n
  }
  const text = [...values, ...checkOf(values)].map((value) => LETTERS[value]).join('')
  const groups = text.match(/.{4}/g) ?? []
  return `taoforge-fleet:${address.includes(':') ? `[${address}]` : address}:${port}/${groups.join('-')}`
}

/** Forgives spaces around it, small letters, dashes, and the letters that look like a digit. */
export function readPairingCode(text: string): Result<PairingCode, PairingCodeProblem> {
  const match = SHAPE.exec(text.trim())
  const address = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  const letters = match?.[4]?.toUpperCase().replaceAll('-', '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (address === undefined || port > 65_535 || letters?.length !== SECRET_LETTERS + CHECK_LETTERS) return err('shape')
  const values = [...letters].map((letter) => LETTERS.indexOf(letter))
  const given = values.slice(0, SECRET_LETTERS)
  const isWhole = checkOf(given).every((value, at) => values[SECRET_LETTERS + at] === value)
  if (values.includes(-1) || !isWhole) return err('mistyped')
  let bits = given.reduce((before, value) => (before << 5n) | BigInt(value), 0n)
  if ((bits & 3n) !== 0n) return err('mistyped')
  bits >>= 2n
  const secret = new Uint8Array(SECRET_BYTES)
  for (let at = SECRET_BYTES - 1; at >= 0; at -= 1) {
    secret[at] = Number(bits & 255n)
    bits >>= 8n
  }
  return ok({ address, port, secret })
}
