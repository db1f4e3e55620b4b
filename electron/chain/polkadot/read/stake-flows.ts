import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { StakeFlow } from '../../earnings.port.ts'
import { Answer, asAddress, asBigint, asList, asNetuid } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import type { ChainEvent } from '../tx/events.ts'

type Flow = Omit<StakeFlow, 'block'>

/**
 * Own flows among the events of one block. Alpha of a removal counts with its fee, as both left the position.
 * @source subtensor events StakeAdded, StakeRemoved, AlphaRecycled, AlphaBurned, TransactionFeePaidWithAlpha. Moves,
 *         swaps and transfers come as pairs of StakeRemoved and StakeAdded beside their own event, so counting the
 *         pairs counts them.
 */
export function flowsIn(events: readonly ChainEvent[], coldkey: Ss58): readonly Flow[] {
  const paid = new Map<number, bigint>()
  for (const { name, value, extrinsic } of events)
    if (name === 'TransactionPayment.TransactionFeePaid' && extrinsic !== undefined) {
      const row = new Answer(value, name)
      if (row.address('who') === coldkey) paid.set(extrinsic, (paid.get(extrinsic) ?? 0n) + row.rao('actual_fee'))
    }
  return events.flatMap((event, index) =>
    ownFlow(events, index, coldkey).map((flow): Flow => {
      // The fee of a transaction counts once, with the first of its moves.
      const fee = event.extrinsic === undefined ? 0n : (paid.get(event.extrinsic) ?? 0n)
      if (event.extrinsic !== undefined) paid.delete(event.extrinsic)
      return { ...flow, feeTao: flow.feeTao + fee }
    }),
  )
}

function ownFlow(events: readonly ChainEvent[], index: number, coldkey: Ss58): readonly Flow[] {
  const own = (flow: Flow & { readonly coldkey: Ss58 }): Flow[] => {
    const { coldkey: owner, ...rest } = flow
    return owner === coldkey ? [rest] : []
  }
  const event = events[index]
  if (!event) return []
  const { name, value } = event
  switch (name) {
    case 'SubtensorModule.StakeAdded':
      return own(tradeOf(value, name, (alpha, fee) => ({ alpha, feeAlpha: 0n, feeTao: fee })))
    case 'SubtensorModule.StakeRemoved':
      return own(
        tradeOf(value, name, (alpha, fee) => ({
          alpha: -(alpha + fee),
          feeAlpha: isSaleForFee(events, event) ? alpha : fee,
          feeTao: 0n,
        })),
      )
    case 'SubtensorModule.AlphaRecycled':
    case 'SubtensorModule.AlphaBurned':
      return own(destroyedOf(value, name))
    case 'SubtensorModule.TransactionFeePaidWithAlpha':
      // Whose it is comes first: what the fees of others were paid from does not matter here.
      return new Answer(value, name).address('who') === coldkey && !saleOf(events, event)
        ? own(feeOf(value, name, hotkeyNear(events, index)))
        : []
    default:
      return []
  }
}

/** coldkey, hotkey, TAO, alpha, netuid, fee. */
function tradeOf(
  value: unknown,
  name: string,
  amounts: (alpha: bigint, fee: bigint) => Pick<Flow, 'alpha' | 'feeAlpha' | 'feeTao'>,
) {
  const [coldkey, hotkey, , alpha, netuid, fee] = asList(value, name)
  return {
    coldkey: asAddress(coldkey, name),
    hotkey: asAddress(hotkey, name),
    netuid: asNetuid(netuid, name),
    ...amounts(asBigint(alpha, name), asBigint(fee, name)),
  }
}

/** coldkey, hotkey, amount, netuid. */
function destroyedOf(value: unknown, name: string) {
  const [coldkey, hotkey, amount, netuid] = asList(value, name)
  return {
    coldkey: asAddress(coldkey, name),
    hotkey: asAddress(hotkey, name),
    netuid: asNetuid(netuid, name),
    alpha: -asBigint(amount, name),
    feeAlpha: 0n,
    feeTao: 0n,
  }
}

function feeOf(value: unknown, name: string, hotkey: Ss58 | undefined) {
  const row = new Answer(value, name)
  // The event names no hotkey; the fee comes from the position that its extrinsic touches.
  if (hotkey === undefined) return badAnswer(`${name} without a stake event beside it`)
  const fee = row.alpha('alpha_fee')
  return { coldkey: row.address('who'), hotkey, netuid: row.netuid('netuid'), alpha: -fee, feeAlpha: fee, feeTao: 0n }
}

/** The runtime reports the alpha that it sold for a fee as a removal, too: that one is counted already. */
function saleOf(events: readonly ChainEvent[], fee: ChainEvent): ChainEvent | undefined {
  const row = new Answer(fee.value, fee.name)
  const [who, netuid, alpha, tao] = [
    row.address('who'),
    row.netuid('netuid'),
    row.alpha('alpha_fee'),
    row.rao('tao_amount'),
  ]
  return events.find((event) => {
    if (event.name !== 'SubtensorModule.StakeRemoved' || event.extrinsic !== fee.extrinsic) return false
    const removed = asList(event.value, event.name)
    return (
      removed[0] === who && removed[2] === tao && removed[3] === alpha && removed[4] === netuid && removed[5] === 0n
    )
  })
}

/** Such a removal, seen from itself. */
const isSaleForFee = (events: readonly ChainEvent[], sale: ChainEvent): boolean =>
  events.some(
    (event) =>
      event.name === 'SubtensorModule.TransactionFeePaidWithAlpha' &&
      event.extrinsic === sale.extrinsic &&
      saleOf(events, event) === sale,
  )

/** The hotkey of the stake event of the same extrinsic. */
function hotkeyNear(events: readonly ChainEvent[], index: number): Ss58 | undefined {
  const { extrinsic } = events[index] ?? {}
  const trade = events.find(
    (event) =>
      event.extrinsic === extrinsic &&
      (event.name === 'SubtensorModule.StakeRemoved' || event.name === 'SubtensorModule.StakeAdded'),
  )
  return trade && asAddress(asList(trade.value, trade.name)[1], trade.name)
}
