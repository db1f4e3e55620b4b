import { toHex } from './bytes.ts'

/**
 * Writes a decoded value for a person to check: integers in decimal, accounts as addresses, bytes as hex, nested calls
 * as `Pallet.call(name: value)`. Nothing is shortened.
 */
export function textOf(value: unknown): string {
  if (value === undefined) return 'none'
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return toHex(value)
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  if (isTagged(value)) return taggedText(value)
  return `{${fieldsText(value)}}`
}

interface TaggedValue {
  readonly type: string
  readonly value: unknown
}
// A struct of the chain has no prototype; only our own enum values have one.
const isTagged = (value: object): value is TaggedValue => 'type' in value && Object.getPrototypeOf(value) !== null

const fieldsText = (record: object): string =>
  Object.entries(record)
    .map(([name, inner]) => `${name}: ${textOf(inner)}`)
    .join(', ')

function taggedText({ type, value }: TaggedValue): string {
  if (value === undefined) return type
  // MultiAddress: everybody knows an account by its address alone.
  if (type === 'Id' && typeof value === 'string') return value
  if (typeof value === 'object' && value !== null) {
    // Pallet and call, or pallet and event.
    if (isTagged(value)) return `${type}.${taggedText(value)}`
    if (!Array.isArray(value) && !(value instanceof Uint8Array)) return `${type}(${fieldsText(value)})`
  }
  return `${type}(${textOf(value)})`
}
