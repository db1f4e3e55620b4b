import type { AppError } from '../../../../shared/errors.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { SubmitEvent, TransactionTrace } from '../../chain.port.ts'
import type { HiddenBytes, HiddenSigned, ShieldOffer } from '../../shield.port.ts'
import { fail } from '../failure.ts'
import { RpcError } from '../net/rpc-error.ts'
import { existentialDepositOf, nonceOf } from '../read/account.ts'
import { FEATURES } from '../runtime/features.ts'
import { toHex } from '../scale/bytes.ts'
import type { Session } from '../session.ts'
import { View, viewOfBest } from '../view.ts'
import { encodeCall } from './call-of.ts'
import { askFee } from './fee.ts'
import { type FollowDeps, type Followed, Follower } from './follow.ts'
import { hashOf, indexIn } from './outcome.ts'
import { poolError } from './pool-error.ts'
import { prepareIntent, readHandle } from './prepare.ts'

/** Longest life of a cover, and of what it hides, in blocks. @source subtensor `runtime/src/check_mortality.rs` */
export const HIDDEN_PERIOD = 8
/** Faster blocks leave no time between reading the key and the block that opens it. ms */
const FASTEST_MS = 1_000
/** Key hash, length, encapsulated secret, nonce, seal; then frame and signature of the hidden extrinsic. */
const AROUND_BYTES = 16 + 2 + 1088 + 24 + 16 + 140
const KEY_BYTES = 1184
/** Longest cover that the chain takes. @source subtensor `pallets/shield/src/lib.rs` submit_encrypted */
const MOST_BYTES = 8192

/** The key for the next blocks, read at the newest block: it changes with every one. */
async function keyAt(view: View): Promise<Uint8Array | undefined> {
  const [key] = await view.storage([['MevShield.NextKey']])
  return key?.value instanceof Uint8Array && key.value.length === KEY_BYTES ? key.value : undefined
}

/** By what the chain promises, where it does: what was measured on a busy computer says little. */
function isFast({ runtime, facts }: Session): boolean {
  const slot = runtime.constant('Aura.SlotDuration')
  const ms = typeof slot === 'bigint' ? Number(slot) : facts.blockMs
  return ms === undefined || ms < FASTEST_MS
}

/** See ShieldPort. */
export async function shieldOffer(session: Session, signer: Ss58, callBytes: number): Promise<ShieldOffer> {
  const tooFast = isFast(session)
  if (!session.runtime.has(FEATURES.shield)) return { refused: 'not-offered', tooFast }
  if (AROUND_BYTES + callBytes > MOST_BYTES) return { refused: 'too-long', tooFast }
  const view = viewOfBest(session)
  if (!(await keyAt(view))) return { refused: 'no-key', tooFast }
  const ciphertext = new Uint8Array(AROUND_BYTES + callBytes)
  const call = encodeCall(session.runtime, { name: 'MevShield.submit_encrypted', args: { ciphertext } })
  const [account] = await view.storage([['System.Account', signer]])
  const fee = await askFee(session, view, { signer, call, nonce: nonceOf(account) })
  const existentialDeposit = existentialDepositOf(session.runtime)
  return { tooFast, carrierFee: fee.rao('partial_fee'), existentialDeposit }
}

/** See ShieldPort. The key is read last: it is the first to grow old. */
export async function prepareHidden(session: Session, signer: Ss58, intent: Intent): Promise<HiddenBytes> {
  if (!session.runtime.has(FEATURES.shield)) return fail({ code: 'shield/not-possible', reason: 'not-offered' })
  const bytes = await prepareIntent(session, signer, intent, { period: HIDDEN_PERIOD, ahead: 1 })
  const shieldKey = await keyAt(viewOfBest(session))
  return shieldKey ? { ...bytes, shieldKey } : fail({ code: 'shield/not-possible', reason: 'no-key' })
}

/** What the pool says of a key or a life that is over. @source protocol: `Custom error: 24`, `Stale` */
const isStale = ({ message, data }: RpcError): boolean =>
  /custom error: 24\b|outdated|stale|ancient/i.test(`${data} ${message}`)

/** See ShieldPort. */
export async function submitHidden(made: HiddenSigned, deps: FollowDeps): Promise<{ txHash: string }> {
  const { session, onEvent } = deps
  const { signer, lastBlock, facts } = readHandle(made.handle)
  const { genesis } = session.facts
  if (facts.genesisHash !== genesis)
    return fail({
      code: 'chain/wrong-genesis',
      endpoint: session.target.endpoint,
      expected: facts.genesisHash,
      actual: genesis,
    })
  if (session.reconnecting) return fail({ code: 'chain/not-connected' })
  const carrier = toHex(made.carrier)
  const carrierHash = hashOf(carrier)
  const trace: TransactionTrace = {
    txHash: made.innerHash,
    carrierHash,
    firstBlock: lastBlock - HIDDEN_PERIOD + 1,
    lastBlock,
  }
  onEvent({ stage: 'sending', trace })
  try {
    await session.rpc.request('author_submitExtrinsic', [carrier])
  } catch (cause) {
    if (!(cause instanceof RpcError)) throw cause
    return fail(isStale(cause) ? { code: 'shield/stale-key' } : poolError(cause))
  }
  onEvent({ stage: 'in-pool', txHash: made.innerHash })
  followSent({ ...trace, signer }, deps)
  return { txHash: made.innerHash }
}

/** Follows what was sent to its end, hidden or in the open. */
export function followSent(followed: Followed, deps: FollowDeps): void {
  const { carrierHash } = followed
  const told =
    carrierHash === undefined
      ? deps.onEvent
      : (event: SubmitEvent) => {
          if (event.stage !== 'failed' || event.error.code !== 'chain/transaction-lost') return deps.onEvent(event)
          void lostBecause(deps.session, followed, carrierHash).then((error) => deps.onEvent({ ...event, error }))
        }
  new Follower(followed, { ...deps, onEvent: told }).search()
}

/**
 * A hidden transaction that no block of its life holds was thrown away by an author: then its cover is in a block and paid.
 * Where the cover is in none either, nothing came of it and nothing was paid.
 */
async function lostBecause(session: Session, { txHash, firstBlock, lastBlock }: Followed, carrierHash: string) {
  const lost: AppError = { code: 'chain/transaction-lost', txHash }
  try {
    for (let block = firstBlock; block <= lastBlock; block++) {
      const view = new View(session, { block, hash: await session.hashAt(block), runtime: session.runtime })
      if ((await indexIn(view, carrierHash)) !== undefined) return { code: 'shield/dropped', carrierHash } as const
    }
    return lost
  } catch {
    // The line broke just now. That it is lost is known; whether the cover was paid is not, and is not claimed.
    return lost
  }
}
