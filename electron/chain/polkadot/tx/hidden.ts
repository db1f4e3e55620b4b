import type { AppError } from '../../../../shared/errors.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { HiddenBytes, HiddenSigned, ShieldOffer } from '../../shield.port.ts'
import { errorOf, fail } from '../failure.ts'
import { RpcError } from '../net/rpc-error.ts'
import { existentialDepositOf, nonceOf } from '../read/account.ts'
import { FEATURES } from '../runtime/features.ts'
import { toHex } from '../scale/bytes.ts'
import type { Session } from '../session.ts'
import { type View, viewOfBest } from '../view.ts'
import { encodeCall } from './call-of.ts'
import { askFee } from './fee.ts'
import type { FollowDeps, Followed } from './follow.ts'
import { HiddenFollower, traceOf } from './follow-hidden.ts'
import { hashOf } from './outcome.ts'
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

interface Wish {
  readonly intent: Intent
  readonly insteadOf?: HiddenSigned | undefined
}

/** See ShieldPort. The key is read last: it is the first to grow old. */
export async function prepareHidden(session: Session, signer: Ss58, wish: Wish): Promise<HiddenBytes> {
  if (!session.runtime.has(FEATURES.shield)) return fail({ code: 'shield/not-possible', reason: 'not-offered' })
  const { intent, insteadOf } = wish
  const nonce = insteadOf && readHandle(insteadOf.handle).facts.nonce
  const bytes = await prepareIntent(session, signer, intent, { period: HIDDEN_PERIOD, ahead: 1, nonce })
  const shieldKey = await keyAt(viewOfBest(session))
  return shieldKey ? { ...bytes, shieldKey } : fail({ code: 'shield/not-possible', reason: 'no-key' })
}

/**
 * What the pool says of a key or a life that is over: neither can come right later. A used number ("outdated") is no such
 * thing: there the pair may have run.
 * @source subtensor `CustomTransactionError::InvalidShieldedTxPubKeyHash`, substrate `InvalidTransaction::AncientBirthBlock`
 */
const isStale = ({ code, message, data }: RpcError): boolean =>
  code === 1010 && /custom error: 24\b|ancient birth block/i.test(`${data} ${message}`)

/** By what both are found in the blocks. */
function pairOf({ handle, carrier, innerHash }: HiddenSigned): Followed {
  const { signer, lastBlock } = readHandle(handle)
  const firstBlock = lastBlock - HIDDEN_PERIOD + 1
  return { txHash: innerHash, carrierHash: hashOf(toHex(carrier)), firstBlock, lastBlock, signer }
}

/** See ShieldPort. */
export async function submitHidden(made: HiddenSigned, deps: FollowDeps): Promise<{ txHash: string }> {
  const { session, onEvent } = deps
  const { facts } = readHandle(made.handle)
  const { genesis } = session.facts
  if (facts.genesisHash !== genesis)
    return fail({
      code: 'chain/wrong-genesis',
      endpoint: session.target.endpoint,
      expected: facts.genesisHash,
      actual: genesis,
    })
  if (session.reconnecting) return fail({ code: 'chain/not-connected' })
  const { rpc } = session
  const carrier = toHex(made.carrier)
  const pair = pairOf(made)
  const answer = { txHash: pair.txHash }
  const twin = made.insteadOf && pairOf(made.insteadOf)
  onEvent({ stage: 'sending', trace: traceOf(pair, twin) })
  const follower = new HiddenFollower(twin ? [twin, pair] : [pair], deps)
  try {
    await rpc.request('author_submitExtrinsic', [carrier])
    onEvent({ stage: 'in-pool', ...answer })
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (refusal && !made.insteadOf) {
      follower.refused()
      return fail(refusal)
    }
    if (refusal) {
      // Two pairs were refused, and a node that lies may have kept one: the end of their lives makes it certain.
      onEvent({ stage: 'doubted', error: refusal, untilBlock: pair.lastBlock })
      follower.search(refusal)
      return answer
    }
    // Sent, but the answer was lost, or no word of the pool: it may have it. "Failed" would invite a second trade.
    const error = errorOf(cause)
    if (error.code === 'chain/rate-limited') onEvent({ stage: 'doubted', error, untilBlock: pair.lastBlock })
  }
  follower.search()
  // Another node may never have heard of it: the same cover again cannot be taken twice.
  const stop = session.onUp(() => {
    if (follower.ended || session.best.number > pair.lastBlock) return stop()
    session.rpc.request('author_submitExtrinsic', [carrier]).catch(() => undefined)
  })
  session.onLeft(stop)
  return answer
}

/** Why it is certainly not under way; `undefined` where nobody knows. */
function refusalOf(cause: unknown): AppError | undefined {
  if (cause instanceof RpcError) return isStale(cause) ? { code: 'shield/stale-key' } : poolError(cause)
  const error = errorOf(cause)
  // Its turn did not come: it never left this computer.
  return error.code === 'chain/over-budget' ? error : undefined
}
