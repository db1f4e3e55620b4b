import { randomBytes, scrypt } from 'node:crypto'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Password } from './open-keyfile.ts'

// The encryption of polkadot.js account exports: salt 32, N, p, r as u32 little-endian, nonce 24, secretbox.

interface ScryptCost {
  readonly N: number
  readonly p: number
  readonly r: number
}

/** The only ones that polkadot.js has ever written; others could ask for any amount of memory. */
const PRESETS: readonly ScryptCost[] = [
  { N: 1 << 13, p: 10, r: 8 },
  { N: 1 << 14, p: 5, r: 8 },
  { N: 1 << 15, p: 3, r: 8 },
  { N: 1 << 15, p: 1, r: 8 },
  { N: 1 << 16, p: 2, r: 8 },
  { N: 1 << 17, p: 1, r: 8 },
]
/** What polkadot.js writes today. @source @polkadot/util-crypto 14 `scrypt/defaults.ts`. */
const WRITTEN: ScryptCost = { N: 1 << 17, p: 1, r: 8 }
const SALT_LENGTH = 32
const HEADER_LENGTH = SALT_LENGTH + 12
const NONCE_LENGTH = 24
const KEY_LENGTH = 32
const MAX_MEMORY = 160 * 1024 * 1024

const CIPHER = 'xsalsa20-poly1305'

/** Whether a list of `encoding.type` is one that can be read. */
export const isEncoding = (type: readonly string[]): boolean =>
  ['none', CIPHER, `scrypt,${CIPHER}`].includes(type.join(','))

/** scrypt gives 64 bytes here and uses half, as polkadot.js does. */
const stretched = (password: Uint8Array, salt: Uint8Array, cost: ScryptCost): Promise<Uint8Array | undefined> =>
  new Promise((resolve) => {
    scrypt(password, salt, 2 * KEY_LENGTH, { ...cost, maxmem: MAX_MEMORY }, (failed, key) =>
      resolve(failed ? undefined : new Uint8Array(key)),
    )
  })

/**
 * The bytes that a typed password can stand for. polkadot.js does not trim, and takes `0x…` for hex.
 * @source @polkadot/util `u8a/toU8a.ts`.
 */
function guessesOf({ trimmed, untrimmed }: Password): readonly Uint8Array[] {
  const typed = untrimmed ?? trimmed
  const text = Buffer.from(typed).toString('latin1')
  const hex = /^0x([0-9a-f]{2})*$/i.test(text) ? [new Uint8Array(Buffer.from(text.slice(2), 'hex'))] : []
  return [...hex, typed, ...(untrimmed ? [trimmed] : [])]
}

function withKey(key: Uint8Array, box: Uint8Array): Uint8Array | undefined {
  try {
    return xsalsa20poly1305(key, box.subarray(0, NONCE_LENGTH)).decrypt(box.subarray(NONCE_LENGTH))
  } catch {
    return undefined
  }
}

const noMemory = ({ N, r }: ScryptCost) => err({ code: 'keys/not-enough-memory', neededBytes: 128 * N * r } as const)

function costOf(header: Uint8Array): ScryptCost | undefined {
  const view = new DataView(header.buffer, header.byteOffset, header.length)
  const [N, p, r] = [0, 4, 8].map((at) => view.getUint32(SALT_LENGTH + at, true))
  return PRESETS.find((preset) => preset.N === N && preset.p === p && preset.r === r)
}

/**
 * Opens the box of an export. All guesses are taken, also after one was right, so that time tells nothing.
 * @param type `encoding.type`; see {@link isEncoding}.
 * @errors keys/wrong-password, keys/keyfile-broken, keys/unsupported (other scrypt costs), keys/not-enough-memory
 */
export async function openPolkadotBox(
  bytes: Uint8Array,
  type: readonly string[],
  password: Password,
): Promise<Result<Uint8Array, AppError>> {
  if (type.includes('none')) return ok(bytes)
  const isStretched = type.includes('scrypt')
  const start = isStretched ? HEADER_LENGTH : 0
  if (bytes.length <= start + NONCE_LENGTH + 16)
    return err({ code: 'keys/keyfile-broken', file: 'account export', reason: 'truncated' })
  const cost = isStretched ? costOf(bytes.subarray(0, HEADER_LENGTH)) : undefined
  if (isStretched && !cost) return err({ code: 'keys/unsupported', what: 'the scrypt cost of this account export' })
  let found: Uint8Array | undefined
  for (const guess of guessesOf(password)) {
    const key = cost ? await stretched(guess, bytes.subarray(0, SALT_LENGTH), cost) : guess
    if (!key && cost) return noMemory(cost)
    const fixed = new Uint8Array(KEY_LENGTH)
    fixed.set((key ?? guess).subarray(0, KEY_LENGTH))
    if (cost) key?.fill(0)
    const plain = withKey(fixed, bytes.subarray(start))
    fixed.fill(0)
    found = found ?? plain
  }
  return found ? ok(found) : err({ code: 'keys/wrong-password' })
}

/** @param salt 32 random bytes. @returns salt, cost, nonce and box. */
export async function sealPolkadotBox(
  plain: Uint8Array,
  password: Uint8Array,
  salt: Uint8Array,
): Promise<Result<Uint8Array, AppError>> {
  const guess = guessesOf({ trimmed: password })[0] ?? password
  const key = await stretched(guess, salt, WRITTEN)
  if (!key) return noMemory(WRITTEN)
  const header = new Uint8Array(HEADER_LENGTH + NONCE_LENGTH)
  header.set(salt)
  const view = new DataView(header.buffer)
  for (const [index, part] of [WRITTEN.N, WRITTEN.p, WRITTEN.r].entries())
    view.setUint32(SALT_LENGTH + 4 * index, part, true)
  header.set(randomBytes(NONCE_LENGTH), HEADER_LENGTH)
  const box = xsalsa20poly1305(key.subarray(0, KEY_LENGTH), header.subarray(HEADER_LENGTH)).encrypt(plain)
  key.fill(0)
  return ok(new Uint8Array([...header, ...box]))
}
