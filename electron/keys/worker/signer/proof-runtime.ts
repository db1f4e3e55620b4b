import { blake3 } from '@noble/hashes/blake3.js'
import { ScaleReader } from './scale-read.ts'
import type { ExtensionDef, SigningRuntime } from './signing-runtime.ts'
import type { FieldDef, TypeDef, TypeTable, Value, VariantDef } from './type-def.ts'
import { badMetadata, Unreadable } from './unreadable.ts'

// A metadata proof (RFC-78) as a runtime: the few types that one payload needs, each proved to belong to the digest.

/** Number of each type in the table by which a proof itself is read. */
const T = {
  u8: 0,
  u16: 1,
  u32: 2,
  text: 3,
  compact: 4,
  maybeText: 5,
  ref: 6,
  field: 7,
  fields: 8,
  refs: 9,
  def: 10,
  texts: 11,
  leaf: 12,
  hash: 13,
  extension: 14,
  extensions: 15,
  extrinsic: 16,
  info: 17,
  flag: 18,
} as const

const int = (bytes: number): TypeDef => ({ kind: 'int', bytes, signed: false })
const record = (fields: Readonly<Record<string, number>>): TypeDef => ({ kind: 'composite', fields: named(fields) })
const named = (fields: Readonly<Record<string, number>>): readonly FieldDef[] =>
  Object.entries(fields).map(([name, type]) => ({ name, type }))
const choice = (variants: readonly (readonly [name: string, fields: readonly FieldDef[]])[]): TypeDef => ({
  kind: 'variant',
  variants: new Map(variants.map(([name, fields], index) => [index, { name, index, fields }])),
})
const one = (type: number): readonly FieldDef[] => [{ name: '', type }]

const PRIMITIVES = ['bool', 'char', 'str', 'u8', 'u16', 'u32', 'u64', 'u128', 'u256'] as const
const SIGNED = ['i8', 'i16', 'i32', 'i64', 'i128', 'i256'] as const
const COMPACTS = ['compactU8', 'compactU16', 'compactU32', 'compactU64', 'compactU128', 'compactU256'] as const
const PLAIN = [...PRIMITIVES, ...SIGNED, ...COMPACTS, 'void'] as const

/** @source RFC-78, chapters "TypeRef", "Type", "ExtrinsicMetadata" */
const PROOF_TYPES: TypeTable = {
  callType: -1,
  types: [
    int(1),
    int(2),
    int(4),
    { kind: 'text' },
    { kind: 'compact', of: T.u32 },
    { kind: 'option', of: T.text },
    choice([...PLAIN.map((name) => [name, []] as const), ['byId', one(T.compact)]]),
    record({ name: T.maybeText, ty: T.ref, typeName: T.maybeText }),
    { kind: 'sequence', of: T.field },
    { kind: 'sequence', of: T.ref },
    choice([
      ['composite', one(T.fields)],
      ['enumeration', named({ name: T.text, fields: T.fields, index: T.compact })],
      ['sequence', one(T.ref)],
      ['array', named({ length: T.u32, of: T.ref })],
      ['tuple', one(T.refs)],
      ['bits', named({ bytes: T.u8, lowFirst: T.flag })],
    ]),
    { kind: 'sequence', of: T.text },
    record({ path: T.texts, def: T.def, id: T.compact }),
    { kind: 'array', of: T.u8, length: 32 },
    record({ identifier: T.text, extra: T.ref, additional: T.ref }),
    { kind: 'sequence', of: T.extension },
    record({ version: T.u8, address: T.ref, call: T.ref, signature: T.ref, extensions: T.extensions }),
    record({ specVersion: T.u32, specName: T.text, prefix: T.u16, decimals: T.u8, symbol: T.text }),
    { kind: 'bool' },
  ],
}

const MOST_LEAVES = 2_048
const MOST_TYPE_ID = 8_192
/** A tree of more leaves than any runtime has types. */
const DEEPEST = 20

type Fields = Readonly<Record<string, Value>>
const fieldsOf = (value: Value): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : badMetadata('proof')
const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? value : badMetadata('proof'))
const textOf = (value: Value): string => (typeof value === 'string' ? value : badMetadata('proof'))
const numberOf = (value: Value): number => (typeof value === 'bigint' ? Number(value) : badMetadata('proof'))

interface Leaf {
  readonly id: number
  readonly path: readonly string[]
  readonly def: Fields
}

/**
 * Reads a proof and computes the one digest that it can belong to. Whether the chain agrees is for the payload: it has to
 * carry the same digest, and the chain refuses it when its own metadata differs.
 * @param served a proof and nothing else
 * @throws Unreadable
 * @source RFC-78; the order of leaves and nodes as in `@polkadot-api/merkleize-metadata` `proof.ts`
 */
export function readProof(served: Uint8Array): SigningRuntime {
  const reader = new ScaleReader(PROOF_TYPES, served)
  try {
    const leaves: { readonly value: Leaf; readonly hash: Uint8Array }[] = []
    for (let left = count(reader); left > 0; left -= 1) {
      const from = reader.at
      const value = leafOf(reader.read(T.leaf))
      leaves.push({ value, hash: blake3(reader.slice(from)) })
    }
    const places = Array.from({ length: count(reader) }, () => numberOf(reader.read(T.u32)))
    const nodes = Array.from({ length: count(reader) }, () => hashBytes(reader.read(T.hash)))
    const root = rootOf(
      places,
      leaves.map(({ hash }) => hash),
      nodes,
    )
    const from = reader.at
    const extrinsic = fieldsOf(reader.read(T.extrinsic))
    const extrinsicHash = blake3(reader.slice(from))
    const infoFrom = reader.at
    const info = fieldsOf(reader.read(T.info))
    const infoBytes = reader.slice(infoFrom)
    if (reader.left !== 0) badMetadata('proof: bytes too many')
    // `MetadataDigest::V1`
    const digest = blake3(Buffer.concat([Uint8Array.of(1), root, extrinsicHash, infoBytes]))
    return runtimeOf({ leaves: leaves.map(({ value }) => value), extrinsic, info, digest })
  } catch (cause) {
    if (cause instanceof Unreadable) return badMetadata(`proof: ${cause.message}`)
    throw cause
  }
}

function count(reader: ScaleReader): number {
  const length = numberOf(reader.read(T.compact))
  return length <= MOST_LEAVES ? length : badMetadata('proof: too many parts')
}

const hashBytes = (value: Value): Uint8Array => new Uint8Array(Buffer.from(textOf(value).slice(2), 'hex'))

function leafOf(value: Value): Leaf {
  const { path, def, id } = fieldsOf(value)
  const number = numberOf(id)
  if (number >= MOST_TYPE_ID) badMetadata('proof: a type number that is too large')
  return { id: number, path: listOf(path).map(textOf), def: fieldsOf(def) }
}

/** Hashes upwards from the leaves; each node that is not on a way to one is given by its hash, from left to right. */
function rootOf(places: readonly number[], hashes: readonly Uint8Array[], nodes: readonly Uint8Array[]): Uint8Array {
  const leaves = new Map(places.map((place, at) => [place, hashes[at]]))
  if (leaves.size !== places.length || places.length !== hashes.length) badMetadata('proof: places of leaves')
  const above = new Set<number>()
  for (const place of places) for (let at = place; at > 0; at = (at - 1) >> 1) above.add((at - 1) >> 1)
  if (places.some((place) => above.has(place))) badMetadata('proof: a leaf above a leaf')
  let next = 0
  let found = 0
  const hashOf = (at: number, depth: number): Uint8Array => {
    if (depth > DEEPEST) badMetadata('proof: too deep')
    const leaf = leaves.get(at)
    if (leaf) {
      found += 1
      return leaf
    }
    if (!above.has(at)) return nodes[next++] ?? badMetadata('proof: nodes missing')
    return blake3(Buffer.concat([hashOf(2 * at + 1, depth + 1), hashOf(2 * at + 2, depth + 1)]))
  }
  const root = hashOf(0, 0)
  if (next !== nodes.length || found !== leaves.size) badMetadata('proof: nodes too many')
  return root
}

interface Parts {
  readonly leaves: readonly Leaf[]
  readonly extrinsic: Fields
  readonly info: Fields
  readonly digest: Uint8Array
}

function runtimeOf({ leaves, extrinsic, info, digest }: Parts): SigningRuntime {
  // The chain's own: 9 decimals of TAO, addresses that begin with 5. Another one would show other amounts.
  if (info['decimals'] !== 9n || info['symbol'] !== 'TAO' || info['prefix'] !== 42n) badMetadata('proof: another token')
  if (extrinsic['version'] !== 4n) badMetadata('no extrinsics of version 4')
  const types = new ProvedTypes(leaves)
  const extensions: readonly ExtensionDef[] = listOf(extrinsic['extensions']).map((entry) => {
    const { identifier, extra, additional } = fieldsOf(entry)
    return { identifier: textOf(identifier), extra: types.ref(extra), additional: types.ref(additional) }
  })
  if (!extensions.some(({ identifier }) => identifier === 'CheckMetadataHash')) badMetadata('proof: of no use here')
  return {
    types: types.all,
    callType: types.ref(extrinsic['call']),
    specName: textOf(info['specName']),
    specVersion: numberOf(info['specVersion']),
    transactionVersion: 0,
    partial: true,
    extensions,
    digest: `0x${Buffer.from(digest).toString('hex')}`,
  }
}

/** Types by the proof's own numbers; those without a number are put behind them. */
class ProvedTypes {
  readonly #types: TypeDef[]
  readonly #plain = new Map<string, number>()

  constructor(leaves: readonly Leaf[]) {
    const most = Math.max(-1, ...leaves.map(({ id }) => id))
    // What the proof leaves out can be named, but not read.
    this.#types = Array.from({ length: most + 1 }, () => ({ kind: 'unsupported' }))
    const byId = new Map<number, Leaf[]>()
    for (const leaf of leaves) byId.set(leaf.id, [...(byId.get(leaf.id) ?? []), leaf])
    for (const [id, parts] of byId) this.#types[id] = this.#defOf(parts)
  }

  get all(): readonly TypeDef[] {
    return this.#types
  }

  ref(value: Value): number {
    const { tag, value: id } = fieldsOf(value)
    if (tag === 'byId') {
      const number = numberOf(id)
      return number < MOST_TYPE_ID ? number : badMetadata('proof: a type number that is too large')
    }
    return this.#plainType(textOf(tag))
  }

  #plainType(name: string): number {
    const known = this.#plain.get(name)
    if (known !== undefined) return known
    const inner = /^compactU(\d+)$/.exec(name)
    const def: TypeDef = inner ? { kind: 'compact', of: this.#plainType(`u${inner[1]}`) } : plainDef(name)
    // Far behind all that a proof can number.
    const number = MOST_TYPE_ID + this.#plain.size
    while (this.#types.length < number) this.#types.push({ kind: 'unsupported' })
    this.#types[number] = def
    this.#plain.set(name, number)
    return number
  }

  #defOf(parts: readonly Leaf[]): TypeDef {
    const [first] = parts
    if (!first) return badMetadata('proof')
    const { tag, value } = first.def
    if (tag === 'enumeration') return this.#enumeration(parts, first.path)
    if (parts.length > 1) return badMetadata('proof: two types of one number')
    switch (tag) {
      case 'composite':
        return { kind: 'composite', fields: this.#fields(value) }
      case 'sequence':
        return { kind: 'sequence', of: this.ref(value) }
      case 'array': {
        const { length, of } = fieldsOf(value)
        return { kind: 'array', of: this.ref(of), length: numberOf(length) }
      }
      case 'tuple':
        return { kind: 'composite', fields: listOf(value).map((type) => ({ name: '', type: this.ref(type) })) }
      default:
        return { kind: 'unsupported' }
    }
  }

  #enumeration(parts: readonly Leaf[], path: readonly string[]): TypeDef {
    const variants = parts.map(({ def }): VariantDef => {
      const { name, fields, index } = def['tag'] === 'enumeration' ? fieldsOf(def['value']) : badMetadata('proof')
      return { name: textOf(name), index: numberOf(index), fields: this.#fields(fields) }
    })
    const byIndex = new Map(variants.map((variant) => [variant.index, variant]))
    if (byIndex.size !== variants.length || new Set(variants.map(({ name }) => name)).size !== variants.length)
      badMetadata('proof: two variants alike')
    if (path.join('::') !== 'Option') return { kind: 'variant', variants: byIndex }
    const some = byIndex.get(1)?.fields[0]?.type
    return { kind: 'option', of: some ?? this.#plainType('left out') }
  }

  #fields(value: Value): readonly FieldDef[] {
    const fields = listOf(value).map((entry) => {
      const { name, ty } = fieldsOf(entry)
      return { name: name === undefined ? '' : textOf(name), type: this.ref(ty) }
    })
    const names = new Set(fields.map(({ name }) => name))
    if (names.size !== fields.length && !(names.size === 1 && names.has(''))) badMetadata('two fields of one name')
    return fields
  }
}

function plainDef(name: string): TypeDef {
  const number = /^([ui])(\d+)$/.exec(name)
  if (number) return { kind: 'int', bytes: Number(number[2]) / 8, signed: number[1] === 'i' }
  if (name === 'bool') return { kind: 'bool' }
  if (name === 'str') return { kind: 'text' }
  return name === 'void' ? { kind: 'composite', fields: [] } : { kind: 'unsupported' }
}
