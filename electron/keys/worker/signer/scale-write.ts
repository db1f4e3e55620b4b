import type { FieldDef, TypeDef, TypeTable, Value } from './type-def.ts'
import { isCallValue } from './type-def.ts'
import { badMetadata, badPayload } from './unreadable.ts'

const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), 'hex'))

export const littleEndian = (value: bigint, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))

/** SCALE compact in its shortest form. @source parity-scale-codec `compact.rs` */
export function compactBytes(value: bigint): Uint8Array {
  if (value < 1n << 6n) return littleEndian(value << 2n, 1)
  if (value < 1n << 14n) return littleEndian((value << 2n) | 1n, 2)
  if (value < 1n << 30n) return littleEndian((value << 2n) | 2n, 4)
  const length = Math.max(4, Math.ceil(value.toString(16).length / 2))
  return Uint8Array.from([((length - 4) << 2) | 3, ...littleEndian(value, length)])
}

/**
 * The way back from values to bytes, written apart from the reader: what was read must give the same bytes again, or the
 * reader overlooked something.
 * @throws Unreadable
 */
export function scaleBytes(table: TypeTable, type: number, value: Value): Uint8Array {
  const parts: Uint8Array[] = []
  new ScaleWriter(table, parts).write(type, value)
  return new Uint8Array(Buffer.concat(parts))
}

class ScaleWriter {
  readonly #table: TypeTable
  readonly #parts: Uint8Array[]

  constructor(table: TypeTable, parts: Uint8Array[]) {
    this.#table = table
    this.#parts = parts
  }

  write(type: number, value: Value): void {
    const def = this.#table.types[type] ?? badMetadata(`no type ${type}`)
    if (type === this.#table.callType) this.#call(value)
    else this.#writeDef(def, value)
  }

  #call(value: Value): void {
    if (!isCallValue(value)) return badPayload('no call')
    const dot = value.call.indexOf('.')
    const pallet = this.#named(this.#table.callType, value.call.slice(0, dot))
    const inner = pallet.fields[0] ?? badMetadata(`${pallet.name}: no calls`)
    const variant = this.#named(inner.type, value.call.slice(dot + 1))
    this.#parts.push(Uint8Array.of(pallet.index, variant.index))
    this.#record(variant.fields, value.args)
  }

  #named(type: number, name: string) {
    const def = this.#table.types[type]
    const found = def?.kind === 'variant' ? [...def.variants.values()].find((v) => v.name === name) : undefined
    return found ?? badMetadata(`no ${name}`)
  }

  #writeDef(def: TypeDef, value: Value): void {
    switch (def.kind) {
      case 'int':
        return this.#push(littleEndian(BigInt.asUintN(def.bytes * 8, integer(value)), def.bytes))
      case 'bool':
        return this.#push(Uint8Array.of(value === true ? 1 : 0))
      case 'text': {
        const text = new TextEncoder().encode(String(value))
        this.#push(compactBytes(BigInt(text.length)))
        return this.#push(text)
      }
      case 'compact':
        return value === null ? undefined : this.#push(compactBytes(integer(value)))
      case 'sequence':
        return this.#list(def.of, value, true)
      case 'array':
        return this.#list(def.of, value, false)
      case 'composite':
        return this.#fields(def.fields, value)
      case 'option':
        this.#push(Uint8Array.of(value === undefined ? 0 : 1))
        return value === undefined ? undefined : this.write(def.of, value)
      case 'variant':
        return this.#variant(def, value)
      case 'unsupported':
        return badPayload('a type that is never signed')
    }
  }

  #variant(def: Extract<TypeDef, { kind: 'variant' }>, value: Value): void {
    const { tag, value: inner } = record(value)
    const variant = [...def.variants.values()].find(({ name }) => name === tag) ?? badPayload('no such variant')
    this.#push(Uint8Array.of(variant.index))
    if (variant.fields[0] && variant.fields[0].name !== '') this.#record(variant.fields, record(inner))
    else this.#fields(variant.fields, inner)
  }

  #fields(fields: readonly FieldDef[], value: Value): void {
    const [first, second] = fields
    if (!first) return
    if (!second) return this.write(first.type, value)
    if (first.name !== '') return this.#record(fields, record(value))
    const items: readonly Value[] = Array.isArray(value) ? value : badPayload('no list')
    for (const [i, { type }] of fields.entries()) this.write(type, items[i])
  }

  #record(fields: readonly FieldDef[], values: Readonly<Record<string, Value>>): void {
    for (const { name, type } of fields) this.write(type, values[name])
  }

  #list(of: number, value: Value, counted: boolean): void {
    if (typeof value === 'string') {
      const bytes = fromHex(value)
      if (counted) this.#push(compactBytes(BigInt(bytes.length)))
      return this.#push(bytes)
    }
    const items: readonly Value[] = Array.isArray(value) ? value : badPayload('no list')
    if (counted) this.#push(compactBytes(BigInt(items.length)))
    for (const item of items) this.write(of, item)
  }

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes)
  }
}

const integer = (value: Value): bigint => (typeof value === 'bigint' ? value : badPayload('no integer'))
const record = (value: Value): Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Value>>)
    : badPayload('no record')
