import { blake2AsU8a } from '@polkadot/util-crypto'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import { rao, type Ss58 } from '../../../shared/units/amounts.ts'
import type { AccountsPort, CallQuote } from '../accounts.port.ts'
import { asBigint, asRao } from './answer.ts'
import { guarded } from './failure.ts'
import { existentialDepositOf, freeOf, nonceOf } from './read/account.ts'
import { readColdkeySwaps } from './read/coldkey-swaps.ts'
import { callFacts, multisigAddress, multisigDeposit, readMultisig } from './read/multisigs.ts'
import { proxyCosts, readAnnouncementsAgainst, readProxies, readProxyRules } from './read/proxies.ts'
import { fromHex, toHex } from './scale/bytes.ts'
import type { Session } from './session.ts'
import { askFee } from './tx/fee.ts'
import { coldkeyHash, encodeIntent } from './tx/intent-call.ts'
import { prepareIntent } from './tx/prepare.ts'
import type { View } from './view.ts'

export interface Reading {
  readonly session: () => Session
  readonly read: <T>(run: (view: View, session: Session) => Promise<T>) => Promise<Result<T, AppError>>
}

/** The part of the adapter that looks after accounts. */
export function accountReads({ session, read }: Reading): AccountsPort {
  return {
    coldkeySwaps: (coldkeys) => read((view) => readColdkeySwaps(view, coldkeys)),
    coldkeyHash: (newColdkey) => guarded(async () => toHex(coldkeyHash(newColdkey))),
    coldkeySwapCost: () =>
      guarded(async () => asRao(session().runtime.constant('SubtensorModule.KeySwapCost'), 'KeySwapCost')),
    proxies: (account) => read((view) => readProxies(view, account)),
    announcementsAgainst: (account) => read((view) => readAnnouncementsAgainst(view, account)),
    proxyRules: () => read((view) => readProxyRules(view)),
    proxyCosts: () => guarded(async () => proxyCosts(session().runtime)),
    multisigAddress: (account) => guarded(async () => multisigAddress(account)),
    multisig: (address) => read((view, current) => readMultisig(view, current, address)),
    multisigDeposit: (threshold) => guarded(async () => multisigDeposit(session().runtime, threshold)),
    quoteCall: (signer, intent) => read((view, current) => quoteCall(view, current, { signer, intent })),
    describeCall: (callHex) =>
      guarded(async () => {
        const bytes = fromHex(callHex, 'call')
        return { callHash: toHex(blake2AsU8a(bytes)), ...callFacts(session().runtime, bytes) }
      }),
    prepareCall: (signer, intent) => read((_view, current) => prepareIntent(current, signer, intent)),
  }
}

async function quoteCall(
  view: View,
  session: Session,
  { signer, intent }: { readonly signer: Ss58; readonly intent: Intent },
): Promise<CallQuote> {
  const call = encodeIntent(view.runtime, intent)
  const [account] = await view.storage([['System.Account', signer]])
  const info = await askFee(session, view, { signer, call, nonce: nonceOf(account) })
  const weight = info.answer('weight')
  return {
    atBlock: view.block,
    signer,
    free: account ? freeOf(account) : rao(0n),
    existentialDeposit: existentialDepositOf(view.runtime),
    txFee: info.rao('partial_fee'),
    weight: {
      refTime: asBigint(weight.raw('ref_time'), 'weight'),
      proofSize: asBigint(weight.raw('proof_size'), 'weight'),
    },
    callHash: toHex(blake2AsU8a(call)),
    callHex: toHex(call),
  }
}
