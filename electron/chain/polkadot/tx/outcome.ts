import { blake2AsU8a } from '@polkadot/util-crypto'
import { z } from 'zod'
import type { AppError } from '../../../../shared/errors.ts'
import type { HappenedMove, Outcome } from '../../../../shared/transactions/transaction.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asAddress, asBigint, asList, asNetuid, asNumber } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { fromHex, toHex } from '../scale/bytes.ts'
import type { View } from '../view.ts'
import { withClaims } from './claimed.ts'
import { failureIn } from './dispatch-error.ts'
import { type ChainEvent, readEvents } from './events.ts'
import { heldIn } from './held.ts'
import { placePaidIn } from './place-paid.ts'

const answer = z.looseObject({ block: z.looseObject({ extrinsics: z.array(z.string()) }) })

export interface Inclusion {
  readonly outcome: Outcome
  readonly failure: AppError | undefined
}

/** Position of the extrinsic with this hash in the view's block; `undefined` when it is not there. One request. */
export async function indexIn(view: View, txHash: string): Promise<number | undefined> {
  const parsed = answer.safeParse(await view.request('chain_getBlock', [view.hash]))
  if (!parsed.success) return badAnswer('chain_getBlock')
  const index = parsed.data.block.extrinsics.findIndex((body) => hashOf(body) === txHash)
  return index < 0 ? undefined : index
}

/** A transaction is named by the hash of its bytes, length prefix included, as the body spells them. */
export const hashOf = (extrinsic: string): string => toHex(blake2AsU8a(fromHex(extrinsic, 'extrinsic')))

export interface Included {
  readonly extrinsicIndex: number
  readonly signer: Ss58
  /** A view of the block before. */
  readonly before: () => Promise<View>
}

/** What the chain's events say that an extrinsic did. One request; three more where a claim from root tells no amount. */
export async function readInclusion(view: View, { extrinsicIndex, signer, before }: Included): Promise<Inclusion> {
  const events = await readEvents(view)
  const all = events.filter((event) => event.extrinsic === extrinsicIndex)
  const feeAlpha = feeAlphaIn(all)
  const own = feeAlpha ? withoutFeeSale(all, feeAlpha.alpha) : all
  const moves = movesIn(own)
  const feeRao = feeIn(own, signer)
  const held = await withClaims(view, heldIn(own), { events, extrinsicIndex, before })
  const items = itemsIn(view, own)
  return {
    outcome: {
      block: view.block,
      blockHash: view.hash,
      extrinsicIndex,
      feeRao,
      stakeAdded: addedIn(own, signer),
      stakeRemoved: removedIn(own, signer),
      moves: moves.length > 0 ? moves : undefined,
      held: held.length > 0 ? held : undefined,
      failedItems: items?.some((item) => item !== null) ? items : undefined,
      feeAlpha,
      registeredUid: registeredIn(own),
      placeRao: placePaidIn(own, signer, feeRao),
      sentRao: sentIn(own, signer),
      pureCreated: pureIn(own),
      axonServed: own.some((event) => event.name === 'SubtensorModule.AxonServed') || undefined,
    },
    // Of calls that do not depend on each other some may fail: then it is told of each, and the others did happen.
    failure: items?.includes(null) ? undefined : failureIn(view.runtime, own, view.block),
  }
}

/**
 * Rao. The payment pallet reports every fee; where it says nothing (or 0), a fee paid in alpha is told by its own event,
 * with the TAO that the alpha was sold for.
 */
function feeIn(events: readonly ChainEvent[], signer: Ss58): bigint | undefined {
  const paid = (name: string, field: string) =>
    events
      .filter((event) => event.name === name)
      .map((event) => new Answer(event.value, name))
      .find((row) => row.address('who') === signer)
      ?.rao(field)
  const inTao = paid('TransactionPayment.TransactionFeePaid', 'actual_fee')
  return inTao || (paid('SubtensorModule.TransactionFeePaidWithAlpha', 'tao_amount') ?? inTao)
}

/** `StakeAdded`: coldkey, hotkey, TAO with fee, alpha received, netuid, fee in rao. */
function addedIn(events: readonly ChainEvent[], signer: Ss58): Outcome['stakeAdded'] {
  const rows = rowsOf(events, 'SubtensorModule.StakeAdded', signer)
  if (rows.length === 0) return undefined
  return { taoRao: sum(rows, 2), alpha: sum(rows, 3), feeRao: sum(rows, 5) }
}
/** `StakeRemoved`: coldkey, hotkey, TAO received, alpha without fee, netuid, fee in alpha. */
function removedIn(events: readonly ChainEvent[], signer: Ss58): Outcome['stakeRemoved'] {
  const rows = rowsOf(events, 'SubtensorModule.StakeRemoved', signer)
  if (rows.length === 0) return undefined
  return { taoRao: sum(rows, 2), alpha: sum(rows, 3), feeAlpha: sum(rows, 5) }
}
/** Alpha that was sold for the network fee, where the TAO did not reach. */
function feeAlphaIn(events: readonly ChainEvent[]): Outcome['feeAlpha'] {
  const event = events.find(({ name }) => name === 'SubtensorModule.TransactionFeePaidWithAlpha')
  if (!event) return undefined
  const row = new Answer(event.value, event.name)
  return { netuid: row.netuid('netuid'), alpha: row.alpha('alpha_fee') }
}

/** The fee is taken first, and its sale tells of itself like any other; it is none of the moves that were asked for. */
function withoutFeeSale(events: readonly ChainEvent[], sold: bigint): readonly ChainEvent[] {
  const at = events.findIndex(
    ({ name, value }) => name === 'SubtensorModule.StakeRemoved' && asBigint(asList(value, name)[3], name) === sold,
  )
  return at < 0 ? events : events.filter((_, index) => index !== at)
}

/** `StakeAdded` and `StakeRemoved` of every account, in order: coldkey, hotkey, TAO, alpha, netuid, fee. */
function movesIn(events: readonly ChainEvent[]): readonly HappenedMove[] {
  return events.flatMap(({ name, value }): HappenedMove[] => {
    if (name !== 'SubtensorModule.StakeAdded' && name !== 'SubtensorModule.StakeRemoved') return []
    const [coldkey, hotkey, tao, moved, netuid, fee] = asList(value, name)
    return [
      {
        event: name.endsWith('Added') ? 'added' : 'removed',
        coldkey: asAddress(coldkey, name),
        hotkey: asAddress(hotkey, name),
        netuid: asNetuid(netuid, name),
        tao: asBigint(tao, name),
        alpha: asBigint(moved, name),
        fee: asBigint(fee, name),
      },
    ]
  })
}

/** How each call of a `force_batch` ended; `undefined` where there was none, or all went well. */
function itemsIn(view: View, events: readonly ChainEvent[]): readonly (string | null)[] | undefined {
  if (!events.some(({ name }) => name === 'Utility.ItemFailed')) return undefined
  return events.flatMap((event) => {
    if (event.name === 'Utility.ItemCompleted') return [null]
    if (event.name !== 'Utility.ItemFailed') return []
    const failure = failureIn(view.runtime, [event], view.block)
    return [failure?.code === 'chain/dispatch-failed' ? failure.name : event.name]
  })
}

/** `NeuronRegistered`: netuid, uid, hotkey. */
function registeredIn(events: readonly ChainEvent[]): number | undefined {
  const event = events.find(({ name }) => name === 'SubtensorModule.NeuronRegistered')
  return event && asNumber(asList(event.value, event.name)[1], event.name)
}

/** `Transfer`: from, to, amount. */
function sentIn(events: readonly ChainEvent[], signer: Ss58): bigint | undefined {
  const sent = events
    .filter((event) => event.name === 'Balances.Transfer')
    .map((event) => new Answer(event.value, event.name))
    .filter((row) => row.address('from') === signer)
  return sent.length === 0 ? undefined : sent.reduce((total, row) => total + row.rao('amount'), 0n)
}

/** `PureCreated`: the account without a key, who made it, and what tells it from others of the same extrinsic. */
function pureIn(events: readonly ChainEvent[]): Outcome['pureCreated'] {
  const event = events.find(({ name }) => name === 'Proxy.PureCreated')
  if (!event) return undefined
  const row = new Answer(event.value, event.name)
  return { address: row.address('pure'), spawner: row.address('who'), index: row.number('disambiguation_index') }
}

const rowsOf = (events: readonly ChainEvent[], name: string, coldkey: Ss58): readonly (readonly unknown[])[] =>
  events
    .filter((event) => event.name === name)
    .map((event) => asList(event.value, name))
    .filter((row) => row[0] === coldkey)

const sum = (rows: readonly (readonly unknown[])[], field: number): bigint =>
  rows.reduce((total, row) => total + asBigint(row[field], 'stake event'), 0n)
