import type { FieldTypes } from './composites.ts'
import {
  type AnyVariant,
  type EnumValue,
  enumeration,
  named,
  type UnnamedValue,
  unnamed,
  type VariantType,
} from './enumeration.ts'
import { type AnyStorageSpec, type StorageItem, type StorageSpec, storageItem } from './storage.ts'
import type { AnyScaleType, ScaleType } from './type.ts'

/** A constant that the metadata publishes. */
export interface Constant<T> {
  readonly type: ScaleType<T>
  readonly value: T
  readonly docs: readonly string[]
}

export const constant = <T>(type: ScaleType<T>, value: T, ...docs: string[]): Constant<T> => ({ type, value, docs })

/** A call: its number in the pallet, its arguments in order, and a line on what it does. */
export const call = <V extends object>(index: number, args: FieldTypes<V>, ...docs: string[]): VariantType<V> =>
  named(index, args, ...docs)

/** An event with unnamed fields (a list) or named ones. */
export function event<const S extends readonly AnyScaleType[]>(
  index: number,
  types: S,
  ...docs: string[]
): VariantType<UnnamedValue<S>>
export function event<V extends object>(index: number, fields: FieldTypes<V>, ...docs: string[]): VariantType<V>
export function event(index: number, fields: readonly AnyScaleType[] | FieldTypes<object>, ...docs: string[]): unknown {
  return Array.isArray(fields)
    ? unnamed(index, fields as readonly AnyScaleType[], ...docs)
    : named(index, fields as FieldTypes<object>, ...docs)
}

/** An error of a pallet; the docs say what went wrong, and clients show them. */
export const error = (index: number, ...docs: string[]): VariantType<undefined> => unnamed(index, [], ...docs)

type Variants<V> = { readonly [K in keyof V]: VariantType<V[K]> }
type Items<S> = {
  readonly [N in keyof S]: S[N] extends StorageSpec<infer K, infer V, infer D> ? StorageItem<K, V, D> : never
}

export interface PalletSpec<C extends object, E extends object, R extends object, S, N> {
  readonly name: string
  readonly index: number
  /** Module that the registry's paths of Call, Event and Error begin with, `pallet_balances::pallet`. */
  readonly module: string
  /** The pallet is generic over an instance besides the runtime; shows in the registry's parameters only. */
  readonly instantiable?: boolean
  /** The pallet's event is not generic. */
  readonly plainEvent?: boolean
  readonly calls?: Variants<C>
  readonly events?: Variants<E>
  readonly errors?: Variants<R>
  readonly storage?: S
  readonly constants?: N
}

export interface Pallet<C, E, R, S, N> {
  readonly name: string
  readonly index: number
  /** Undefined where the pallet has none, as in the metadata. */
  readonly call: ScaleType<EnumValue<C>> | undefined
  readonly event: ScaleType<EnumValue<E>> | undefined
  readonly error: ScaleType<EnumValue<R>> | undefined
  readonly errors: Readonly<Record<keyof R, { readonly index: number; readonly docs: readonly string[] }>>
  readonly storage: Items<S>
  readonly constants: N
}

/** A pallet where only its names, numbers and shapes matter. */
export interface AnyPallet {
  readonly name: string
  readonly index: number
  readonly call: AnyScaleType | undefined
  readonly event: AnyScaleType | undefined
  readonly error: AnyScaleType | undefined
  readonly storage: Readonly<Record<string, AnyStorageSpec>>
  readonly constants: Readonly<
    Record<string, { readonly type: AnyScaleType; readonly value: unknown; readonly docs: readonly string[] }>
  >
}

// biome-ignore lint/complexity/noBannedTypes: `{}` is "no members", the only type that keyof makes `never` of
type None = {}

/** A pallet from its parts, with the paths and storage prefixes that the chain gives them. */
export function definePallet<
  C extends object = None,
  E extends object = None,
  R extends object = None,
  S extends Readonly<Record<string, AnyStorageSpec>> = None,
  N = None,
>(spec: PalletSpec<C, E, R, S, N>): Pallet<C, E, R, S, N> {
  const generics = spec.instantiable ? { T: undefined, I: undefined } : { T: undefined }
  const outer = <V extends object>(kind: string, variants: Variants<V> | undefined) =>
    variants === undefined
      ? undefined
      : enumeration<V>(`${spec.module}::${kind}`, variants, kind === 'Event' && spec.plainEvent ? {} : generics)
  const items = Object.entries(spec.storage ?? {}).map(([name, item]) => [
    name,
    storageItem(spec.name, name, item as StorageSpec<readonly unknown[], unknown, unknown>),
  ])
  return {
    name: spec.name,
    index: spec.index,
    call: outer('Call', spec.calls),
    event: outer('Event', spec.events),
    error: outer('Error', spec.errors),
    errors: (spec.errors ?? {}) as Record<keyof R, AnyVariant>,
    // Built from the very entries of `storage`.
    storage: Object.fromEntries(items) as Items<S>,
    constants: (spec.constants ?? {}) as N,
  }
}
