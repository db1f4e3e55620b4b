/** A field of a composite or a variant; `name` is empty where the chain gives none. */
export interface FieldDef {
  readonly name: string
  readonly type: number
}
export interface VariantDef {
  readonly name: string
  readonly index: number
  readonly fields: readonly FieldDef[]
}

/** One entry of the type table, without the words that only people read. */
export type TypeDef =
  | { readonly kind: 'int'; readonly bytes: number; readonly signed: boolean }
  | { readonly kind: 'bool' | 'text' | 'unsupported' }
  | { readonly kind: 'compact' | 'sequence'; readonly of: number }
  | { readonly kind: 'array'; readonly of: number; readonly length: number }
  /** Structs and tuples alike. */
  | { readonly kind: 'composite'; readonly fields: readonly FieldDef[] }
  | { readonly kind: 'option'; readonly of: number }
  | { readonly kind: 'variant'; readonly variants: ReadonlyMap<number, VariantDef> }

/** The types of one runtime, by number. */
export interface TypeTable {
  readonly types: readonly TypeDef[]
  /** Type of the outer call: one variant for each pallet that has calls. */
  readonly callType: number
}

/**
 * A value as read. Newtypes are unwrapped, bytes are `0x` hex, integers bigint, `None` undefined, nothing null.
 * A call is `{ call: 'Pallet.name', args }`.
 */
export type Value =
  | bigint
  | boolean
  | string
  | null
  | undefined
  | CallValue
  | readonly Value[]
  | { readonly [key: string]: Value }

export interface CallValue {
  readonly call: string
  readonly args: Readonly<Record<string, Value>>
}

export const isCallValue = (value: Value): value is CallValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'call' in value && 'args' in value
