/** What the metadata's type registry says about a type, before it has a number there. */
export type PrimitiveName =
  | 'bool'
  | 'str'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 'u128'
  | 'i8'
  | 'i16'
  | 'i32'
  | 'i64'
  | 'i128'

/** A field of a composite or a variant; unnamed in tuple structs. */
export interface FieldShape {
  readonly name: string | undefined
  readonly shape: Shape
}

/** A generic parameter as the registry names it; `undefined` where the chain skips the parameter's type. */
export interface ParameterShape {
  readonly name: string
  readonly shape: Shape | undefined
}

export interface VariantShape {
  readonly name: string
  readonly index: number
  readonly fields: readonly FieldShape[]
  readonly docs: readonly string[]
}

export interface CompositeShape {
  readonly kind: 'composite'
  readonly path: readonly string[]
  readonly parameters: readonly ParameterShape[]
  readonly fields: readonly FieldShape[]
}

export interface EnumShape {
  readonly kind: 'enum'
  readonly path: readonly string[]
  readonly parameters: readonly ParameterShape[]
  readonly variants: readonly VariantShape[]
}

export type Shape =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'compact'; readonly of: Shape }
  | { readonly kind: 'sequence'; readonly of: Shape }
  | { readonly kind: 'array'; readonly of: Shape; readonly length: number }
  | { readonly kind: 'tuple'; readonly of: readonly Shape[] }
  | CompositeShape
  | EnumShape
  /** A type that contains itself (a call that carries calls): resolved when the registry is built. */
  | { readonly kind: 'late'; readonly resolve: () => Shape }

/** `pallet_subtensor::pallet::Call` as the registry stores it. */
export const pathOf = (path: string): readonly string[] => (path === '' ? [] : path.split('::'))

/** The same shape with the parameters that the chain's generic type has. */
export const withParameters = (
  shape: CompositeShape | EnumShape,
  parameters: Readonly<Record<string, Shape | undefined>>,
): CompositeShape | EnumShape => ({
  ...shape,
  parameters: Object.entries(parameters).map(([name, parameter]) => ({ name, shape: parameter })),
})
