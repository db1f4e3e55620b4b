import { z } from 'zod'
import type { RegisterPlan } from '../registration/plan-register.ts'
import type { ShieldVerdict } from '../transactions/shield.ts'
import type { Outcome, Prepared, TransactionRecord } from '../transactions/transaction.ts'
import { accountPlan } from './accounts.contract.ts'
import { collateral } from './collateral-wire.ts'
import { command, nothing, query, subscription } from './define.ts'
import { wireIntent } from './intent-wire.ts'
import { stakeMovesPlan } from './staking.contract.ts'
import { closeAccountPlan, transferPlan } from './transfer-plans.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

/** `account`: whose state counts, when the wallet acts for another one; absent: its own. */
const registerRequest = z.object({
  netuid: wire.netuid,
  hotkey: wire.ss58,
  tolerancePpm: wire.ppm,
  account: wire.ss58.optional(),
})

const registerPlan = z.object({
  kind: z.literal('register'),
  coldkey: wire.ss58,
  request: registerRequest,
  atBlock: wire.block,
  price: wire.rao,
  limitPrice: wire.rao,
  txFee: wire.rao,
  mostCost: wire.rao,
  freeAfterAtMost: wire.rao,
  replacesAnother: z.boolean(),
  immunityBlocks: z.number().int(),
  /** Absent: the chain does not say. */
  collateral: collateral.optional(),
  mostBound: wire.rao.optional(),
  /** What it takes at the price of now, in rao: what is gone, what is bound, and both. */
  now: z.object({ spent: wire.rao, bound: wire.rao, pays: wire.rao }).optional(),
}) satisfies z.ZodType<RegisterPlan>

const anyPlan = z.discriminatedUnion('kind', [
  registerPlan,
  transferPlan,
  closeAccountPlan,
  stakeMovesPlan,
  accountPlan,
])

const shieldVerdict = z.discriminatedUnion('hidden', [
  z.object({ hidden: z.literal(true), carrierFee: wire.rao.optional() }),
  z.object({
    hidden: z.literal(false),
    reason: z.enum([
      'not-a-trade',
      'root',
      'proxied',
      'hotkey',
      'not-offered',
      'no-key',
      'too-fast',
      'too-long',
      'air-gapped',
      'cannot-pay-cover',
      'cover-unknown',
      'turned-off',
    ]),
  }),
]) satisfies z.ZodType<ShieldVerdict>

const prepared = z.object({
  preparedId: z.string(),
  plan: anyPlan,
  shield: shieldVerdict.optional(),
  decoded: z.object({
    call: z.string(),
    args: z
      .array(
        z.object({
          name: z.string(),
          type: z.string(),
          value: z.string(),
          unit: z.enum(['TAO', 'alpha', 'TAO per alpha']).optional(),
        }),
      )
      .readonly(),
    docs: z.string(),
    nonce: z.number().int(),
    validUntilBlock: wire.block.optional(),
    genesis: z.string(),
    specVersion: z.number().int(),
    tip: z.string(),
    payloadHex: z.string(),
  }),
}) satisfies z.ZodType<Prepared>

const outcome = z.object({
  block: wire.block,
  blockHash: z.string().optional(),
  extrinsicIndex: z.number().int().optional(),
  feeRao: wire.units.optional(),
  stakeAdded: z.object({ taoRao: wire.units, alpha: wire.units, feeRao: wire.units }).optional(),
  stakeRemoved: z.object({ taoRao: wire.units, alpha: wire.units, feeAlpha: wire.units }).optional(),
  moves: z
    .array(
      z.object({
        event: z.enum(['added', 'removed']),
        coldkey: wire.ss58,
        hotkey: wire.ss58,
        netuid: wire.netuid,
        tao: wire.units,
        alpha: wire.units,
        fee: wire.units,
      }),
    )
    .readonly()
    .optional(),
  held: z
    .array(
      z.object({
        event: z.enum([
          'locked',
          'lock-moved',
          'lock-perpetual',
          'lock-decaying',
          'locked-refused',
          'locked-taken',
          'auto-stake-set',
          'root-claimed',
          'recycled',
          'burned',
          'hotkey-replaced',
        ]),
        coldkey: wire.ss58,
        hotkey: wire.ss58.optional(),
        netuid: wire.netuid.optional(),
        amount: wire.units.optional(),
      }),
    )
    .readonly()
    .optional(),
  failedItems: z.array(z.string().nullable()).readonly().optional(),
  feeAlpha: z.object({ netuid: wire.netuid, alpha: wire.units }).optional(),
  registeredUid: z.number().int().optional(),
  placeRao: wire.units.optional(),
  sentRao: wire.units.optional(),
  axonServed: z.boolean().optional(),
  pureCreated: z.object({ address: wire.ss58, spawner: wire.ss58, index: z.number().int() }).optional(),
}) satisfies z.ZodType<Outcome>

export const transactionRecord = z.object({
  id: z.string(),
  genesis: z.string(),
  kind: z.enum([
    'add-stake',
    'remove-stake',
    'register',
    'serve-axon',
    'transfer',
    'transfer-all',
    'stake-moves',
    'play-money',
    'account',
  ]),
  signer: wire.ss58,
  intent: wireIntent.optional(),
  preparedId: z.string().optional(),
  coldkey: wire.ss58.optional(),
  netuid: wire.netuid.optional(),
  hotkey: wire.ss58.optional(),
  to: wire.ss58.optional(),
  amount: wire.units.optional(),
  stage: z.enum(['signed', 'in-pool', 'in-block', 'finalized', 'failed']),
  txHash: z.string().optional(),
  carrierHash: z.string().optional(),
  firstBlock: z.number().int().optional(),
  lastBlock: z.number().int().optional(),
  twin: z
    .object({
      txHash: z.string(),
      firstBlock: z.number().int(),
      lastBlock: z.number().int(),
      carrierHash: z.string().exactOptional(),
    })
    .optional(),
  doubt: z.object({ error: wireError, untilBlock: z.number().int() }).optional(),
  startedAtMs: z.number(),
  expected: wire.units.optional(),
  predicted: z
    .array(
      z.object({
        kind: z.enum(['add', 'remove', 'remove-all', 'move', 'swap', 'transfer']),
        netuid: wire.netuid,
        hotkey: wire.ss58,
        toNetuid: wire.netuid.optional(),
        toHotkey: wire.ss58.optional(),
        to: wire.ss58.optional(),
        gives: wire.units,
        receives: z.enum(['tao', 'alpha']),
        best: wire.units.optional(),
        expected: wire.units.optional(),
        worst: wire.units.optional(),
      }),
    )
    .readonly()
    .optional(),
  outcome: outcome.optional(),
  error: wireError.optional(),
}) satisfies z.ZodType<TransactionRecord>

export const transactionsContract = {
  'registration.plan': query('What a place on a subnet costs now and at most.', {
    input: registerRequest,
    output: registerPlan,
  }),
  'transaction.prepare': command('Quotes a plan again, builds its bytes and decodes them for the confirm screen.', {
    input: z.object({ plan: anyPlan, shield: z.enum(['auto', 'on', 'off']).optional() }),
    output: prepared,
  }),
  'transaction.send': command('Signs what was prepared and sends it. Answers when it is in a block.', {
    input: z.object({ preparedId: z.string() }),
    output: transactionRecord,
  }),
  'activity.watch': subscription('What was sent from this computer on this network, newest first.', {
    input: nothing,
    output: z.array(transactionRecord).readonly(),
  }),
  'practice.playMoney': command('Play TAO for the active wallet (practice network only).', {
    input: z.object({ amount: wire.rao }),
    output: transactionRecord,
  }),
}
