import * as scale from 'scale-ts'
import { safeCodec } from './safe-codec.ts'
import { type CompositeShape, pathOf, type Shape, withParameters } from './shape.ts'
import type { AnyScaleType, ScaleType, ValuesOf } from './type.ts'

export const vec = <T>(type: ScaleType<T>): ScaleType<T[]> => ({
  codec: safeCodec(scale.Vector(type.codec)),
  shape: { kind: 'sequence', of: type.shape },
})

/** `[T; length]` of anything but bytes (see `fixedBytes`, `fixedHex`). */
export const array = <T>(type: ScaleType<T>, length: number): ScaleType<T[]> => ({
  codec: safeCodec(scale.Vector(type.codec, length)),
  shape: { kind: 'array', of: type.shape, length },
})

export const tuple = <S extends readonly AnyScaleType[]>(...types: S): ScaleType<ValuesOf<S>> => ({
  // scale-ts types its tuple by its own inference; the codecs are the very ones of `types`, in order.
  codec: safeCodec(scale.Tuple(...types.map((type) => type.codec as scale.Codec<unknown>))) as unknown as scale.Codec<
    ValuesOf<S>
  >,
  shape: { kind: 'tuple', of: types.map((type) => type.shape) },
})

/** The empty tuple `()`. */
export const unit: ScaleType<undefined> = { codec: safeCodec(scale._void), shape: { kind: 'tuple', of: [] } }

export const option = <T>(type: ScaleType<T>): ScaleType<T | undefined> => ({
  // Option<bool> has a one-byte form in scale-ts that Rust's codec dropped; so it is written out here.
  codec: safeCodec(
    scale.createCodec<T | undefined>(
      (value) => (value === undefined ? Uint8Array.of(0) : Uint8Array.of(1, ...type.codec.enc(value))),
      scale.createDecoder((input) => {
        const tag = scale.u8.dec(input)
        if (tag > 1) throw new RangeError(`${tag} is no tag of an option`)
        return tag === 0 ? undefined : type.codec.dec(input)
      }),
    ),
  ),
  shape: {
    kind: 'enum',
    path: ['Option'],
    parameters: [{ name: 'T', shape: type.shape }],
    variants: [
      { name: 'None', index: 0, fields: [], docs: [] },
      { name: 'Some', index: 1, fields: [{ name: undefined, shape: type.shape }], docs: [] },
    ],
  },
})

/** The fields of a struct or variant: the chain's names, in the chain's order. */
export type FieldTypes<V> = { readonly [K in keyof V]: ScaleType<V[K]> }

/** Codec of named fields in the order in which they are written down. */
export function fieldsCodec<V extends object>(fields: FieldTypes<V>): scale.Codec<V> {
  const codecs = Object.fromEntries(
    Object.entries<AnyScaleType>(fields as Record<string, AnyScaleType>).map(([name, type]) => [
      name,
      type.codec as scale.Codec<unknown>,
    ]),
  )
  // Struct's inferred type is a record of unknown; the names and codecs are those of V.
  return safeCodec(
    scale.Struct(codecs as unknown as scale.StringRecord<scale.Codec<unknown>>),
  ) as unknown as scale.Codec<V>
}

export const fieldShapes = (fields: Readonly<Record<string, AnyScaleType>>) =>
  Object.entries(fields).map(([name, type]) => ({ name, shape: type.shape }))

/**
 * A struct with named fields.
 * @param path        as the chain's registry has it, `pallet_balances::types::AccountData`
 * @param parameters  generic parameters of the chain's type, if any
 */
export const struct = <V extends object>(
  path: string,
  fields: FieldTypes<V>,
  parameters: Readonly<Record<string, Shape | undefined>> = {},
): ScaleType<V> => ({
  codec: fieldsCodec(fields),
  shape: composite(path, fieldShapes(fields as Record<string, AnyScaleType>), parameters),
})

/** A struct with one unnamed field; its value is the inner value. */
export const newtype = <T>(
  path: string,
  inner: ScaleType<T>,
  parameters: Readonly<Record<string, Shape | undefined>> = {},
): ScaleType<T> => ({
  ...inner,
  shape: composite(path, [{ name: undefined, shape: inner.shape }], parameters),
})

/** A struct without fields, as most signed extensions are. */
export const emptyStruct = (
  path: string,
  parameters: Readonly<Record<string, Shape | undefined>> = {},
): ScaleType<undefined> => ({ codec: unit.codec, shape: composite(path, [], parameters) })

/** `BTreeMap<K, V>` as pairs; the chain keeps them sorted by key, and the caller has to. */
export const btreeMap = <K, V>(key: ScaleType<K>, value: ScaleType<V>): ScaleType<[K, V][]> => {
  const pairs = vec(tuple(key, value)) as unknown as ScaleType<[K, V][]>
  return {
    ...pairs,
    shape: composite('BTreeMap', [{ name: undefined, shape: pairs.shape }], { K: key.shape, V: value.shape }),
  }
}

/** `BoundedVec<T, S>`: a vector whose bound the registry does not show. */
export const boundedVec = <T, V>(item: ScaleType<T>, items: ScaleType<V>): ScaleType<V> =>
  newtype('bounded_collections::bounded_vec::BoundedVec', items, { T: item.shape, S: undefined })

function composite(
  path: string,
  fields: CompositeShape['fields'],
  parameters: Readonly<Record<string, Shape | undefined>>,
): CompositeShape {
  return withParameters({ kind: 'composite', path: pathOf(path), parameters: [], fields }, parameters) as CompositeShape
}
