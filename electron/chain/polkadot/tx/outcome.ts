import { blake2AsU8a } from '@polkadot/util-crypto'
import { z } from 'zod'
import type { AppError } from '../../../../shared/errors.ts'
import type { Outcome } from '../../../../shared/transactions/transaction.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asBigint, asList, asNumber } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { fromHex, toHex } from '../scale/bytes.ts'
import type { View } from '../view.ts'
import { failureIn } from './dispatch-error.ts'
import { type ChainEvent, readEvents } from './events.ts'

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

/** What the chain's events say that an extrinsic did. One request. */
export async function readInclusion(view: View, extrinsicIndex: number, signer: Ss58): Promise<Inclusion> {
  const own = (await readEvents(view)).filter((event) => event.extrinsic === extrinsicIndex)
  return {
    outcome: {
      block: view.block,
      blockHash: view.hash,
      extrinsicIndex,
      feeRao: feeIn(own, signer),
      stakeAdded: addedIn(own, signer),
      stakeRemoved: removedIn(own, signer),
      registeredUid: registeredIn(own),
      sentRao: sentIn(own, signer),
      pureCreated: pureIn(own),
      axonServed: own.some((event) => event.name === 'SubtensorModule.AxonServed') || undefined,
    },
    failure: failureIn(view.runtime, own, view.block),
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
