import type { PortableRegistry } from '@polkadot/types'
import type { SiField, SiType } from '@polkadot/types/interfaces'
import { badAnswer } from '../failure.ts'

/** What a type id of the metadata means, reduced to what decoding needs. Items stay ids: types may be recursive. */
export type Shape =
  | { readonly kind: 'uint' | 'int'; readonly bytes: number }
  | { readonly kind: 'bool' | 'text' | 'account' | 'nothing' }
  | { readonly kind: 'compact'; readonly item: number }
  | { readonly kind: 'bytes'; readonly length?: number }
  | { readonly kind: 'list'; readonly item: number; readonly length?: number }
  | { readonly kind: 'option'; readonly item: number }
  | { readonly kind: 'tuple'; readonly items: readonly number[] }
  | { readonly kind: 'struct'; readonly fields: readonly Field[] }
  | { readonly kind: 'enum'; readonly name: string; readonly variants: ReadonlyMap<number, Variant> }

export interface Field {
  readonly name: string | undefined
  readonly type: number
  /** As the chain's source spells it: `TaoBalance`. The only trace of a unit in the metadata. */
  readonly typeName: string
}
export interface Variant {
  readonly name: string
  readonly index: number
  readonly fields: readonly Field[]
  readonly docs: readonly string[]
}

/** The metadata's type table, as the library's portable registry holds it. */
export class TypeTable {
  readonly registry: PortableRegistry['registry']
  readonly #types: PortableRegistry['types']
  readonly #shapes = new Map<number, Shape>()

  constructor({ types, registry }: PortableRegistry) {
    this.#types = types
    this.registry = registry
  }

  path(id: number): string {
    return this.#path(id).join('::')
  }

  /** A name for people: the last part of the type's path, else what it is made of. */
  describe(id: number): string {
    const name = this.#path(id).at(-1)
    if (name !== undefined) return name
    const shape = this.shape(id)
    switch (shape.kind) {
      case 'uint':
        return `u${shape.bytes * 8}`
      case 'int':
        return `i${shape.bytes * 8}`
      case 'compact':
        return `Compact<${this.describe(shape.item)}>`
      case 'list':
        return `Vec<${this.describe(shape.item)}>`
      default:
        return shape.kind
    }
  }

  shape(id: number): Shape {
    const known = this.#shapes.get(id)
    if (known) return known
    const shape = this.#read(this.#type(id) ?? badAnswer(`metadata names no type ${id}`))
    this.#shapes.set(id, shape)
    return shape
  }

  variants(id: number): ReadonlyMap<number, Variant> {
    const shape = this.shape(id)
    return shape.kind === 'enum' ? shape.variants : badAnswer(`type ${id} is no enum`)
  }

  /** Ids are positions, in every metadata of versions 14 to 16; that is checked, not believed. */
  #type(id: number): SiType | undefined {
    const entry = this.#types[id]
    return entry?.id.toNumber() === id ? entry.type : undefined
  }
  #path(id: number): readonly string[] {
    return this.#type(id)?.path.map(String) ?? []
  }

  #read({ path, def }: SiType): Shape {
    const last = path.at(-1)?.toString() ?? ''
    switch (def.type) {
      case 'Composite':
        return this.#composite(last, def.asComposite.fields)
      case 'Variant':
        return variantOf(path.join() === 'Option', last, def)
      case 'Sequence': {
        const item = def.asSequence.type.toNumber()
        return this.#isByte(item) ? { kind: 'bytes' } : { kind: 'list', item }
      }
      case 'Array': {
        const [item, length] = [def.asArray.type.toNumber(), def.asArray.len.toNumber()]
        return this.#isByte(item) ? { kind: 'bytes', length } : { kind: 'list', item, length }
      }
      case 'Tuple':
        return def.asTuple.length === 0
          ? { kind: 'nothing' }
          : { kind: 'tuple', items: def.asTuple.map((item) => item.toNumber()) }
      case 'Compact':
        return { kind: 'compact', item: def.asCompact.type.toNumber() }
      case 'Primitive':
        return primitive(def.asPrimitive.type.toLowerCase())
      default:
        return badAnswer(`metadata type ${last} is a ${def.type}`)
    }
  }

  /** A newtype is what it wraps: since 2026 `NetUid` and the balances are newtypes, before they were plain integers. */
  #composite(name: string, wrapped: readonly SiField[]): Shape {
    if (name === 'AccountId32') return { kind: 'account' }
    const fields = wrapped.map(fieldOf)
    const [first] = fields
    if (!first) return { kind: 'nothing' }
    if (fields.length === 1 && first.name === undefined) return this.shape(first.type)
    if (first.name === undefined) return { kind: 'tuple', items: fields.map((field) => field.type) }
    return { kind: 'struct', fields }
  }

  #isByte(id: number): boolean {
    const def = this.#type(id)?.def
    return def?.isPrimitive === true && def.asPrimitive.isU8
  }
}

function variantOf(isOption: boolean, name: string, def: SiType['def']): Shape {
  const variants = def.asVariant.variants.map((variant) => ({
    name: variant.name.toString(),
    index: variant.index.toNumber(),
    fields: variant.fields.map(fieldOf),
    docs: variant.docs.map(String),
  }))
  const some = variants.find((variant) => variant.name === 'Some')?.fields[0]
  if (isOption && some) return { kind: 'option', item: some.type }
  return { kind: 'enum', name, variants: new Map(variants.map((variant) => [variant.index, variant])) }
}

const fieldOf = ({ name, type, typeName }: SiField): Field => ({
  name: name.unwrapOr(undefined)?.toString(),
  type: type.toNumber(),
  typeName: typeName.unwrapOr(undefined)?.toString() ?? '',
})

function primitive(tag: string): Shape {
  if (tag === 'bool') return { kind: 'bool' }
  if (tag === 'str') return { kind: 'text' }
  const match = /^([ui])(\d+)$/.exec(tag)
  if (!match) return badAnswer(`metadata type ${tag}`)
  return { kind: match[1] === 'u' ? 'uint' : 'int', bytes: Number(match[2]) / 8 }
}
