import type { ReadArgument, ReadCall, SignerReading } from '../../../../shared/signing/reading.ts'
import { addressOf } from '../keypair.ts'
import type { ReadPayload } from './read-payload.ts'
import { type CallValue, isCallValue, type Value } from './type-def.ts'

/** A payload in words that a person can check, inner calls after their outer one. */
export function readingOf(read: ReadPayload): SignerReading {
  const calls: ReadCall[] = []
  addCall(calls, read.call, 0)
  const { nonce, tip, genesis, blockHash, specVersion, transactionVersion, callHash, payloadHash } = read
  return {
    calls,
    nonce: Number(nonce),
    ...(read.era === 'immortal' ? {} : { eraPeriod: read.era.period }),
    tip: tip.toString(),
    genesis,
    blockHash,
    specVersion,
    transactionVersion,
    ...(read.metadataHash === undefined ? {} : { metadataHash: read.metadataHash }),
    callHash,
    payloadHash,
  }
}

function addCall(calls: ReadCall[], { call, args }: CallValue, depth: number): void {
  const lines: ReadArgument[] = []
  const inner: CallValue[] = []
  for (const [name, value] of Object.entries(args)) addValue(value, name, { lines, inner })
  calls.push({ depth, call, args: lines })
  for (const one of inner) addCall(calls, one, depth + 1)
}

interface Found {
  readonly lines: ReadArgument[]
  readonly inner: CallValue[]
}

function addValue(value: Value, path: string, found: Found): void {
  if (isCallValue(value)) {
    found.inner.push(value)
    found.lines.push({ path, value: value.call })
    return
  }
  if (Array.isArray(value)) {
    const items: readonly Value[] = value
    if (items.length === 0) found.lines.push({ path, value: '[]' })
    for (const [at, item] of items.entries()) addValue(item, `${path}[${at}]`, found)
    return
  }
  if (typeof value !== 'object' || value === null) {
    found.lines.push({ path, value: isHash(value) && ACCOUNTS.test(path) ? accountOf(value) : textOf(value) })
    return
  }
  const record = value as Readonly<Record<string, Value>>
  if (typeof record['tag'] === 'string' && 'value' in record) {
    const { tag, value: inner } = record
    // An account in its usual envelope is an account; everything else keeps its name.
    if (tag === 'Id' && isHash(inner)) found.lines.push({ path, value: accountOf(inner) })
    else if (inner === null) found.lines.push({ path, value: tag as string })
    else {
      found.lines.push({ path, value: tag as string })
      addValue(inner, `${path}.${tag as string}`, found)
    }
    return
  }
  for (const [name, field] of Object.entries(record)) addValue(field, `${path}.${name}`, found)
}

/** Accounts are 32 bytes, and so are hashes; the name tells which. Hashes stay hex. */
const ACCOUNTS = /(hotkey|coldkey|signatories|\.V1\.(signer|fee_recipient|relayer))(\[\d+\])?$/
const textOf = (value: Value): string => (value === undefined ? 'none' : value === null ? '' : String(value))
const isHash = (value: Value): value is string => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value)
const accountOf = (hex: string): string => addressOf(new Uint8Array(Buffer.from(hex.slice(2), 'hex')))
