import { stringCamelCase } from '@polkadot/util'
import { publicKeyOf } from './address.ts'
import { toHex } from './bytes.ts'
import type { Field, TypeTable, Variant } from './type-table.ts'

/** Thrown where our own argument does not fit the runtime's type: the runtime is not the one we know. */
export class UnfitArgument extends Error {}
const unfit = (kind: string, value: unknown): never => {
  throw new UnfitArgument(`cannot write ${typeof value} as ${kind}`)
}

/** SCALE bytes of an argument, written by the library's type of that id. @errors UnfitArgument, chain/bad-address */
export const encode = (table: TypeTable, type: number, value: unknown): Uint8Array =>
  table.registry.createTypeUnsafe(table.registry.createLookupType(type), [fitted(table, type, value)]).toU8a()

/**
 * The argument as the library takes it, after a look at whether it fits: the library bends what does not (any value
 * becomes a flag, a missing one zero, hex an account). For the shapes that arguments have: integers, flags, accounts,
 * bytes, lists, options, tuples, small structs and choices.
 */
export function fitted(table: TypeTable, type: number, value: unknown): unknown {
  const shape = table.shape(type)
  switch (shape.kind) {
    case 'uint':
      return unsigned(value, shape.bytes)
    case 'compact': {
      const inner = table.shape(shape.item)
      return inner.kind === 'uint' ? unsigned(value, inner.bytes) : unfit('compact', value)
    }
    case 'bool':
      return typeof value === 'boolean' ? value : unfit('bool', value)
    case 'account':
      return typeof value === 'string' ? toHex(publicKeyOf(value)) : unfit('account', value)
    case 'nothing':
      return null
    case 'bytes':
      if (!(value instanceof Uint8Array)) return unfit('bytes', value)
      return value.length === (shape.length ?? value.length) ? toHex(value) : unfit(`${shape.length} bytes`, value)
    case 'list': {
      const items = Array.isArray(value) ? value : unfit('list', value)
      if (items.length !== (shape.length ?? items.length)) return unfit(`${shape.length} items`, value)
      return items.map((item) => fitted(table, shape.item, item))
    }
    case 'option':
      return value === undefined ? null : fitted(table, shape.item, value)
    case 'tuple': {
      const items = Array.isArray(value) && value.length === shape.items.length ? value : unfit('tuple', value)
      return shape.items.map((item, index) => fitted(table, item, items[index]))
    }
    case 'struct':
      return fittedRecord(table, shape.fields, value)
    case 'enum':
      return fittedVariant(table, [...shape.variants.values()], value)
    default:
      return unfit(shape.kind, value)
  }
}

/** `{ type, value }`, of a variant with at most one field: what addresses and small choices are. */
function fittedVariant(table: TypeTable, variants: readonly Variant[], value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return unfit('enum', value)
  const variant = variants.find(({ name }) => name === value.type)
  if (!variant || variant.fields.length > 1) return unfit(`enum ${String(value.type)}`, value)
  const [field] = variant.fields
  return { [variant.name]: field && 'value' in value ? fitted(table, field.type, value.value) : null }
}

/** A plain object with exactly the fields that the chain names. */
function fittedRecord(table: TypeTable, fields: readonly Field[], value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return unfit('struct', value)
  const record = value as Readonly<Record<string, unknown>>
  if (Object.keys(record).length !== fields.length) return unfit('struct', value)
  return Object.fromEntries(
    fields.map(({ name = '', type }) => {
      if (!Object.hasOwn(record, name)) return unfit(`struct without ${name}`, value)
      // The library spells a struct's fields as JavaScript would.
      return [stringCamelCase(name), fitted(table, type, record[name])]
    }),
  )
}

function unsigned(value: unknown, bytes: number): bigint {
  const integer =
    typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value as number) : unfit('integer', value)
  return integer >= 0n && integer < 1n << BigInt(bytes * 8) ? integer : unfit(`u${bytes * 8}`, value)
}
