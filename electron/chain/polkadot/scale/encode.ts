import { publicKeyOf } from './address.ts'
import { compactBytes, concat, uintBytes } from './bytes.ts'
import type { TypeTable } from './type-table.ts'

/** Thrown where our own argument does not fit the runtime's type: the runtime is not the one we know. */
export class UnfitArgument extends Error {}
const unfit = (kind: string, value: unknown): never => {
  throw new UnfitArgument(`cannot write ${typeof value} as ${kind}`)
}

/**
 * Encodes an argument by the metadata's type. The mirror image of {@link decode}, for the shapes that arguments have:
 * integers, flags, accounts, bytes, lists, options, tuples.
 */
export function encode(table: TypeTable, type: number, value: unknown): Uint8Array {
  const shape = table.shape(type)
  switch (shape.kind) {
    case 'uint':
      return uintBytes(integer(value), shape.bytes)
    case 'compact':
      return compactBytes(integer(value))
    case 'bool':
      return typeof value === 'boolean' ? Uint8Array.of(value ? 1 : 0) : unfit('bool', value)
    case 'account':
      return typeof value === 'string' ? publicKeyOf(value) : unfit('account', value)
    case 'nothing':
      return new Uint8Array()
    case 'bytes':
      if (!(value instanceof Uint8Array)) return unfit('bytes', value)
      if (shape.length === undefined) return concat(compactBytes(BigInt(value.length)), value)
      return value.length === shape.length ? value : unfit(`${shape.length} bytes`, value)
    case 'list': {
      const items = Array.isArray(value) ? value : unfit('list', value)
      const parts = items.map((item) => encode(table, shape.item, item))
      return shape.length === undefined ? concat(compactBytes(BigInt(items.length)), ...parts) : concat(...parts)
    }
    case 'option':
      return value === undefined ? Uint8Array.of(0) : concat(Uint8Array.of(1), encode(table, shape.item, value))
    case 'tuple': {
      const items = Array.isArray(value) && value.length === shape.items.length ? value : unfit('tuple', value)
      return concat(...shape.items.map((item, index) => encode(table, item, items[index])))
    }
    default:
      return unfit(shape.kind, value)
  }
}

const integer = (value: unknown): bigint =>
  typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value as number) : unfit('integer', value)
