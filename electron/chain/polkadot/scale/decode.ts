import { badAnswer } from '../failure.ts'
import { addressOf } from './address.ts'
import { Cursor } from './cursor.ts'
import type { Field, Shape, TypeTable } from './type-table.ts'

/** An enum value. Unnamed fields: none → `undefined`, one → itself, more → an array. */
export interface Tagged {
  readonly type: string
  readonly value: unknown
}

/** Calls nest; a hostile one must not exhaust the stack. The chain itself refuses more than 8 levels of calls. */
const DEEPEST = 64

/**
 * Decodes one value and insists that nothing is left over: short or padded bytes are refused, never read as zero.
 *
 * Integers up to 32 bits become `number`, wider ones `bigint`; bytes `Uint8Array`; accounts addresses (prefix 42);
 * structs records with the chain's field names; options the value or `undefined`; maps lists of pairs.
 *
 * @errors chain/bad-answer
 */
export function decodeWhole(table: TypeTable, type: number, bytes: Uint8Array, what: string): unknown {
  const cursor = new Cursor(bytes, what)
  const value = decode(table, type, cursor)
  if (cursor.left !== 0) badAnswer(`${what}: ${cursor.left} bytes too many`)
  return value
}

export function decode(table: TypeTable, type: number, cursor: Cursor, depth = 0): unknown {
  if (depth > DEEPEST) badAnswer(`${cursor.what}: nested too deeply`)
  cursor.value()
  const shape = table.shape(type)
  switch (shape.kind) {
    case 'uint':
      return narrow(cursor.uint(shape.bytes), shape.bytes)
    case 'int':
      return narrow(BigInt.asIntN(shape.bytes * 8, cursor.uint(shape.bytes)), shape.bytes)
    case 'compact':
      return compact(table, shape.item, cursor)
    case 'bool':
      return cursor.bool()
    case 'text':
      return new TextDecoder().decode(cursor.take(cursor.length()))
    case 'account':
      return addressOf(cursor.take(32))
    case 'nothing':
      return undefined
    case 'bytes':
      return cursor.take(shape.length ?? cursor.length()).slice()
    case 'list':
      return list(table, shape, cursor, depth)
    case 'option':
      return cursor.bool() ? decode(table, shape.item, cursor, depth + 1) : undefined
    case 'tuple':
      return shape.items.map((item) => decode(table, item, cursor, depth + 1))
    case 'struct':
      return record(table, shape.fields, cursor, depth)
    case 'enum':
      return tagged(table, shape, cursor, depth)
  }
}

const narrow = (value: bigint, bytes: number): number | bigint => (bytes <= 4 ? Number(value) : value)

function compact(table: TypeTable, item: number, cursor: Cursor): unknown {
  const inner = table.shape(item)
  const value = cursor.compact()
  if (inner.kind === 'nothing') return undefined
  if (inner.kind !== 'uint') return badAnswer(`${cursor.what}: compact of ${inner.kind}`)
  if (value >= 1n << BigInt(inner.bytes * 8)) badAnswer(`${cursor.what}: compact integer too large`)
  return narrow(value, inner.bytes)
}

function list(table: TypeTable, shape: Shape & { kind: 'list' }, cursor: Cursor, depth: number): unknown {
  const count = shape.length ?? cursor.length()
  const item = table.shape(shape.item)
  // Not by its length at once: a lying node may say that an array has four thousand million items of nothing.
  const items: unknown[] = []
  for (let i = 0; i < count; i += 1) items.push(decode(table, shape.item, cursor, depth + 1))
  // Subtensor sends names as Vec<Compact<u8>>: text all the same.
  const ofBytes = item.kind === 'compact' && isByte(table.shape(item.item))
  return ofBytes ? Uint8Array.from(items as number[]) : items
}
const isByte = (shape: Shape): boolean => shape.kind === 'uint' && shape.bytes === 1

function record(table: TypeTable, fields: readonly Field[], cursor: Cursor, depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = Object.create(null)
  for (const field of fields) out[field.name ?? ''] = decode(table, field.type, cursor, depth + 1)
  return out
}

function tagged(table: TypeTable, shape: Shape & { kind: 'enum' }, cursor: Cursor, depth: number): Tagged {
  const index = cursor.byte()
  const variant = shape.variants.get(index)
  if (!variant) return badAnswer(`${cursor.what}: ${shape.name} has no variant ${index}`)
  const { fields, name } = variant
  const [first] = fields
  if (!first) return { type: name, value: undefined }
  if (first.name !== undefined) return { type: name, value: record(table, fields, cursor, depth) }
  const values = fields.map((field) => decode(table, field.type, cursor, depth + 1))
  return { type: name, value: values.length === 1 ? values[0] : values }
}
