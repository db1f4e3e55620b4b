import { z } from 'zod'
import type { AppError, ErrorCode } from '../errors.ts'

type FieldsOf<E> = E extends unknown ? keyof E : never
type Of<E, K extends PropertyKey> = E extends { readonly [F in K]?: infer V } ? V : never
/** Every field that is an amount in some error. */
type AmountField = {
  [K in FieldsOf<AppError>]: [Extract<Of<AppError, K>, bigint>] extends [never] ? never : K
}[FieldsOf<AppError>]

/**
 * Fields of an error that are amounts: they cross the wire as decimal text and are bigint on both sides. Does not compile
 * while one is missing: JSON has no bigint, and the answer that carries one would end the host.
 */
const AMOUNT_FIELDS: { readonly [F in AmountField]: true } = {
  minimum: true,
  available: true,
  needed: true,
  price: true,
  limitPrice: true,
  limit: true,
  held: true,
  asked: true,
  spent: true,
  stated: true,
  compared: true,
  total: true,
  locked: true,
  out: true,
  owed: true,
  threshold: true,
  fee: true,
  weakest: true,
  own: true,
}

const isError = (value: unknown): value is AppError =>
  typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string'

const mapAmounts = (value: object, change: (v: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, v]) => [key, Object.hasOwn(AMOUNT_FIELDS, key) ? change(v) : v]))

/** `{ code, …facts }`. Unknown codes of a newer host pass through: the reader then shows the code itself. */
export const wireError = z.codec(z.looseObject({ code: z.string() }), z.custom<AppError>(isError), {
  decode: (wire) => mapAmounts(wire, (v) => (typeof v === 'string' ? BigInt(v) : v)) as unknown as AppError,
  encode: (error) =>
    mapAmounts(error, (v) => (typeof v === 'bigint' ? v.toString() : v)) as { code: ErrorCode } & Record<
      string,
      unknown
    >,
})
