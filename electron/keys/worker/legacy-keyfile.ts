import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'

// Formats of older wallets. They are read, so that nobody has to trust another program with the words; never written.

const FERNET_SALT = 'Iguesscyborgslikemyselfhaveatendencytobeparanoidaboutourorigins'
const FERNET_ROUNDS = 10_000_000
const ANSIBLE_ROUNDS = 10_000

interface Stretch {
  readonly salt: Uint8Array | string
  readonly rounds: number
  readonly length: number
}

const stretched = (password: Uint8Array, { salt, rounds, length }: Stretch): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    pbkdf2(password, salt, rounds, length, 'sha256', (failed, key) => (failed ? reject(failed) : resolve(key)))
  })

const textOf = (file: Uint8Array): string => Buffer.from(file).toString('latin1').trim()

export const isAnsible = (file: Uint8Array): boolean => textOf(file.subarray(0, 14)) === '$ANSIBLE_VAULT'
export const isFernet = (file: Uint8Array): boolean => textOf(file.subarray(0, 6)) === 'gAAAAA'

const isTag = (key: Uint8Array, message: Uint8Array, tag: Uint8Array): boolean => {
  const expected = createHmac('sha256', key).update(message).digest()
  return expected.length === tag.length && timingSafeEqual(expected, tag)
}

function decrypted(
  cipher: 'aes-256-ctr' | 'aes-128-cbc',
  key: Uint8Array,
  iv: Uint8Array,
  box: Uint8Array,
): Uint8Array | undefined {
  const decipher = createDecipheriv(cipher, key, iv)
  const first = decipher.update(box)
  try {
    return new Uint8Array(Buffer.concat([first, decipher.final()]))
  } catch {
    // The tag was right and the padding is not: whoever wrote it knew the password, but it is no file of ours.
    return undefined
  } finally {
    first.fill(0)
  }
}

/** AES in counter mode pads nothing, but Ansible pads before it (PKCS#7, 16 bytes). */
function withoutPadding(plain: Uint8Array | undefined): Uint8Array | undefined {
  if (!plain) return undefined
  const count = plain.at(-1) ?? 0
  return count >= 1 && count <= 16 && count <= plain.length ? plain.subarray(0, -count) : undefined
}

/**
 * Opens an Ansible vault, versions 1.1 and 1.2.
 * @returns `undefined` when password or bytes are wrong. The caller wipes the plaintext.
 * @source ansible `lib/ansible/parsing/vault`: VaultAES256.
 */
export async function openAnsible(file: Uint8Array, password: Uint8Array): Promise<Uint8Array | undefined> {
  const [header = '', ...lines] = textOf(file).split(/\r?\n/)
  if (!/^\$ANSIBLE_VAULT;1\.[12];AES256/.test(header)) return undefined
  const parts = Buffer.from(lines.join('').trim(), 'hex').toString('latin1').split('\n')
  const [salt, tag, box] = parts.map((part) => Buffer.from(part, 'hex'))
  if (!salt || !tag || !box) return undefined
  const key = await stretched(password, { salt, rounds: ANSIBLE_ROUNDS, length: 80 })
  try {
    if (!isTag(key.subarray(32, 64), box, tag)) return undefined
    return withoutPadding(decrypted('aes-256-ctr', key.subarray(0, 32), key.subarray(64, 80), box))
  } finally {
    key.fill(0)
  }
}

/**
 * Opens the first format of btwallet: a Fernet token under a password stretched ten million times (some seconds).
 * @returns `undefined` when password or bytes are wrong. The caller wipes the plaintext.
 * @source Fernet specification; btwallet `src/keyfile.rs`: legacy_decrypt.
 */
export async function openFernet(file: Uint8Array, password: Uint8Array): Promise<Uint8Array | undefined> {
  const token = Buffer.from(textOf(file), 'base64url')
  // Version, time, iv, at least one block, tag.
  if (token[0] !== 0x80 || token.length < 1 + 8 + 16 + 16 + 32) return undefined
  const key = await stretched(password, { salt: FERNET_SALT, rounds: FERNET_ROUNDS, length: 32 })
  try {
    if (!isTag(key.subarray(0, 16), token.subarray(0, -32), token.subarray(-32))) return undefined
    return decrypted('aes-128-cbc', key.subarray(16), token.subarray(9, 25), token.subarray(25, -32))
  } finally {
    key.fill(0)
  }
}
