import { blake2AsU8a, createKeyMulti } from '@polkadot/util-crypto'
import { z } from 'zod'
import type { MultisigFacts, MultisigMembers, MultisigOperation } from '../../../../shared/accounts/multisig.ts'
import { addRao, type Rao, rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asAddress, asRao } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { viewAt } from '../history.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Stored } from '../runtime/storage-item.ts'
import { addressOf, publicKeyOf } from '../scale/address.ts'
import { fromHex, toHex } from '../scale/bytes.ts'
import type { Session } from '../session.ts'
import { carriedCalls } from '../tx/carried-calls.ts'
import { intentOfCall } from '../tx/intent-of-call.ts'
import { callText, readWholeCall } from '../tx/read-call.ts'
import type { View } from '../view.ts'
import { freeOf } from './account.ts'

const NAME = 'Multisig.Multisigs'
/** More open operations of one account than anybody can look through. */
const MOST_OPERATIONS = 100
const keysAnswer = z.array(z.string().regex(/^0x[0-9a-f]+$/i))
const blockAnswer = z.looseObject({ block: z.looseObject({ extrinsics: z.array(z.string()) }) })

/** @source pallet-multisig `multi_account_id`: blake2-256 of `modlpy/utilisuba`, the sorted members and the threshold */
export const multisigAddress = ({ members, threshold }: MultisigMembers): Ss58 =>
  addressOf(createKeyMulti(members.map(publicKeyOf), threshold))

/** Kept back while an operation is open, rao. @source pallet-multisig: base + factor × threshold */
export function multisigDeposit(runtime: Runtime, threshold: number): Rao {
  const base = asRao(runtime.constant('Multisig.DepositBase'), 'DepositBase')
  const factor = asRao(runtime.constant('Multisig.DepositFactor'), 'DepositFactor')
  return addRao(base, rao(factor * BigInt(threshold)))
}

/** Open operations of a shared account, with their calls where the block that opened them still tells. */
export async function readMultisig(view: View, session: Session, address: Ss58): Promise<MultisigFacts> {
  view.runtime.need(FEATURES.multisig)
  const item = view.runtime.storage(NAME)
  const prefix = item.prefixOf(address)
  const answer = keysAnswer.safeParse(
    await view.request('state_getKeysPaged', [prefix, MOST_OPERATIONS, null, view.hash]),
  )
  if (!answer.success) return badAnswer('state_getKeysPaged')
  // The last 32 bytes of a key are the call hash itself: its hasher keeps it.
  const hashes = answer.data.map((key) => `0x${key.slice(-64).toLowerCase()}`)
  const [account, ...stored] = await view.storage([
    ['System.Account', address],
    ...hashes.map((hash) => [NAME, address, fromHex(hash, NAME)] as const),
  ])
  const operations = stored.flatMap((entry, at) => operationOf(hashes[at] ?? '', entry))
  return {
    atBlock: view.block,
    address,
    free: freeOf(account ?? badAnswer('System.Account')),
    operations: await Promise.all(operations.map((operation) => withCall(session, operation))),
  }
}

function operationOf(callHash: string, stored: Stored): readonly MultisigOperation[] {
  // Carried out or cancelled between the two requests.
  if (!stored.present) return []
  const operation = new Answer(stored.value, NAME)
  const when = operation.answer('when')
  return [
    {
      callHash,
      timepoint: { height: when.number('height'), index: when.number('index') },
      depositor: operation.address('depositor'),
      deposit: operation.rao('deposit'),
      approvals: operation.list('approvals').map((who) => asAddress(who, NAME)),
    },
  ]
}

/** The extrinsic that opened the operation carries the call, unless only its hash was approved. */
async function withCall(session: Session, operation: MultisigOperation): Promise<MultisigOperation> {
  const { height, index } = operation.timepoint
  try {
    const view = await viewAt(session, height)
    const parsed = blockAnswer.safeParse(await view.request('chain_getBlock', [view.hash]))
    const extrinsic = parsed.success ? parsed.data.block.extrinsics[index] : undefined
    if (extrinsic === undefined) return operation
    const calls = carriedCalls(view.runtime, fromHex(extrinsic, 'extrinsic'))
    const call = calls.find((bytes) => toHex(blake2AsU8a(bytes)) === operation.callHash)
    return call ? { ...operation, ...callFacts(view.runtime, call) } : operation
  } catch {
    // A block that the node has forgotten, or bytes we cannot read: the call stays unknown, which is what is shown.
    return operation
  }
}

/** @errors chain/bad-answer when the bytes are no call of this runtime */
export function callFacts(
  runtime: Runtime,
  bytes: Uint8Array,
): { callHex: string; text: string } & Pick<MultisigOperation, 'intent'> {
  const call = readWholeCall(runtime, bytes)
  const intent = intentOfCall(call)
  return { callHex: toHex(bytes), text: callText(call), ...(intent ? { intent } : {}) }
}
