import { z } from 'zod'
import {
  type Alpha,
  isAlpha,
  isNetuid,
  isRao,
  isRaoPerAlpha,
  isSs58Shape,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  type Ss58,
} from '../units/amounts.ts'

// Amounts cross the wire as decimal text: JSON has no bigint, and Electron IPC and WebSocket must carry the very
// same bytes. Codecs only (no .transform): both ways must exist.
const digits = z.string().regex(/^(0|[1-9]\d{0,19})$/)
const signedDigits = z.string().regex(/^(0|-?[1-9]\d{0,38})$/)

const asBigint = <T extends bigint>(is: (n: unknown) => n is T, unit: string) =>
  z
    .codec(digits, z.custom<T>(is, `not an amount in ${unit} (decimal text, 0..2^64-1)`), {
      decode: (text) => BigInt(text) as T,
      encode: (n) => n.toString(),
    })
    .meta({ wireType: `decimal text, ${unit}` })

export const wire = {
  rao: asBigint<Rao>(isRao, 'rao'),
  alpha: asBigint<Alpha>(isAlpha, '1e-9 alpha'),
  raoPerAlpha: asBigint<RaoPerAlpha>(isRaoPerAlpha, 'rao per alpha'),
  /** An amount whose unit another field names. */
  units: asBigint<bigint>((n): n is bigint => typeof n === 'bigint' && n >= 0n, '1e-9'),
  signed: z
    .codec(signedDigits, z.bigint(), { decode: (text) => BigInt(text), encode: (n) => n.toString() })
    .meta({ wireType: 'signed decimal text, 1e-9' }),
  netuid: z.custom<Netuid>(isNetuid, 'netuid must be a whole number 0..65535').meta({ wireType: 'netuid' }),
  ss58: z.custom<Ss58>(isSs58Shape, 'not an address: 48 characters that begin with 5').meta({ wireType: 'address' }),
  block: z.number().int().nonnegative(),
  ppm: z.number().int().min(0).max(500_000),
}
