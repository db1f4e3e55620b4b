import type { TransferSnapshot } from '../../../../shared/transfers/plan-transfer.ts'
import { isRao, type Rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { View } from '../view.ts'
import { existentialDepositOf, type FeeAt, freeOf, nonceOf } from './account.ts'

const ACCOUNT = 'System.Account'
const ABSENT: Stored = { present: false, value: undefined }

/** Both accounts of a transfer in one storage query, then the fee. @param feeAt network fee of the call, once the signer's nonce is known */
export async function readTransfer(
  view: View,
  coldkey: Ss58,
  { to, feeAt }: { readonly to: Ss58; readonly feeAt: FeeAt },
): Promise<TransferSnapshot> {
  view.runtime.need(FEATURES.transfer)
  const [own = ABSENT, recipient = ABSENT] = await view.storage([
    [ACCOUNT, coldkey],
    [ACCOUNT, to],
  ])
  const txFee = await feeAt(nonceOf(own))
  const free = freeOf(own)
  const total = totalOf(own)
  return {
    coldkey,
    block: view.block,
    free,
    held: rao(total - free),
    existentialDeposit: existentialDepositOf(view.runtime),
    recipientHolds: totalOf(recipient),
    txFee,
  }
}

/** Free and reserved together: what counts against the existential deposit. */
function totalOf(stored: Stored): Rao {
  const data = new Answer(stored.value, ACCOUNT).answer('data')
  return rao(data.rao('free') + data.rao('reserved'))
}

const rao = (value: bigint): Rao => (isRao(value) ? value : badAnswer(ACCOUNT))
