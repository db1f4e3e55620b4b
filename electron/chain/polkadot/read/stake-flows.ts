import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { StakeFlow } from '../../chain.port.ts'
import { Answer, asAddress, asBigint, asList, asNetuid } from '../answer.ts'
import { badAnswer, fail } from '../failure.ts'
import { viewsBetween } from '../history.ts'
import type { Session } from '../session.ts'
import { type ChainEvent, readEvents } from '../tx/events.ts'

/** At most so many blocks are asked for at a time: public endpoints dislike bursts. */
const AT_ONCE = 4
const MOST_BLOCKS = 20_000

type Flow = Omit<StakeFlow, 'block'>

/**
 * Own moves of stake in `from..to`, from each block's events: one request a block (two where its hash is not known).
 * Alpha of a removal counts with its fee, as both left the position.
 * @source subtensor events StakeAdded, StakeRemoved, AlphaRecycled, AlphaBurned, TransactionFeePaidWithAlpha. Moves,
 *         swaps and transfers come as pairs of StakeRemoved and StakeAdded beside their own event, so counting the
 *         pairs counts them.
 */
export async function readStakeFlows(
  session: Session,
  coldkey: Ss58,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly StakeFlow[]> {
  if (to < from) return []
  if (to - from >= MOST_BLOCKS)
    fail({ code: 'chain/unsupported', missing: [`more than ${MOST_BLOCKS} blocks at once`] })
  const viewOf = await viewsBetween(session, from, to)
  const perBlock: (readonly StakeFlow[])[] = []
  for (let start = from; start <= to; start += AT_ONCE) {
    const blocks = Array.from({ length: Math.min(AT_ONCE, to - start + 1) }, (_, i) => start + i)
    const found = blocks.map(async (block) => {
      const events = await readEvents(await viewOf(block))
      return flowsIn(events, coldkey).map((flow): StakeFlow => ({ block, ...flow }))
    })
    perBlock.push(...(await Promise.all(found)))
  }
  return perBlock.flat()
}

/** Own flows among the events of one block. */
export function flowsIn(events: readonly ChainEvent[], coldkey: Ss58): readonly Flow[] {
  const own = (flow: Flow & { readonly coldkey: Ss58 }): Flow[] => {
    const { coldkey: owner, ...rest } = flow
    return owner === coldkey ? [rest] : []
  }
  return events.flatMap((event, index) => {
    const { name, value } = event
    switch (name) {
      case 'SubtensorModule.StakeAdded':
        return own(tradeOf(value, name, (alpha) => alpha))
      case 'SubtensorModule.StakeRemoved':
        return own(tradeOf(value, name, (alpha, fee) => -(alpha + fee)))
      case 'SubtensorModule.AlphaRecycled':
      case 'SubtensorModule.AlphaBurned':
        return own(destroyedOf(value, name))
      case 'SubtensorModule.TransactionFeePaidWithAlpha':
        // Whose it is comes first: what the fees of others were paid from does not matter here.
        return new Answer(value, name).address('who') === coldkey && !isToldAsSale(events, index)
          ? own(feeOf(value, name, hotkeyNear(events, index)))
          : []
      default:
        return []
    }
  })
}

/** coldkey, hotkey, TAO, alpha, netuid, fee. */
function tradeOf(value: unknown, name: string, alphaOf: (alpha: bigint, fee: bigint) => bigint) {
  const [coldkey, hotkey, , alpha, netuid, fee] = asList(value, name)
  return {
    coldkey: asAddress(coldkey, name),
    hotkey: asAddress(hotkey, name),
    netuid: asNetuid(netuid, name),
    alpha: alphaOf(asBigint(alpha, name), asBigint(fee, name)),
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
  }
}

function feeOf(value: unknown, name: string, hotkey: Ss58 | undefined) {
  const row = new Answer(value, name)
  // The event names no hotkey; the fee comes from the position that its extrinsic touches.
  if (hotkey === undefined) return badAnswer(`${name} without a stake event beside it`)
  return { coldkey: row.address('who'), hotkey, netuid: row.netuid('netuid'), alpha: -row.alpha('alpha_fee') }
}

/** The runtime reports the alpha that it sold for a fee as a removal, too: that one is counted already. */
function isToldAsSale(events: readonly ChainEvent[], index: number): boolean {
  const fee = events[index]
  const row = new Answer(fee?.value, fee?.name ?? '')
  const [who, netuid, alpha, tao] = [
    row.address('who'),
    row.netuid('netuid'),
    row.alpha('alpha_fee'),
    row.rao('tao_amount'),
  ]
  return events.some((event) => {
    if (event.name !== 'SubtensorModule.StakeRemoved' || event.extrinsic !== fee?.extrinsic) return false
    const removed = asList(event.value, event.name)
    return (
      removed[0] === who && removed[2] === tao && removed[3] === alpha && removed[4] === netuid && removed[5] === 0n
    )
  })
}

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
