const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** More letters than any address of any chain has; above it a paste is a text, not an address. */
const MOST_LETTERS = 128

/**
 * The bytes that base58 text stands for; `undefined` where a letter is foreign to it.
 * @source Bitcoin's alphabet, which SS58 uses: no 0, O, I and l
 */
export function base58Bytes(text: string): readonly number[] | undefined {
  if (text === '' || text.length > MOST_LETTERS) return undefined
  let value = 0n
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter)
    if (digit < 0) return undefined
    value = value * 58n + BigInt(digit)
  }
  const bytes: number[] = []
  for (; value > 0n; value >>= 8n) bytes.unshift(Number(value & 0xffn))
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  return [...Array.from({ length: zeros }, () => 0), ...bytes]
}

export interface Ss58Parts {
  /** Which chain family the address is written for; 42 is Bittensor's (and any Substrate chain's). */
  readonly prefix: number
  readonly accountBytes: number
}

/**
 * Prefix and account length of SS58 text, without its checksum, which the chain adapter verifies.
 * @source SS58: one prefix byte below 64, else two bytes with 14 bits; two bytes of checksum at the end
 */
export function ss58Parts(text: string): Ss58Parts | undefined {
  const bytes = base58Bytes(text)
  const [first, second] = bytes ?? []
  if (!bytes || first === undefined || second === undefined || first > 127) return undefined
  const long = first >= 64
  const prefix = long ? ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8) : first
  const accountBytes = bytes.length - (long ? 2 : 1) - 2
  return accountBytes < 1 ? undefined : { prefix, accountBytes }
}
