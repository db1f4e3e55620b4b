import type { CallValue, FieldDef, TypeDef, TypeTable, Value } from './type-def.ts'
import { badMetadata, badPayload } from './unreadable.ts'

/** Values in one payload. A batch of hundreds of calls has some ten thousand; more is an attempt to keep us busy. */
const MOST_VALUES = 65_536
/** Types within types. Subtensor's deepest argument is below 12 for each call that it is nested in. */
const DEEPEST_TYPE = 96
/** Calls within calls. @source subtensor: nested calls are refused from depth 8 on */
const DEEPEST_CALL = 8

const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads values strictly by the type table: a compact in its shortest form only, flags 0 or 1, no index without a variant,
 * and never more work than the payload is worth, whatever the metadata says.
 */
export class ScaleReader {
  readonly #table: TypeTable
  readonly #bytes: Uint8Array
  #at = 0
  #values = 0
  #types = 0
  #calls = 0

  constructor(table: TypeTable, bytes: Uint8Array) {
    this.#table = table
    this.#bytes = bytes
  }

  get at(): number {
    return this.#at
  }
  get left(): number {
    return this.#bytes.length - this.#at
  }
  slice(from: number): Uint8Array {
    return this.#bytes.subarray(from, this.#at)
  }

  /** @throws Unreadable */
  read(type: number): Value {
    this.#values += 1
    if (this.#values > MOST_VALUES) badPayload('too many values')
    const def = this.#table.types[type] ?? badMetadata(`no type ${type}`)
    if (type === this.#table.callType) return this.call()
    this.#types += 1
    if (this.#types > DEEPEST_TYPE) badPayload('nested too deeply')
    const value = this.#readDef(def)
    this.#types -= 1
    return value
  }

  call(): CallValue {
    this.#calls += 1
    if (this.#calls > DEEPEST_CALL) badPayload('calls nested too deeply')
    const outer = this.#variants(this.#table.callType)
    const pallet = outer.get(this.#byte()) ?? badPayload('no such pallet')
    const inner = pallet.fields.length === 1 ? pallet.fields[0] : undefined
    const calls = this.#variants((inner ?? badMetadata(`${pallet.name}: no calls`)).type)
    const variant = calls.get(this.#byte()) ?? badPayload(`no such call in ${pallet.name}`)
    const args = this.#record(variant.fields)
    this.#calls -= 1
    return { call: `${pallet.name}.${variant.name}`, args }
  }

  #variants(type: number) {
    const def = this.#table.types[type]
    return def?.kind === 'variant' ? def.variants : badMetadata(`type ${type} is no list of calls`)
  }

  #readDef(def: TypeDef): Value {
    switch (def.kind) {
      case 'int':
        return this.#int(def.bytes, def.signed)
      case 'bool':
        return this.#flag('bool')
      case 'text':
        return this.#text()
      case 'compact':
        return this.#compactOf(def.of)
      case 'sequence':
        return this.#list(def.of, this.#length())
      case 'array':
        return this.#list(def.of, def.length)
      case 'composite':
        return this.#fields(def.fields)
      case 'option':
        return this.#flag('option') ? this.read(def.of) : undefined
      case 'variant': {
        const variant = def.variants.get(this.#byte()) ?? badPayload('no such variant')
        return { tag: variant.name, value: this.#variantFields(variant.fields) }
      }
      case 'unsupported':
        return badPayload('a type that is never signed')
    }
  }

  #byte(): number {
    return this.#take(1)[0] ?? 0
  }
  #take(length: number): Uint8Array {
    if (length > this.left) badPayload('ends early')
    const taken = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return taken
  }

  #int(bytes: number, signed: boolean): bigint {
    const value = this.#take(bytes).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    return signed ? BigInt.asIntN(bytes * 8, value) : value
  }

  #flag(what: string): boolean {
    const byte = this.#byte()
    return byte === 1 || (byte === 0 ? false : badPayload(`${what} is ${byte}`))
  }

  /** Shortest form only, so that a value has one spelling. @source parity-scale-codec `compact.rs` */
  #compact(): bigint {
    const first = this.#byte()
    const mode = first & 3
    if (mode === 0) return BigInt(first >> 2)
    if (mode === 3) {
      const length = (first >> 2) + 4
      const value = this.#int(length, false)
      const least = length === 4 ? 1n << 30n : 1n << BigInt(8 * (length - 1))
      return value < least ? badPayload('compact in a long form') : value
    }
    const length = mode === 1 ? 2 : 4
    const value = (this.#int(length - 1, false) << 6n) | BigInt(first >> 2)
    return value < (mode === 1 ? 1n << 6n : 1n << 14n) ? badPayload('compact in a long form') : value
  }

  #length(): number {
    const length = this.#compact()
    return length > BigInt(this.left) ? badPayload('ends early') : Number(length)
  }

  #compactOf(type: number): Value {
    const bits = this.#unsignedBits(type, 0)
    if (bits === 0) return null
    const value = this.#compact()
    return value >> BigInt(bits) === 0n ? value : badPayload('compact too large')
  }

  /** A compact holds an unsigned integer, perhaps in newtypes, or nothing. */
  #unsignedBits(type: number, depth: number): number {
    const def = this.#table.types[type]
    if (def?.kind === 'int' && !def.signed) return def.bytes * 8
    if (def?.kind !== 'composite' || def.fields.length > 1 || depth > DEEPEST_TYPE)
      return badMetadata('compact of what')
    const inner = def.fields[0]
    return inner ? this.#unsignedBits(inner.type, depth + 1) : 0
  }

  #text(): string {
    try {
      return utf8.decode(this.#take(this.#length()))
    } catch {
      return badPayload('text that is no UTF-8')
    }
  }

  #list(of: number, length: number): Value {
    const def = this.#table.types[of]
    if (def?.kind === 'int' && def.bytes === 1 && !def.signed) return hexOf(this.#take(length))
    if (length > MOST_VALUES) badPayload('too many values')
    const items: Value[] = []
    for (let i = 0; i < length; i += 1) items.push(this.read(of))
    return items
  }

  #fields(fields: readonly FieldDef[]): Value {
    const [first, second] = fields
    if (!first) return null
    if (!second) return this.read(first.type)
    return first.name === '' ? fields.map(({ type }) => this.read(type)) : this.#record(fields)
  }

  #variantFields(fields: readonly FieldDef[]): Value {
    return fields[0] && fields[0].name !== '' ? this.#record(fields) : this.#fields(fields)
  }

  #record(fields: readonly FieldDef[]): Readonly<Record<string, Value>> {
    return Object.fromEntries(fields.map(({ name, type }) => [name, this.read(type)]))
  }
}
