import * as scale from 'scale-ts'
import { type FieldTypes, fieldShapes, fieldsCodec, tuple, unit } from './composites.ts'
import { safeCodec } from './safe-codec.ts'
import { type FieldShape, pathOf, type Shape, type VariantShape } from './shape.ts'
import type { AnyScaleType, ScaleType, ValuesOf } from './type.ts'

/** One variant of an enum: its number on the wire and its fields. */
export interface VariantType<T> {
  readonly index: number
  readonly codec: scale.Codec<T>
  readonly fields: readonly FieldShape[]
  readonly docs: readonly string[]
}

export type AnyVariant = Pick<VariantType<never>, 'index' | 'fields' | 'docs'> & {
  readonly codec: AnyScaleType['codec']
}

/** `{ type, value }`; value is `undefined` without fields, the inner value of one unnamed field, a tuple of several. */
export type EnumValue<V> = { [K in keyof V & string]: { readonly type: K; readonly value: V[K] } }[keyof V & string]

/** What a list of unnamed fields decodes to: nothing, the one value, or a tuple. */
export type UnnamedValue<S extends readonly unknown[]> = S extends readonly []
  ? undefined
  : S extends readonly [ScaleType<infer T>]
    ? T
    : ValuesOf<S>

/** A variant with named fields. */
export const named = <V extends object>(index: number, fields: FieldTypes<V>, ...docs: string[]): VariantType<V> => ({
  index,
  codec: fieldsCodec(fields),
  fields: fieldShapes(fields as Record<string, AnyScaleType>),
  docs,
})

/** A variant with unnamed fields; `unnamed(3, [])` for one without any. */
export const unnamed = <const S extends readonly AnyScaleType[]>(
  index: number,
  types: S,
  ...docs: string[]
): VariantType<UnnamedValue<S>> => {
  const [only] = types
  const single = types.length === 1 && only !== undefined ? only : types.length === 0 ? unit : tuple(...types)
  return {
    index,
    // The three forms of UnnamedValue are chosen above by the length; TypeScript cannot follow that.
    codec: single.codec as unknown as scale.Codec<UnnamedValue<S>>,
    fields: types.map((type) => ({ name: undefined, shape: type.shape })),
    docs,
  }
}

/** A variant without fields. */
export const empty = (index: number, ...docs: string[]): VariantType<undefined> => unnamed(index, [], ...docs)

const shapeOfVariant = (name: string, { index, fields, docs }: AnyVariant): VariantShape => ({
  name,
  index,
  fields,
  docs,
})

/**
 * An enum of the chain. Variants are `empty`, `named` or `unnamed`; an unknown number on the wire throws.
 * @param parameters  generic parameters of the chain's type, if any
 */
export function enumeration<V extends object>(
  path: string,
  variants: { readonly [K in keyof V]: VariantType<V[K]> },
  parameters: Readonly<Record<string, Shape | undefined>> = {},
): ScaleType<EnumValue<V>> {
  const list = Object.entries<AnyVariant>(variants as Record<string, AnyVariant>)
  return {
    codec: enumCodec(path, list) as scale.Codec<EnumValue<V>>,
    shape: {
      kind: 'enum',
      path: pathOf(path),
      parameters: Object.entries(parameters).map(([name, shape]) => ({ name, shape })),
      variants: list.map(([name, variant]) => shapeOfVariant(name, variant)),
    },
  }
}

function enumCodec(path: string, list: readonly (readonly [string, AnyVariant])[]): scale.Codec<unknown> {
  const byName = new Map(list)
  const byIndex = new Map(list.map(([name, variant]) => [variant.index, [name, variant] as const]))
  return safeCodec(
    scale.createCodec<unknown>(
      (input) => {
        const { type, value } = input as { type: string; value: never }
        const variant = byName.get(type)
        if (variant === undefined) throw new RangeError(`${path} has no variant ${type}`)
        const body = variant.codec.enc(value)
        const whole = new Uint8Array(body.length + 1)
        whole[0] = variant.index
        whole.set(body, 1)
        return whole
      },
      scale.createDecoder((input) => {
        const index = scale.u8.dec(input)
        const found = byIndex.get(index)
        if (found === undefined) throw new RangeError(`${path} has no variant number ${index}`)
        return { type: found[0], value: found[1].codec.dec(input) }
      }),
    ),
  )
}

/** A type that is written down before it is known, for those that contain themselves. */
export interface LateType<T> extends ScaleType<T> {
  bind(type: ScaleType<T>): void
}

export function lateType<T>(name: string): LateType<T> {
  let bound: ScaleType<T> | undefined
  const target = (): ScaleType<T> => {
    if (bound === undefined) throw new TypeError(`${name} was used before it was bound`)
    return bound
  }
  return {
    codec: scale.createCodec<T>(
      (value) => target().codec.enc(value),
      (input) => target().codec.dec(input),
    ),
    shape: { kind: 'late', resolve: () => target().shape },
    bind: (type) => {
      bound = type
    },
  }
}
