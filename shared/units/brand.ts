declare const brand: unique symbol
/** Nominal typing: `Brand<bigint, 'Rao'>` is not assignable to `Brand<bigint, 'Alpha'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
