import { blake2b } from '@noble/hashes/blake2.js'
import { ScaleReader } from './scale-read.ts'
import { scaleBytes } from './scale-write.ts'
import type { ExtensionDef, SigningRuntime } from './signing-runtime.ts'
import type { CallValue, Value } from './type-def.ts'
import { badMetadata, badPayload } from './unreadable.ts'

/** How long a transaction stays valid. Blocks. */
export interface Era {
  readonly period: number
  readonly phase: number
}

/** Everything that a payload says. */
export interface ReadPayload {
  readonly call: CallValue
  readonly callBytes: Uint8Array
  /** What each extension adds to the extrinsic, in the runtime's order. */
  readonly extras: readonly { readonly identifier: string; readonly bytes: Uint8Array }[]
  /** What all of them add to the signature only. */
  readonly besideBytes: Uint8Array
  /** blake2-256 of the call: the name by which proxies and multisigs know it. */
  readonly callHash: string
  /** blake2-256 of all that is signed. */
  readonly payloadHash: string
  readonly era: Era | 'immortal'
  readonly eraBytes: Uint8Array
  /** The runtime can be asked to compare the digest of its metadata. */
  readonly offersMetadataHash: boolean
  readonly nonce: bigint
  readonly tip: bigint
  readonly specVersion: number
  readonly transactionVersion: number
  readonly genesis: string
  /** Of the block that the era begins with. */
  readonly blockHash: string
  /** Digest that the chain is asked to compare with its own; `undefined`: it is not asked. */
  readonly metadataHash: string | undefined
}

/** Extensions that say something, and those that must say nothing. @source subtensor `runtime/src/lib.rs`, spec 293 to 475 */
const SAYING = [
  'CheckSpecVersion',
  'CheckTxVersion',
  'CheckGenesis',
  'CheckMortality',
  'CheckNonce',
  'ChargeTransactionPayment',
  'CheckMetadataHash',
] as const
const SILENT: ReadonlySet<string> = new Set([
  'CheckNonZeroSender',
  'CheckWeight',
  'SudoTransactionExtension',
  'CheckShieldedTxValidity',
  'SubtensorTransactionExtension',
  'DrandPriority',
])
type Saying = (typeof SAYING)[number]
/** The one without which older runtimes live. */
const OPTIONAL: Saying = 'CheckMetadataHash'

/** Names that the runtime lists and that we do not know: what they add would be signed unread. */
export function strangeExtensions(runtime: SigningRuntime): readonly string[] {
  const saying: ReadonlySet<string> = new Set(SAYING)
  return runtime.extensions
    .map(({ identifier }) => identifier)
    .filter((name, at, all) => (!saying.has(name) && !SILENT.has(name)) || all.indexOf(name) !== at)
}

export const blake256 = (bytes: Uint8Array): string => `0x${Buffer.from(blake2b(bytes, { dkLen: 32 })).toString('hex')}`

interface Said {
  readonly value: Value
  readonly bytes: Uint8Array
}

/**
 * Reads a whole payload: the call, then what each extension adds to the extrinsic, then what each adds to the signature.
 * @throws Unreadable when a byte is left over, missing, or spelled in another way than the chain spells it
 */
export function readPayload(runtime: SigningRuntime, payload: Uint8Array): ReadPayload {
  const reader = new ScaleReader(runtime, payload)
  const call = reader.call()
  const callBytes = reader.slice(0)
  const extras = sides(runtime, reader, (extension) => extension.extra)
  const besideFrom = reader.at
  const besides = sides(runtime, reader, (extension) => extension.additional)
  if (reader.left !== 0) badPayload(`${reader.left} bytes too many`)
  if (!equalBytes(scaleBytes(runtime, runtime.callType, call), callBytes)) badPayload('spelled in another way')
  const extra = (name: Saying) => extras.get(name) ?? badMetadata(`no ${name}`)
  const beside = (name: Saying) => besides.get(name) ?? badMetadata(`no ${name}`)
  silent(SAYING.filter((name) => besides.has(name) && !SIGNED_BESIDE.has(name)).map(beside))
  silent(SAYING.filter((name) => extras.has(name) && !IN_EXTRINSIC.has(name)).map(extra))
  return {
    call,
    callBytes,
    extras: [...extras].map(([identifier, { bytes }]) => ({ identifier, bytes })),
    besideBytes: reader.slice(besideFrom),
    callHash: blake256(callBytes),
    payloadHash: blake256(payload),
    era: eraOf(extra('CheckMortality').bytes),
    eraBytes: extra('CheckMortality').bytes,
    offersMetadataHash: extras.has(OPTIONAL),
    nonce: integer(extra('CheckNonce').value),
    tip: integer(extra('ChargeTransactionPayment').value),
    specVersion: Number(integer(beside('CheckSpecVersion').value)),
    transactionVersion: Number(integer(beside('CheckTxVersion').value)),
    genesis: hash(beside('CheckGenesis').value),
    blockHash: hash(beside('CheckMortality').value),
    metadataHash: extras.has(OPTIONAL) ? metadataHashOf(extra(OPTIONAL), beside(OPTIONAL)) : undefined,
  }
}

const IN_EXTRINSIC: ReadonlySet<string> = new Set<Saying>([
  'CheckMortality',
  'CheckNonce',
  'ChargeTransactionPayment',
  'CheckMetadataHash',
])
const SIGNED_BESIDE: ReadonlySet<string> = new Set<Saying>([
  'CheckSpecVersion',
  'CheckTxVersion',
  'CheckGenesis',
  'CheckMortality',
  'CheckMetadataHash',
])

function sides(runtime: SigningRuntime, reader: ScaleReader, typeOf: (extension: ExtensionDef) => number) {
  const said = new Map<string, Said>()
  for (const extension of runtime.extensions) {
    const from = reader.at
    const type = typeOf(extension)
    const value = reader.read(type)
    const bytes = reader.slice(from)
    if (!equalBytes(scaleBytes(runtime, type, value), bytes)) badPayload(`${extension.identifier}: another spelling`)
    if (SILENT.has(extension.identifier) && bytes.length > 0) badPayload(`${extension.identifier} says something`)
    said.set(extension.identifier, { value, bytes })
  }
  return said
}

function silent(said: readonly Said[]): void {
  if (said.some(({ bytes }) => bytes.length > 0)) badPayload('an extension says something unheard of')
}

/**
 * From the bytes, whatever the metadata calls them.
 * @source substrate `sp_runtime::generic::Era`: one zero byte, or 16 bits: low 4 log2(period) − 1, the rest the phase
 */
function eraOf(bytes: Uint8Array): Era | 'immortal' {
  const [first = 0, second = 0] = bytes
  if (bytes.length === 1 && first === 0) return 'immortal'
  const encoded = first | (second << 8)
  const period = 2 ** ((encoded & 15) + 1)
  const phase = (encoded >> 4) * Math.max(1, period >> 12)
  return bytes.length === 2 && period >= 4 && phase < period ? { period, phase } : badPayload('era')
}

/** Mode 1 comes with a hash, mode 0 without one. @source polkadot-sdk `frame-metadata-hash-extension` */
function metadataHashOf(mode: Said, besides: Said): string | undefined {
  if (mode.bytes.length !== 1) return badPayload('metadata hash mode')
  if (mode.bytes[0] === 0) return besides.value === undefined ? undefined : badPayload('a metadata hash in mode 0')
  return mode.bytes[0] === 1 ? hash(besides.value) : badPayload('metadata hash mode')
}

const integer = (value: Value): bigint => (typeof value === 'bigint' ? value : badMetadata('no integer'))
const hash = (value: Value): string =>
  typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value) ? value : badMetadata('no hash')
const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])
