import type { FieldTypes } from './composites.ts'
import { tuple } from './composites.ts'
import type { AnyScaleType, ScaleType } from './type.ts'

/** A method that `state_call` reaches as `Api_method`. */
export interface ApiMethod<I, O> {
  readonly inputs: FieldTypes<I>
  readonly output: ScaleType<O>
  readonly docs: readonly string[]
}

export interface AnyApiMethod {
  readonly inputs: Readonly<Record<string, AnyScaleType>>
  readonly output: AnyScaleType
  readonly docs: readonly string[]
}

export interface RuntimeApi<M> {
  readonly name: string
  readonly version: number
  readonly methods: M
}

export type AnyRuntimeApi = RuntimeApi<Readonly<Record<string, AnyApiMethod>>>

/** A method of a runtime API; inputs travel one after the other, as the fields of a struct do. */
export const apiMethod = <I extends object, O>(
  inputs: FieldTypes<I>,
  output: ScaleType<O>,
  ...docs: string[]
): ApiMethod<I, O> => ({
  inputs,
  output,
  docs,
})

export const runtimeApi = <M extends Readonly<Record<string, AnyApiMethod>>>(api: RuntimeApi<M>): RuntimeApi<M> => api

/** Decodes the arguments of a `state_call` into an object; they must fill the bytes to the last one. */
export function decodeInputs<I extends object>(method: { readonly inputs: FieldTypes<I> }, bytes: Uint8Array): I {
  const entries = Object.entries<AnyScaleType>(method.inputs as Record<string, AnyScaleType>)
  const whole = tuple(...entries.map(([, type]) => type))
  const values = whole.codec.dec(bytes) as readonly unknown[]
  if (whole.codec.enc(values as never).length !== bytes.length) throw new RangeError('arguments do not fill the bytes')
  return Object.fromEntries(entries.map(([name], at) => [name, values[at]])) as I
}
