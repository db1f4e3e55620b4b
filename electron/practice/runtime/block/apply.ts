import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { decodeExtrinsic, type Extrinsic } from '../../extrinsic/extrinsic.ts'
import { senderOf } from '../../extrinsic/verify.ts'
import type { ChainContext } from '../../runtime.port.ts'
import type { Kv } from '../../state/kv.port.ts'
import type { Ctx, Outcome } from '../core/ctx.ts'
import { dispatchError } from '../core/failure.ts'
import { type RuntimeEventValue, timestamp } from '../core/pallets.ts'
import { Store } from '../core/store.ts'
import { type CallWeight, weightOf } from '../dispatch/call-weight.ts'
import { dispatch } from '../dispatch/dispatch.ts'
import { feeOf } from '../dispatch/fee.ts'
import { type AlphaFee, payInAlpha } from '../fees/alpha-fee.ts'
import { raiseNonce, recycle, spendableOf } from '../money/balances.ts'
import { feePayerOf } from '../proxy/fee-payer.ts'
import { rotateKeys } from '../shield/rotate-keys.ts'
import { appendEvents } from './event-log.ts'

const infoOf = (weight: CallWeight, type: 'Normal' | 'Mandatory') => ({
  weight: { ref_time: weight.refTime, proof_size: 0n },
  class: { type, value: undefined },
  pays_fee: { type: weight.paysFee ? ('Yes' as const) : ('No' as const), value: undefined },
})

/** The block author's word on the time, or the key that it can be written to with. */
function applyInherent(ctx: Ctx, { call }: Extrinsic): void {
  if (call.type === 'Timestamp') ctx.store.set(timestamp.storage.Now, [], call.value.value.now)
  else if (call.type === 'MevShield' && call.value.type === 'announce_next_key')
    rotateKeys(ctx, call.value.value.enc_key)
  else throw new Error(`${call.type} needs a signature`)
  const dispatch_info = infoOf(weightOf(call), 'Mandatory')
  ctx.emit({ type: 'System', value: { type: 'ExtrinsicSuccess', value: { dispatch_info } } })
}

function report(ctx: Ctx, outcome: Outcome, weight: CallWeight): void {
  const dispatch_info = infoOf(weight, 'Normal')
  if (outcome.ok) {
    ctx.emit({ type: 'System', value: { type: 'ExtrinsicSuccess', value: { dispatch_info } } })
    return
  }
  const value = { dispatch_error: dispatchError(outcome.error), dispatch_info }
  ctx.emit({ type: 'System', value: { type: 'ExtrinsicFailed', value } })
}

/** In TAO, or in alpha where the TAO does not reach. @returns what was sold for it */
function charge(ctx: Ctx, payer: string, what: { call: RuntimeCall; fee: bigint }): AlphaFee | undefined {
  if (what.fee <= spendableOf(ctx.store, payer) && recycle(ctx, payer, what.fee).ok) return undefined
  const sold = payInAlpha(ctx, payer, what)
  if (!sold.ok) throw new Error('an extrinsic was applied that cannot pay; it should have been validated')
  return sold.value
}

/** Fee first, then the call: a call that fails has still paid. The fee leaves existence, as newer runtimes do it. */
function applySigned(ctx: Ctx, extrinsic: Extrinsic, who: string): void {
  const weight = weightOf(extrinsic.call)
  const tip = extrinsic.signed?.tip ?? 0n
  const fee = feeOf(weight, extrinsic.length).total + tip
  const payer = feePayerOf(ctx.store, who, extrinsic.call)
  const charged = charge(ctx, payer, { call: extrinsic.call, fee })
  raiseNonce(ctx.store, who)
  const outcome = dispatch(ctx, { who, depth: 0 }, extrinsic.call)
  if (charged !== undefined) {
    const value = { who: payer, netuid: charged.netuid, alpha_fee: charged.alpha, tao_amount: charged.tao }
    ctx.emit({ type: 'SubtensorModule', value: { type: 'TransactionFeePaidWithAlpha', value } })
  }
  if (fee > 0n)
    ctx.emit({
      type: 'TransactionPayment',
      value: { type: 'TransactionFeePaid', value: { who: payer, actual_fee: fee, tip } },
    })
  report(ctx, outcome, weight)
}

/** Carries out an extrinsic that {@link validate} let through, or the author's own. @param index  place in the block */
export function applyExtrinsic(kv: Kv, bytes: Uint8Array, index: number, context: ChainContext): void {
  const extrinsic = decodeExtrinsic(bytes)
  const events: RuntimeEventValue[] = []
  const emit = (event: RuntimeEventValue) => events.push(event)
  const ctx: Ctx = { store: new Store(kv), block: context.number, extrinsicIndex: index, emit }
  const who = extrinsic.signed && senderOf(extrinsic.signed)
  if (who === undefined) applyInherent(ctx, extrinsic)
  else applySigned(ctx, extrinsic, who)
  appendEvents(kv, { type: 'ApplyExtrinsic', value: index }, events)
}
