import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata'
import { decAnyMetadata, type UnifiedMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings'
import { ScaleReader } from './scale-read.ts'
import type { FieldDef, TypeDef, TypeTable, Value, VariantDef } from './type-def.ts'
import { badMetadata, Unreadable } from './unreadable.ts'

/** What one signed extension adds to the extrinsic (`extra`), and to what is signed only (`additional`). */
export interface ExtensionDef {
  readonly identifier: string
  readonly extra: number
  readonly additional: number
}

/** All that is needed to read payloads of one runtime; a tenth of the metadata that it was made from. */
export interface SigningRuntime extends TypeTable {
  readonly specName: string
  readonly specVersion: number
  readonly transactionVersion: number
  readonly extensions: readonly ExtensionDef[]
  /** Read from the proof of one payload's types, which does not say the version of transactions. */
  readonly partial?: true
  /** RFC-78 digest of the very bytes that the types were read from; absent for metadata older than V15. */
  readonly digest: string | undefined
}

/** Mainnet's is 340 KB. */
export const LARGEST_METADATA = 2_097_152
const MOST_TYPES = 8_192
const TOKEN = { decimals: 9, tokenSymbol: 'TAO' } as const
const PREFIX = 42n
const INT = /^([iu])(8|16|32|64|128|256)$/

/**
 * Reads the metadata that a node served. Nothing in it is believed: sizes and depths are bounded, and a payload is only
 * as good as the chain's own opinion of the digest that is computed here from the same bytes.
 * @param served begins with `meta`
 * @throws Unreadable
 */
export function readRuntime(served: Uint8Array): SigningRuntime {
  if (served.length > LARGEST_METADATA) badMetadata('too large')
  // A copy of its own: the library reads from the start of the memory that a view looks into.
  const bytes = new Uint8Array(served)
  try {
    const metadata = unifyMetadata(decAnyMetadata(bytes))
    const table = tableOf(metadata)
    const version = versionOf(metadata, table)
    const list = metadata.extrinsic.extensionsByVersion[0] ?? badMetadata('no signed extensions')
    if (!metadata.extrinsic.version.includes(4)) badMetadata('no extrinsics of version 4')
    const extensions = list.map(({ identifier, type, additionalSigned }) => ({
      identifier,
      extra: type,
      additional: additionalSigned,
    }))
    const digest = metadata.version === 14 ? undefined : digestOf(bytes)
    return { ...table, ...version, extensions, digest }
  } catch (cause) {
    if (cause instanceof Unreadable) throw cause
    // The library throws what it throws, a stack overflow among others.
    return badMetadata('cannot be read')
  }
}

const digestOf = (bytes: Uint8Array): string =>
  `0x${Buffer.from(merkleizeMetadata(bytes, TOKEN).digest()).toString('hex')}`

function tableOf(metadata: UnifiedMetadata): TypeTable {
  const { lookup } = metadata
  if (lookup.length > MOST_TYPES) badMetadata('too many types')
  const types = lookup.map((entry, at) => {
    if (entry.id !== at) badMetadata('types out of order')
    return defOf(entry)
  })
  return { types, callType: callTypeOf(metadata) }
}

function callTypeOf(metadata: UnifiedMetadata): number {
  const { extrinsic } = metadata
  if ('call' in extrinsic) return extrinsic.call
  const params = metadata.lookup[extrinsic.type]?.params ?? []
  return params.find(({ name }) => name === 'Call')?.type ?? badMetadata('no call type')
}

type Entry = UnifiedMetadata['lookup'][number]

function defOf({ path, params, def }: Entry): TypeDef {
  switch (def.tag) {
    case 'composite':
      return { kind: 'composite', fields: fieldsOf(def.value) }
    case 'tuple':
      return { kind: 'composite', fields: def.value.map((type) => ({ name: '', type })) }
    case 'variant': {
      const of = path.join('::') === 'Option' ? params[0]?.type : undefined
      return of === undefined ? { kind: 'variant', variants: variantsOf(def.value) } : { kind: 'option', of }
    }
    case 'sequence':
    case 'compact':
      return { kind: def.tag, of: def.value }
    case 'array':
      return { kind: 'array', of: def.value.type, length: def.value.len }
    case 'primitive':
      return primitive(def.value.tag)
    default:
      return { kind: 'unsupported' }
  }
}

type RawField = { readonly name: string | undefined; readonly type: number }
const fieldsOf = (fields: readonly RawField[]): readonly FieldDef[] => {
  const named = fields.map(({ name, type }) => ({ name: name ?? '', type }))
  const names = new Set(named.map(({ name }) => name))
  // Two fields of one name could hide one value behind the other.
  if (names.size !== named.length && !(names.size === 1 && names.has(''))) badMetadata('two fields of one name')
  return named
}

function variantsOf(
  variants: readonly { readonly name: string; readonly index: number; readonly fields: readonly RawField[] }[],
): ReadonlyMap<number, VariantDef> {
  const byIndex = new Map(variants.map((v) => [v.index, { name: v.name, index: v.index, fields: fieldsOf(v.fields) }]))
  const names = new Set(variants.map(({ name }) => name))
  if (byIndex.size !== variants.length || names.size !== variants.length) badMetadata('two variants alike')
  return byIndex
}

function primitive(tag: string): TypeDef {
  const int = INT.exec(tag)
  if (int) return { kind: 'int', bytes: Number(int[2]) / 8, signed: int[1] === 'i' }
  if (tag === 'bool') return { kind: 'bool' }
  return tag === 'str' ? { kind: 'text' } : { kind: 'unsupported' }
}

/** Read by our own bounded reader before any library touches them: their types come from the node as well. */
function versionOf(metadata: UnifiedMetadata, table: TypeTable) {
  const system = metadata.pallets.find(({ name }) => name === 'System') ?? badMetadata('no System pallet')
  const constant = (wanted: string): Value => {
    const found = system.constants.find(({ name }) => name === wanted) ?? badMetadata(`no System.${wanted}`)
    const reader = new ScaleReader(table, new Uint8Array(Buffer.from(found.value.slice(2), 'hex')))
    return reader.read(found.type)
  }
  const version = constant('Version')
  const fields = typeof version === 'object' && version !== null ? version : badMetadata('System.Version')
  const { spec_name, spec_version, transaction_version } = fields as Readonly<Record<string, Value>>
  if (typeof spec_name !== 'string' || typeof spec_version !== 'bigint' || typeof transaction_version !== 'bigint')
    return badMetadata('System.Version')
  if (constant('SS58Prefix') !== PREFIX) badMetadata('another address prefix')
  return { specName: spec_name, specVersion: Number(spec_version), transactionVersion: Number(transaction_version) }
}
