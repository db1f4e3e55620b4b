import { z } from 'zod'
import { INTENT_KINDS } from '../../../../shared/signing/intent.ts'
import type { Policy } from '../../../../shared/signing/policy.ts'
import { isNetuid, isRao, isSs58Shape, type Netuid, type Rao, type Ss58 } from '../../../../shared/units/amounts.ts'

// How limits lie on the disk: JSON with amounts as decimal text.

const tao = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform((digits) => BigInt(digits))
  .pipe(z.custom<Rao>(isRao))
const kinds = z.array(z.enum(INTENT_KINDS)).max(INTENT_KINDS.length)
const LONGEST_LIST = 1_024

export const storedPolicy: z.ZodType<Policy> = z.strictObject({
  mostPerTransaction: tao.exactOptional(),
  mostPerDay: tao.exactOptional(),
  subnets: z.array(z.custom<Netuid>(isNetuid)).max(LONGEST_LIST).exactOptional(),
  kinds: kinds.exactOptional(),
  recipients: z.array(z.custom<Ss58>(isSs58Shape)).max(LONGEST_LIST).exactOptional(),
  ofUnknownWorth: kinds.exactOptional(),
  delay: z.strictObject({ above: tao, waitMs: z.int().positive() }).exactOptional(),
})
