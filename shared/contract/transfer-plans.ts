import { z } from 'zod'
import type { CloseAccountPlan, TransferLimits, TransferPlan } from '../transfers/plan-transfer.ts'
import { wire } from './wire.ts'

/** The recipient once more, typed by hand; asked for where the address imitates a known one. */
const typedTo = z.string().max(200).optional()

/** Whose balance counts, when the wallet acts for another account; absent: its own. */
const account = wire.ss58.optional()

export const transferRequest = z.object({ to: wire.ss58, amount: wire.rao, typedTo, account })
export const closeAccountRequest = z.object({ to: wire.ss58, typedTo, account })

export const transferPlan = z.object({
  kind: z.literal('transfer'),
  coldkey: wire.ss58,
  request: transferRequest,
  atBlock: wire.block,
  txFee: wire.rao,
  totalCost: wire.rao,
  freeAfter: wire.rao,
  opensAccount: z.boolean(),
}) satisfies z.ZodType<TransferPlan>

export const closeAccountPlan = z.object({
  kind: z.literal('transfer-all'),
  coldkey: wire.ss58,
  request: closeAccountRequest,
  atBlock: wire.block,
  amount: wire.rao,
  txFee: wire.rao,
  opensAccount: z.boolean(),
}) satisfies z.ZodType<CloseAccountPlan>

export const transferLimits = z.object({
  atBlock: wire.block,
  txFee: wire.rao,
  existentialDeposit: wire.rao,
  most: wire.rao,
  least: wire.rao,
  closing: wire.rao.optional(),
}) satisfies z.ZodType<TransferLimits>
