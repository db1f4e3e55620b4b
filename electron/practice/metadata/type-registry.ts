import type { CompositeShape, EnumShape, FieldShape, Shape } from '../scale/shape.ts'

/** A field as the registry's entries have it. */
export interface RegistryField {
  name: string | undefined
  type: number
  typeName: undefined
  docs: string[]
}

export type RegistryDef =
  | { tag: 'composite'; value: RegistryField[] }
  | { tag: 'variant'; value: { name: string; fields: RegistryField[]; index: number; docs: string[] }[] }
  | { tag: 'sequence'; value: number }
  | { tag: 'array'; value: { len: number; type: number } }
  | { tag: 'tuple'; value: number[] }
  | { tag: 'primitive'; value: { tag: string; value: undefined } }
  | { tag: 'compact'; value: number }

/** One numbered type of the metadata. */
export interface RegistryEntry {
  id: number
  path: string[]
  params: { name: string; type: number | undefined }[]
  def: RegistryDef
  docs: string[]
}

type Draft = Omit<RegistryEntry, 'id'>
type ResolvedShape = Exclude<Shape, { kind: 'late' }>

const resolved = (shape: Shape): ResolvedShape => (shape.kind === 'late' ? resolved(shape.resolve()) : shape)

/**
 * Numbers types for the metadata, each distinct type once.
 *
 * Equal types written down twice (`option(u16)` here and there) get one number, because clients compare by number: two
 * numbers for one type would make, say, two kinds of account of one.
 */
export class TypeRegistry {
  readonly #byShape = new Map<Shape, number>()
  readonly #byContent = new Map<string, number>()
  readonly #drafts: (Draft | undefined)[] = []

  /** The number of a type; types that it contains are numbered with it. */
  idOf(shape: Shape): number {
    const actual = resolved(shape)
    const known = this.#byShape.get(actual)
    if (known !== undefined) return known
    // Reserved before its parts are visited: a type that contains itself meets its own number there.
    const id = this.#drafts.length
    this.#drafts.push(undefined)
    this.#byShape.set(actual, id)
    const entry = this.#draft(actual)
    const content = JSON.stringify(entry)
    const same = this.#byContent.get(content)
    if (same !== undefined) {
      this.#byShape.set(actual, same)
      return same
    }
    this.#byContent.set(content, id)
    this.#drafts[id] = entry
    return id
  }

  /** All types in the order of their numbers, without gaps; `final` turns numbers given so far into the final ones. */
  finish(): { readonly types: RegistryEntry[]; final(id: number): number } {
    const numbers = new Map<number, number>()
    this.#drafts.forEach((draft, id) => {
      if (draft !== undefined) numbers.set(id, numbers.size)
    })
    const final = (id: number): number => {
      const number = numbers.get(id)
      if (number === undefined) throw new RangeError(`type ${id} was merged while something still referred to it`)
      return number
    }
    const types = this.#drafts.flatMap((draft, id) =>
      draft === undefined ? [] : [{ id: final(id), ...renumbered(draft, final) }],
    )
    return { types, final }
  }

  #draft(shape: ResolvedShape): Draft {
    const nameless = (def: RegistryDef) => ({ path: [], params: [], def, docs: [] })
    switch (shape.kind) {
      case 'primitive':
        return nameless({ tag: 'primitive', value: { tag: shape.name, value: undefined } })
      case 'compact':
        return nameless({ tag: 'compact', value: this.idOf(shape.of) })
      case 'sequence':
        return nameless({ tag: 'sequence', value: this.idOf(shape.of) })
      case 'array':
        return nameless({ tag: 'array', value: { len: shape.length, type: this.idOf(shape.of) } })
      case 'tuple':
        return nameless({ tag: 'tuple', value: shape.of.map((part) => this.idOf(part)) })
      case 'composite':
        return { ...this.#head(shape), def: { tag: 'composite', value: this.#fields(shape.fields) }, docs: [] }
      case 'enum':
        return {
          ...this.#head(shape),
          def: {
            tag: 'variant',
            value: shape.variants.map(({ name, index, fields, docs }) => ({
              name,
              fields: this.#fields(fields),
              index,
              docs: [...docs],
            })),
          },
          docs: [],
        }
    }
  }

  #head({ path, parameters }: CompositeShape | EnumShape): Pick<RegistryEntry, 'path' | 'params'> {
    return {
      path: [...path],
      params: parameters.map(({ name, shape }) => ({ name, type: shape === undefined ? undefined : this.idOf(shape) })),
    }
  }

  #fields(fields: readonly FieldShape[]): RegistryField[] {
    return fields.map(({ name, shape }) => ({ name, type: this.idOf(shape), typeName: undefined, docs: [] }))
  }
}

function renumbered(entry: Draft, final: (id: number) => number): Draft {
  const field = (one: RegistryField): RegistryField => ({ ...one, type: final(one.type) })
  const params = entry.params.map(({ name, type }) => ({ name, type: type === undefined ? undefined : final(type) }))
  const { def } = entry
  switch (def.tag) {
    case 'composite':
      return { ...entry, params, def: { tag: 'composite', value: def.value.map(field) } }
    case 'variant':
      return {
        ...entry,
        params,
        def: { tag: 'variant', value: def.value.map((one) => ({ ...one, fields: one.fields.map(field) })) },
      }
    case 'sequence':
    case 'compact':
      return { ...entry, params, def: { tag: def.tag, value: final(def.value) } }
    case 'array':
      return { ...entry, params, def: { tag: 'array', value: { len: def.value.len, type: final(def.value.type) } } }
    case 'tuple':
      return { ...entry, params, def: { tag: 'tuple', value: def.value.map(final) } }
    case 'primitive':
      return { ...entry, params, def }
  }
}
