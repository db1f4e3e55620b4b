import { randomBytes } from 'node:crypto'
import { decodeAddress } from '@polkadot/util-crypto/address'
import { z } from 'zod'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import type { CryptoType } from '../keys.port.ts'
import type { KeySource } from './key-source.ts'
import {
  addressOf,
  type Keypair,
  pairFromEdwardsKey,
  pairFromExpandedSecret,
  pairFromSeed,
  wipePair,
} from './keypair.ts'
import type { Password } from './open-keyfile.ts'
import { isEncoding, openPolkadotBox, sealPolkadotBox } from './polkadot-box.ts'

/** An account is below 2 KB; the export of a thousand accounts is below this. */
const LARGEST_FILE_BYTES = 4_194_304
const LONGEST_NAME = 100
const FILE = 'account export'

/** What stands before the secret, and between secret and public key. @source @polkadot/keyring `pair/defaults.ts`. */
const HEADER = new Uint8Array([48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])
const DIVIDER = new Uint8Array([161, 35, 3, 33, 0])
const PUBLIC_LENGTH = 32
const SECRET_LENGTH = 64
const SEED_LENGTH = 32
/** Named in a refusal; other text of a file is not repeated. */
const OTHER_SCHEMES: ReadonlySet<string> = new Set(['ecdsa', 'ethereum'])

const meta = z
  .looseObject({ name: z.string().optional().catch(undefined) })
  .optional()
  .catch(undefined)
const account = z.looseObject({ address: z.string().max(200), meta })
const texts = z.union([z.string().transform((text) => [text]), z.array(z.string()).max(8)])
const exported = z.looseObject({
  address: z.string().max(200).optional(),
  meta,
  encoded: z.string(),
  encoding: z.looseObject({ content: texts, type: texts, version: z.string() }),
  accounts: z.array(account).max(10_000).optional(),
})
type Exported = z.infer<typeof exported>

export interface PolkadotAccount {
  /** With the prefix of this chain, whichever the file uses. */
  readonly address: Ss58
  readonly name?: string
  /** Unknown in the list of a batch. */
  readonly cryptoType?: CryptoType
}

/** What an export tells without its password. */
export interface PolkadotExport {
  /** Several accounts under one more password; see {@link unpackPolkadotBatch}. */
  readonly batch: boolean
  readonly encrypted: boolean
  readonly accounts: readonly PolkadotAccount[]
}

const broken = (reason: string) => err({ code: 'keys/keyfile-broken', file: FILE, reason } as const)
const unsupported = (what: string) => err({ code: 'keys/unsupported', what } as const)
const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function parsed(file: Uint8Array): Result<Exported, AppError> {
  const content = file.length <= LARGEST_FILE_BYTES ? readJson(file) : undefined
  const json = exported.safeParse(content)
  if (!json.success)
    return account.safeParse(content).success
      ? unsupported('an account without its key, as those of hardware wallets are')
      : broken('no account export')
  const { encoding } = json.data
  if (!/^[0-3]$/.test(encoding.version)) return unsupported('this version of the account export')
  if (!isEncoding(encoding.type)) return unsupported('the encryption of this account export')
  return ok(json.data)
}

const isBatch = (json: Exported): boolean => json.encoding.content[0] === 'batch-pkcs8'

/** Exports before version 2 name no scheme. */
function schemeOf({ encoding }: Exported): Result<CryptoType, AppError> {
  const stated = encoding.version === '0' ? 'sr25519' : (encoding.content[1] ?? 'sr25519')
  if (stated === 'sr25519' || stated === 'ed25519') return ok(stated)
  return unsupported(`${OTHER_SCHEMES.has(stated) ? stated : 'another kind of'} keys`)
}

/** The public key of an address of any Substrate chain. */
function keyOfAnyAddress(address: string): Uint8Array | undefined {
  try {
    const key = decodeAddress(address)
    return key.length === PUBLIC_LENGTH ? key : undefined
  } catch {
    return undefined
  }
}

function accountOf(stated: z.infer<typeof account>, cryptoType?: CryptoType): PolkadotAccount | undefined {
  const key = keyOfAnyAddress(stated.address)
  if (!key) return undefined
  const name = stated.meta?.name?.slice(0, LONGEST_NAME)
  return { address: addressOf(key), ...(name ? { name } : {}), ...(cryptoType ? { cryptoType } : {}) }
}

/**
 * Reads what an account export of polkadot.js (also of the extensions that follow it) tells without a password.
 * @errors keys/keyfile-broken; keys/unsupported (ecdsa and ethereum keys, accounts without a key, unknown encryption)
 */
export function inspectPolkadotJson(file: Uint8Array): Result<PolkadotExport, AppError> {
  const json = parsed(file)
  if (!json.ok) return json
  const encrypted = !json.value.encoding.type.includes('none')
  if (isBatch(json.value)) {
    const accounts = (json.value.accounts ?? []).flatMap((one) => accountOf(one) ?? [])
    return ok({ batch: true, encrypted, accounts })
  }
  const scheme = schemeOf(json.value)
  if (!scheme.ok) return scheme
  const { address = '', meta: about } = json.value
  const one = accountOf({ address, meta: about }, scheme.value)
  return one ? ok({ batch: false, encrypted, accounts: [one] }) : broken('its address is none')
}

async function opened(json: Exported, password: Password): Promise<Result<Uint8Array, AppError>> {
  const { encoded, encoding } = json
  const hex = /^0x([0-9a-f]{2})+$/i.test(encoded)
  const bytes = hex ? Buffer.from(encoded.slice(2), 'hex') : Buffer.from(encoded, 'base64')
  return openPolkadotBox(new Uint8Array(bytes), encoding.type, password)
}

/**
 * Opens the export of one account.
 * @returns the caller wipes it. Exports hold neither words nor, for sr25519, the seed.
 * @errors keys/wrong-password, keys/keyfile-broken, keys/unsupported
 */
export async function openPolkadotJson(file: Uint8Array, password: Password): Promise<Result<KeySource, AppError>> {
  const json = parsed(file)
  if (!json.ok) return json
  if (isBatch(json.value)) return unsupported('an export of several accounts at this place')
  const scheme = schemeOf(json.value)
  if (!scheme.ok) return scheme
  const stated = keyOfAnyAddress(json.value.address ?? '')
  if (!stated) return broken('its address is none')
  const plain = await opened(json.value, password)
  if (!plain.ok) return plain
  const pair = pairOf(plain.value, scheme.value)
  plain.value.fill(0)
  if (!pair) return broken('no key where it should be')
  if (isSame(pair.publicKey, stated)) return ok({ pair })
  wipePair(pair)
  return broken('secret and address do not belong together')
}

/** Header, secret (a seed in the first two generations), divider, public key; `undefined` when they do not fit. */
function pairOf(plain: Uint8Array, cryptoType: CryptoType): Keypair | undefined {
  if (!isSame(plain.subarray(0, HEADER.length), HEADER)) return undefined
  for (const length of [SECRET_LENGTH, SEED_LENGTH]) {
    const end = HEADER.length + length
    if (!isSame(plain.subarray(end, end + DIVIDER.length), DIVIDER)) continue
    const secret = plain.subarray(HEADER.length, end)
    const pair = length === SEED_LENGTH ? pairFromSeed(secret, cryptoType) : pairOfSecret(secret, cryptoType)
    const stated = plain.subarray(end + DIVIDER.length, end + DIVIDER.length + PUBLIC_LENGTH)
    if (pair && isSame(pair.publicKey, stated)) return pair
    if (pair) wipePair(pair)
  }
  return undefined
}

const pairOfSecret = (secret: Uint8Array, cryptoType: CryptoType): Keypair | undefined =>
  cryptoType === 'sr25519' ? pairFromExpandedSecret(secret) : pairFromEdwardsKey(secret)

/**
 * The single exports in an export of several accounts. Each is still under the password that its account had.
 * @errors keys/wrong-password, keys/keyfile-broken, keys/unsupported (an export of one account)
 */
export async function unpackPolkadotBatch(
  file: Uint8Array,
  password: Password,
): Promise<Result<readonly Uint8Array[], AppError>> {
  const json = parsed(file)
  if (!json.ok) return json
  if (!isBatch(json.value)) return unsupported('an export of one account at this place')
  const plain = await opened(json.value, password)
  if (!plain.ok) return plain
  const accounts = z.array(z.looseObject({})).max(10_000).safeParse(readJson(plain.value))
  plain.value.fill(0)
  if (!accounts.success) return broken('no list of accounts')
  return ok(accounts.data.map((one) => new TextEncoder().encode(JSON.stringify(one))))
}

/**
 * Writes an account as polkadot.js exports it today: version 3, scrypt with 128 MiB.
 * @returns the file; its content is encrypted.
 * @errors keys/not-enough-memory
 * @source @polkadot/keyring `pair/encode.ts`, `pair/toJson.ts`.
 */
export async function writePolkadotJson(
  pair: Keypair,
  options: {
    readonly password: Uint8Array
    readonly name: string
    readonly createdAtMs: number
    /** Ties the account to one chain in the wallets that read it; absent = usable on each. */
    readonly genesisHash?: string
  },
): Promise<Result<Uint8Array, AppError>> {
  const secret = pair.cryptoType === 'ed25519' ? [...pair.secretKey, ...pair.publicKey] : pair.secretKey
  const plain = new Uint8Array([...HEADER, ...secret, ...DIVIDER, ...pair.publicKey])
  const box = await sealPolkadotBox(plain, options.password, new Uint8Array(randomBytes(32)))
  plain.fill(0)
  if (!box.ok) return box
  const { name, genesisHash, createdAtMs } = options
  const content = {
    encoded: Buffer.from(box.value).toString('base64'),
    encoding: { content: ['pkcs8', pair.cryptoType], type: ['scrypt', 'xsalsa20-poly1305'], version: '3' },
    address: addressOf(pair.publicKey),
    meta: { ...(genesisHash === undefined ? {} : { genesisHash }), name, whenCreated: createdAtMs },
  }
  return ok(new TextEncoder().encode(JSON.stringify(content)))
}
