import { z } from 'zod'
import type { AppError, ErrorCode } from '../errors.ts'

/** Fields of an error that are amounts: they cross the wire as decimal text and are bigint on both sides. */
const AMOUNT_FIELDS: ReadonlySet<string> = new Set([
  'minimum',
  'available',
  'needed',
  'price',
  'limitPrice',
  'limit',
  'held',
  'asked',
  'spent',
  'stated',
  'compared',
])

const isError = (value: unknown): value is AppError =>
  typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string'

const mapAmounts = (value: object, change: (v: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, v]) => [key, AMOUNT_FIELDS.has(key) ? change(v) : v]))

/** `{ code, …facts }`. Unknown codes of a newer host pass through: the reader then shows the code itself. */
export const wireError = z.codec(z.looseObject({ code: z.string() }), z.custom<AppError>(isError), {
  decode: (wire) => mapAmounts(wire, (v) => (typeof v === 'string' ? BigInt(v) : v)) as unknown as AppError,
  encode: (error) =>
    mapAmounts(error, (v) => (typeof v === 'bigint' ? v.toString() : v)) as { code: ErrorCode } & Record<
      string,
      unknown
    >,
})
