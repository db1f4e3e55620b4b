import { addRao, isRao, type Netuid, netuid, type Rao, rao, type Ss58 } from '../units/amounts.ts'
import { type Intent, type IntentKind, innerIntents, type PlaceIntent, type PlainIntent } from './intent.ts'
import { type LimitOrder, spentByOrder } from './limit-order.ts'

/** What a wallet can lose or give away by an intent, nested calls included. Fees and deposits are not in it. */
export interface Risk {
  /** TAO that leaves free balance for good or into a pool, rao; of the calls whose worth is known. */
  readonly tao: Rao
  /** Kinds in it whose worth cannot be read from the call: stake given away, control handed over, a hash alone. */
  readonly unknown: readonly IntentKind[]
  /** Those of them that are a bare hash: not even whom they are for, or on which subnet, can be read. */
  readonly unseen: readonly IntentKind[]
  readonly netuids: readonly Netuid[]
  /** Accounts that receive something, or power over the account. */
  readonly recipients: readonly Ss58[]
  readonly kinds: readonly IntentKind[]
}

const NOTHING = rao(0n)
const ROOT = netuid(0)

/** Pure. Unit of `tao`: rao. */
export function riskOf(intent: Intent): Risk {
  const inner = innerIntents(intent)
  if (inner.length === 0 && intent.kind === 'batch') return plain({ kinds: ['batch'] })
  if (inner.length > 0) return inner.map(riskOf).reduce(together, plain({ kinds: [intent.kind] }))
  // The cast: without inner intents it is a plain one.
  return riskOfPlain(intent as PlainIntent)
}

const plain = (known: Partial<Risk> & Pick<Risk, 'kinds'>): Risk => ({
  tao: NOTHING,
  unknown: [],
  unseen: [],
  netuids: [],
  recipients: [],
  ...known,
})

const together = (a: Risk, b: Risk): Risk => ({
  tao: addRao(a.tao, b.tao),
  unknown: [...a.unknown, ...b.unknown],
  unseen: [...a.unseen, ...b.unseen],
  netuids: [...a.netuids, ...b.netuids],
  recipients: [...a.recipients, ...b.recipients],
  kinds: [...a.kinds, ...b.kinds],
})

function riskOfPlain(intent: PlainIntent): Risk {
  const kinds = [intent.kind]
  switch (intent.kind) {
    case 'add-stake':
      return plain({ kinds, tao: intent.amount, netuids: [intent.netuid] })
    case 'register':
      return plain({ kinds, tao: intent.limit, netuids: [intent.netuid] })
    case 'root-register':
    case 'swap-hotkey':
      return riskOfPlace(intent)
    case 'remove-stake':
    case 'remove-stake-full':
    case 'serve-axon':
    case 'lock-stake':
    case 'move-lock':
    case 'set-perpetual-lock':
    case 'set-auto-stake':
      return plain({ kinds, netuids: [intent.netuid] })
    case 'move-stake':
    case 'move-stake-limit':
    case 'swap-stake':
      return plain({ kinds, netuids: [intent.fromNetuid, intent.toNetuid] })
    case 'transfer-stake':
      return plain({
        kinds,
        unknown: kinds,
        netuids: [intent.fromNetuid, intent.toNetuid],
        recipients: [intent.to],
      })
    case 'transfer':
      return plain({ kinds, tao: intent.amount, recipients: [intent.to] })
    case 'transfer-all':
      return plain({ kinds, unknown: kinds, recipients: [intent.to] })
    case 'add-proxy':
      return plain({ kinds, unknown: kinds, recipients: [intent.delegate] })
    case 'announce-coldkey-swap':
    case 'execute-coldkey-swap':
      return plain({ kinds, unknown: kinds, recipients: [intent.newColdkey] })
    // A hash may stand for anything.
    case 'announce-proxied':
    case 'multisig-approve':
      return plain({ kinds, unknown: kinds, unseen: kinds })
    // Alpha that is destroyed has a worth that the call does not tell.
    case 'recycle-alpha':
    case 'burn-alpha':
      return plain({ kinds, unknown: kinds, netuids: [intent.netuid] })
    case 'limit-order':
      return riskOfOrder(intent.order, kinds)
    // It takes what it holds with it.
    case 'kill-pure':
      return plain({ kinds, unknown: kinds })
    case 'claim-root':
    case 'claim-root-of':
    case 'reject-locked-alpha':
    case 'cancel-order':
    case 'remove-proxy':
    case 'remove-proxies':
    case 'remove-announcement':
    case 'reject-announcement':
    case 'create-pure':
    case 'clear-coldkey-swap':
    case 'dispute-coldkey-swap':
    case 'multisig-cancel':
      return plain({ kinds })
  }
}

/** What a seat costs is known only when the chain gives it. Whoever holds a new hotkey's secret serves and mines with it. */
function riskOfPlace(intent: PlaceIntent): Risk {
  const kinds = [intent.kind]
  if (intent.kind === 'root-register') return plain({ kinds, unknown: kinds, netuids: [ROOT] })
  const everywhere = intent.netuid === undefined
  return plain({ kinds, unknown: kinds, ...(everywhere ? { unseen: kinds } : { netuids: [intent.netuid] }) })
}

/** A sale brings TAO, a purchase spends it; a fee goes to whom the order names. */
function riskOfOrder(order: LimitOrder, kinds: readonly IntentKind[]): Risk {
  const spent = spentByOrder(order)
  return plain({
    kinds,
    ...(isRao(spent) ? { tao: spent } : { unknown: kinds }),
    netuids: [order.netuid],
    recipients: order.feePpb > 0 ? [order.feeTo] : [],
  })
}
