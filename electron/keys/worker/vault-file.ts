import { randomBytes } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { z } from 'zod'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type KdfCost, type OnProgress, stretch } from './argon.ts'
import { readKeySource, writeKeyJson } from './key-json.ts'
import { type KeySource, wipeSource } from './key-source.ts'

// Our own file, all integers little-endian:
//   0  magic `TAOVAULT`        8 bytes
//   8  version                 1 byte
//   9  stretching              1 byte: 1 = Argon2id 1.3, one lane
//  10  passes                  4 bytes
//  14  memory in KiB           4 bytes
//  18  salt, random per file  16 bytes
//  34  nonce                  24 bytes
//  58  XChaCha20-Poly1305 of the padded content, with bytes 0–57 authenticated beside it

const MAGIC = new TextEncoder().encode('TAOVAULT')
const VERSION = 1
const ARGON2ID = 1
const SALT_AT = 18
const NONCE_AT = 34
const BOX_AT = 58
const TAG_LENGTH = 16
/** The length of the file must not tell 12 words from 24, or words from a bare key. */
const PADDED_TO = 1024

/** Cheapest that we write. @source OWASP asks for less; a file can be attacked for years. */
export const FLOOR_COST: KdfCost = { passes: 3, memoryKib: 65_536 }
/** More would let a changed header hang the worker or take all memory before the password can be refused. */
const MOST_MEMORY_KIB = 1_048_576
const MOST_PASSES = 64
/** Passes over KiB: some seconds on a slow computer. */
const MOST_STEPS = 4 * MOST_MEMORY_KIB
/** What Argon2 itself asks for with one lane. */
const FEWEST_MEMORY_KIB = 8

export interface VaultContent {
  readonly source: KeySource
  /** Milliseconds since 1970. */
  readonly createdAtMs: number
}

interface VaultHeader {
  readonly version: number
  readonly cost: KdfCost
  readonly salt: Uint8Array
}

const envelope = z.looseObject({ createdAt: z.int().min(0) })
const broken = (file: string, reason: string) => err({ code: 'keys/keyfile-broken', file, reason } as const)

export const isVaultFile = (file: Uint8Array): boolean => MAGIC.every((byte, i) => file[i] === byte)

const isBearable = ({ passes, memoryKib }: KdfCost): boolean =>
  passes >= 1 &&
  passes <= MOST_PASSES &&
  memoryKib >= FEWEST_MEMORY_KIB &&
  memoryKib <= MOST_MEMORY_KIB &&
  passes * memoryKib <= MOST_STEPS

function headerOf(file: Uint8Array, name: string): Result<VaultHeader, AppError> {
  if (!isVaultFile(file) || file.length <= BOX_AT + TAG_LENGTH) return broken(name, 'truncated')
  const view = new DataView(file.buffer, file.byteOffset, BOX_AT)
  const version = view.getUint8(8)
  if (version !== VERSION) return err({ code: 'keys/unsupported', what: `version ${version} of the vault file` })
  const cost = { passes: view.getUint32(10, true), memoryKib: view.getUint32(14, true) }
  if (view.getUint8(9) !== ARGON2ID || !isBearable(cost)) return broken(name, 'its header was changed')
  return ok({ version, cost, salt: file.slice(SALT_AT, NONCE_AT) })
}

function headerBytes(cost: KdfCost): Uint8Array {
  const header = new Uint8Array(BOX_AT)
  const view = new DataView(header.buffer)
  header.set(MAGIC)
  view.setUint8(8, VERSION)
  view.setUint8(9, ARGON2ID)
  view.setUint32(10, cost.passes, true)
  view.setUint32(14, cost.memoryKib, true)
  header.set(randomBytes(BOX_AT - SALT_AT), SALT_AT)
  return header
}

/** JSON may end in spaces, so they are the padding. */
function contentBytes(source: KeySource, createdAtMs: number): Uint8Array {
  const json = writeKeyJson(source)
  const start = new TextEncoder().encode(`{"createdAt":${createdAtMs},`)
  const length = start.length + json.length - 1
  const whole = new Uint8Array(Math.ceil(length / PADDED_TO) * PADDED_TO).fill(0x20)
  whole.set(start)
  whole.set(json.subarray(1), start.length)
  json.fill(0)
  return whole
}

/**
 * Writes a key under a password.
 * @param options.cost from `calibratedCost`; never below {@link FLOOR_COST}, whatever is given.
 * @errors keys/not-enough-memory
 */
export async function sealVaultFile(
  source: KeySource,
  options: {
    readonly password: Uint8Array
    readonly createdAtMs: number
    readonly cost?: KdfCost
    readonly onProgress?: OnProgress
  },
): Promise<Result<Uint8Array, AppError>> {
  const wanted = options.cost ?? FLOOR_COST
  const cost = isCheap(wanted) || !isBearable(wanted) ? FLOOR_COST : wanted
  const header = headerBytes(cost)
  const task = { variant: 'argon2id', salt: header.slice(SALT_AT, NONCE_AT), cost } as const
  const key = await stretch(options.password, task, options.onProgress ? { onProgress: options.onProgress } : {})
  if (!key.ok) return key
  const content = contentBytes(source, options.createdAtMs)
  const box = xchacha20poly1305(key.value, header.subarray(NONCE_AT), header).encrypt(content)
  key.value.fill(0)
  content.fill(0)
  const file = new Uint8Array(BOX_AT + box.length)
  file.set(header)
  file.set(box, BOX_AT)
  return ok(file)
}

/**
 * Opens a vault file. A wrong password takes as long as a right one: the time goes into stretching it.
 * @returns the caller wipes it.
 * @errors keys/wrong-password (also when any byte was changed), keys/keyfile-broken, keys/unsupported (a newer version),
 *         keys/not-enough-memory
 */
export async function openVaultFile(
  file: Uint8Array,
  name: string,
  options: { readonly password: Uint8Array; readonly onProgress?: OnProgress },
): Promise<Result<VaultContent, AppError>> {
  const header = headerOf(file, name)
  if (!header.ok) return header
  const task = { variant: 'argon2id', salt: header.value.salt, cost: header.value.cost } as const
  const key = await stretch(options.password, task, options.onProgress ? { onProgress: options.onProgress } : {})
  if (!key.ok) return key
  const plain = opened(key.value, file)
  key.value.fill(0)
  if (!plain) return err({ code: 'keys/wrong-password' })
  const content = contentOf(plain, name)
  plain.fill(0)
  return content
}

function opened(key: Uint8Array, file: Uint8Array): Uint8Array | undefined {
  try {
    const cipher = xchacha20poly1305(key, file.subarray(NONCE_AT, BOX_AT), file.subarray(0, BOX_AT))
    return cipher.decrypt(file.subarray(BOX_AT))
  } catch {
    return undefined
  }
}

function contentOf(plain: Uint8Array, name: string): Result<VaultContent, AppError> {
  const source = readKeySource(plain, name)
  if (!source.ok) return source
  const stated = envelope.safeParse(JSON.parse(new TextDecoder().decode(plain)))
  if (stated.success) return ok({ source: source.value, createdAtMs: stated.data.createdAt })
  wipeSource(source.value)
  return broken(name, 'no vault content')
}

const isCheap = ({ passes, memoryKib }: KdfCost): boolean =>
  passes < FLOOR_COST.passes || memoryKib < FLOOR_COST.memoryKib

/**
 * Whether a file that just opened should be sealed again: it is in another format, or was stretched with less work than
 * `wanted`.
 */
export function needsMigration(file: Uint8Array, wanted: KdfCost = FLOOR_COST): boolean {
  const header = headerOf(file, '')
  if (!header.ok) return true
  const { cost } = header.value
  return isCheap(cost) || cost.passes * cost.memoryKib < (wanted.passes * wanted.memoryKib) / 2
}
