import type { TransactionTrace } from '../../chain.port.ts'
import { fail } from '../failure.ts'
import { RpcError } from '../net/rpc-error.ts'
import { toHex } from '../scale/bytes.ts'
import { PERIOD } from './era.ts'
import { type FollowDeps, Follower } from './follow.ts'
import { hashOf } from './outcome.ts'
import { signedExtrinsic } from './payload.ts'
import { poolError } from './pool-error.ts'
import { readHandle } from './prepare.ts'

const NAMES = {
  subscribe: 'author_submitAndWatchExtrinsic',
  unsubscribe: 'author_unwatchExtrinsic',
}
/** A `MultiSignature`: one byte for the scheme, 64 for an ed25519 or sr25519 signature. */
const SIGNATURE_BYTES = 65

/**
 * Completes, sends and follows a prepared transaction.
 * @returns as soon as the pool took it. What happens then comes as events; the last is `finalized` or `failed`.
 * @errors chain/pool-refused (nothing was paid), chain/wrong-genesis (prepared for another chain), chain/unreachable
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
  const { rpc } = session
  if (session.reconnecting) return fail({ code: 'chain/not-connected' })
  onEvent({ stage: 'sending', trace })
  const follower = new Follower({ ...trace, signer, nonce: facts.nonce }, deps)
  // Statuses may overtake the answer; `in-pool` must still be the first event.
  const accepted = Promise.withResolvers<void>()
  const tell = (status: unknown) => void accepted.promise.then(() => follower.tell(status))
  try {
    await rpc.subscribe({ ...NAMES, params: [extrinsic] }, tell)
    onEvent({ stage: 'in-pool', txHash: trace.txHash })
    accepted.resolve()
  } catch (cause) {
    if (cause instanceof RpcError) {
      follower.refused()
      return fail(poolError(cause))
    }
    // Sent, but the answer was lost with the socket: the pool may have it. Saying "failed" now would invite a second one.
  }
  rpc.onClosed(() => follower.disconnected())
  // Another node may never have heard of it: the same bytes again cannot be taken twice, whoever has them says so.
  const stop = session.onUp(() => {
    if (follower.ended || session.best.number > lastBlock) return stop()
    session.rpc.request('author_submitExtrinsic', [extrinsic]).catch(() => undefined)
  })
  session.onLeft(stop)
  return { txHash: trace.txHash }
}
