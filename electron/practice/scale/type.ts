import type { Codec } from 'scale-ts'
import type { Shape } from './shape.ts'

/**
 * One type of the chain: how its values become bytes, and what the metadata says about it.
 *
 * Values: integers up to 32 bits are `number`, wider ones `bigint`; a struct is an object with the chain's own field
 * names; an enum is `{ type, value }`; an absent option is `undefined`; accounts and hashes are lower-case 0x-hex.
 */
export interface ScaleType<T> {
  readonly codec: Codec<T>
  readonly shape: Shape
  /** Codec of the same value written as a compact integer; only unsigned integers and wrappers of one have it. */
  readonly compactCodec?: Codec<T>
}

/** Any type, where only its bytes and its shape matter. `never` as input lets every `ScaleType<T>` be one. */
export interface AnyScaleType {
  readonly codec: { enc(value: never): Uint8Array; dec(bytes: Uint8Array): unknown }
  readonly shape: Shape
}

/** The value type of a `ScaleType`. */
export type ValueOf<S> = S extends ScaleType<infer T> ? T : never

/** The values of a tuple of `ScaleType`s. */
export type ValuesOf<S extends readonly unknown[]> = { [I in keyof S]: ValueOf<S[I]> }
