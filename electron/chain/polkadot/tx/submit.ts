import type { AppError } from '../../../../shared/errors.ts'
import type { TransactionTrace } from '../../chain.port.ts'
import { errorOf, fail } from '../failure.ts'
import { RpcError } from '../net/rpc-error.ts'
import { toHex } from '../scale/bytes.ts'
import type { Session } from '../session.ts'
import { PERIOD } from './era.ts'
import { type FollowDeps, type Followed, Follower } from './follow.ts'
import { hashOf } from './outcome.ts'
import { signedExtrinsic } from './payload.ts'
import { poolError } from './pool-error.ts'
import { readHandle } from './prepare.ts'

const NAMES = {
  subscribe: 'author_submitAndWatchExtrinsic',
  unsubscribe: 'author_unwatchExtrinsic',
}
/** The pool refused it, or it never left this computer: nothing was paid. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['chain/pool-refused', 'chain/over-budget'])
/** A `MultiSignature`: one byte for the scheme, 64 for an ed25519 or sr25519 signature. */
const SIGNATURE_BYTES = 65

/**
 * Completes, sends and follows a prepared transaction.
 * @returns as soon as the pool took it. What happens then comes as events; the last is `finalized` or `failed`.
 * @errors chain/pool-refused (nothing was paid), chain/wrong-genesis (prepared for another chain), chain/not-connected,
 *         chain/over-budget (it never left, nothing was paid)
 */
export async function submit(handle: string, signature: Uint8Array, deps: FollowDeps): Promise<{ txHash: string }> {
  const { session, onEvent } = deps
  const unsigned = readHandle(handle)
  const { genesis } = session.facts
  const { facts } = unsigned
  if (facts.genesisHash !== genesis) {
    const { endpoint } = session
    return fail({ code: 'chain/wrong-genesis', endpoint, expected: facts.genesisHash, actual: genesis })
  }
  // The pool would say "bad proof", which tells nobody what to do.
  if (facts.specVersion !== session.runtime.version.specVersion)
    return fail({ code: 'chain/pool-refused', reason: 'the chain changed its rules since this was prepared' })
  if (signature.length !== SIGNATURE_BYTES) return fail({ code: 'keys/unsupported', what: 'signature' })
  const extrinsic = toHex(signedExtrinsic(session.runtime, { ...unsigned, signature }))
  const { lastBlock, signer } = unsigned
  const trace: TransactionTrace = { txHash: hashOf(extrinsic), firstBlock: lastBlock - PERIOD + 1, lastBlock }
  if (session.reconnecting) return fail({ code: 'chain/not-connected' })
  onEvent({ stage: 'sending', trace })
  const follower = await handOver(extrinsic, { ...trace, signer, nonce: facts.nonce }, deps)
  // Another node may never have heard of it: the same bytes again cannot be taken twice, whoever has them says so.
  const stop = session.onUp(() => {
    if (follower.ended || session.best.number > lastBlock) return stop()
    session.rpc.request('author_submitExtrinsic', [extrinsic]).catch(() => undefined)
  })
  session.onLeft(stop)
  return { txHash: trace.txHash }
}

/**
 * Gives it to the endpoint in use; where that takes no more requests, to each other one, once: the same bytes cannot be taken
 * twice. A gateway that says "too many" may have passed it on before: from then on it is followed whatever the others say.
 */
async function handOver(extrinsic: string, followed: Followed, deps: FollowDeps): Promise<Follower> {
  const { session } = deps
  const tried = new Set<string>()
  let doubt: AppError | undefined
  for (;;) {
    tried.add(session.endpoint)
    const sent = await sendTo(extrinsic, followed, deps)
    if (sent instanceof Follower) return sent
    if (sent.code !== 'chain/rate-limited' && !doubt) return fail(sent)
    doubt ??= sent
    // The line has left for another endpoint if there is one.
    const isElsewhere = session.reconnecting && (await isUpAgain(session))
    if (!isElsewhere || tried.has(session.endpoint) || session.best.number > followed.lastBlock)
      return inDoubt(doubt, { extrinsic, follower: new Follower(followed, deps) }, deps)
  }
}

/** Looks for it in the blocks, and gives it away once more when the endpoint may be asked again. */
function inDoubt(
  error: AppError,
  { extrinsic, follower }: { readonly extrinsic: string; readonly follower: Follower },
  { session }: FollowDeps,
): Follower {
  follower.doubt(error)
  follower.search()
  session.rpc.request('author_submitExtrinsic', [extrinsic]).then(
    () => follower.taken(),
    () => undefined,
  )
  return follower
}

/** @returns who follows it; what the endpoint said where it did not take it, and another one may */
async function sendTo(extrinsic: string, followed: Followed, deps: FollowDeps): Promise<Follower | AppError> {
  const { rpc } = deps.session
  const follower = new Follower(followed, deps)
  // Statuses may overtake the answer; `in-pool` must still be the first event.
  const accepted = Promise.withResolvers<void>()
  const tell = (status: unknown) => void accepted.promise.then(() => follower.tell(status))
  try {
    await rpc.subscribe({ ...NAMES, params: [extrinsic] }, tell)
    deps.onEvent({ stage: 'in-pool', txHash: followed.txHash })
    accepted.resolve()
  } catch (cause) {
    const error = cause instanceof RpcError ? poolError(cause) : errorOf(cause)
    if (NOT_TAKEN.has(error.code) || error.code === 'chain/rate-limited') {
      follower.refused()
      return error
    }
    // Sent, but the answer was lost with the socket: the pool may have it. Saying "failed" now would invite a second one.
  }
  rpc.onClosed(() => follower.disconnected())
  return follower
}

/** @returns false when the chain was left instead */
function isUpAgain(session: Session): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = session.onUp(() => {
      stop()
      resolve(true)
    })
    session.onLeft(() => {
      stop()
      resolve(false)
    })
  })
}
