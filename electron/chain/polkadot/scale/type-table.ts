import type { UnifiedMetadata } from '@polkadot-api/substrate-bindings'
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

type Entry = UnifiedMetadata['lookup'][number]
type Definition<Tag extends Entry['def']['tag']> = Extract<Entry['def'], { tag: Tag }>['value']

/** The metadata's type table. */
export class TypeTable {
  readonly #entries = new Map<number, Entry>()
  readonly #shapes = new Map<number, Shape>()

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) this.#entries.set(entry.id, entry)
  }

  path(id: number): string {
    return this.#entries.get(id)?.path.join('::') ?? ''
  }

  /** A name for people: the last part of the type's path, else what it is made of. */
  describe(id: number): string {
    const name = this.#entries.get(id)?.path.at(-1)
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
    const entry = this.#entries.get(id)
    if (!entry) return badAnswer(`metadata names no type ${id}`)
    const shape = this.#read(entry)
    this.#shapes.set(id, shape)
    return shape
  }

  variants(id: number): ReadonlyMap<number, Variant> {
    const shape = this.shape(id)
    return shape.kind === 'enum' ? shape.variants : badAnswer(`type ${id} is no enum`)
  }

  #read(entry: Entry): Shape {
    const { def } = entry
    switch (def.tag) {
      case 'composite':
        return this.#composite(entry, def.value)
      case 'variant':
        return this.#variant(entry, def.value)
      case 'sequence':
        return this.#isByte(def.value) ? { kind: 'bytes' } : { kind: 'list', item: def.value }
      case 'array':
        return this.#isByte(def.value.type)
          ? { kind: 'bytes', length: def.value.len }
          : { kind: 'list', item: def.value.type, length: def.value.len }
      case 'tuple':
        return def.value.length === 0 ? { kind: 'nothing' } : { kind: 'tuple', items: def.value }
      case 'compact':
        return { kind: 'compact', item: def.value }
      case 'primitive':
        return primitive(def.value.tag)
      case 'bitSequence':
        return badAnswer(`metadata type ${entry.id} is a bit sequence`)
    }
  }

  /** A newtype is what it wraps: since 2026 `NetUid` and the balances are newtypes, before they were plain integers. */
  #composite(entry: Entry, fields: Definition<'composite'>): Shape {
    if (entry.path.at(-1) === 'AccountId32') return { kind: 'account' }
    const [first] = fields
    if (!first) return { kind: 'nothing' }
    if (fields.length === 1 && first.name === undefined) return this.shape(first.type)
    if (first.name === undefined) return { kind: 'tuple', items: fields.map((field) => field.type) }
    return { kind: 'struct', fields: fields.map(fieldOf) }
  }

  #variant(entry: Entry, variants: Definition<'variant'>): Shape {
    const some = variants.find((variant) => variant.name === 'Some')?.fields[0]
    if (entry.path.join() === 'Option' && some) return { kind: 'option', item: some.type }
    return {
      kind: 'enum',
      name: entry.path.at(-1) ?? '',
      variants: new Map(variants.map((v) => [v.index, { ...v, fields: v.fields.map(fieldOf) }])),
    }
  }

  #isByte(id: number): boolean {
    const def = this.#entries.get(id)?.def
    return def?.tag === 'primitive' && def.value.tag === 'u8'
  }
}

const fieldOf = (field: { name?: string | undefined; type: number; typeName?: string | undefined }): Field => ({
  name: field.name,
  type: field.type,
  typeName: field.typeName ?? '',
})

function primitive(tag: string): Shape {
  if (tag === 'bool') return { kind: 'bool' }
  if (tag === 'str') return { kind: 'text' }
  const match = /^([ui])(\d+)$/.exec(tag)
  if (!match) return badAnswer(`metadata type ${tag}`)
  return { kind: match[1] === 'u' ? 'uint' : 'int', bytes: Number(match[2]) / 8 }
}
