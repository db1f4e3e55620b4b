import { birthBlock, deathBlock } from '../../extrinsic/era.ts'
import { decodeExtrinsic, type Extrinsic, type Signed } from '../../extrinsic/extrinsic.ts'
import { isSignedBySender, senderOf } from '../../extrinsic/verify.ts'
import { metadataDigest } from '../../metadata/metadata-digest.ts'
import type { ChainContext, Validity } from '../../runtime.port.ts'
import type { Kv } from '../../state/kv.port.ts'
import { checkColdkeySwap } from '../coldkey-swap/guard.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import type { Failure } from '../core/failure.ts'
import { Store } from '../core/store.ts'
import { weightOf } from '../dispatch/call-weight.ts'
import { feeOf } from '../dispatch/fee.ts'
import { canPayInAlpha } from '../fees/alpha-fee.ts'
import { accountOf, spendableOf } from '../money/balances.ts'
import { checkAxon, checkPrometheus } from '../neurons/serve.ts'
import { feePayerOf } from '../proxy/fee-payer.ts'
import { refusedCarrier } from '../shield/shield-rules.ts'
import { firstFailure } from '../stake/checks.ts'
import { maySudo } from '../sudo/sudo-calls.ts'

/**
 * The chain's numbers for what its own extension refuses in the pool ("Custom error: N").
 * @source subtensor `common/src/transaction_error.rs`
 */
const CUSTOM: Readonly<Record<string, number>> = {
  ColdkeySwapAnnounced: 0,
  HotKeyNotRegisteredInNetwork: 10,
  InvalidIpType: 11,
  InvalidIpAddress: 11,
  ServingRateLimitExceeded: 12,
  InvalidPort: 13,
  ColdkeySwapDisputed: 21,
}
const FAILED_SHIELDED_PARSING = 23
const BAD_REQUEST = 255

const customCode = (failure: Failure): number =>
  'error' in failure ? (CUSTOM[failure.error] ?? BAD_REQUEST) : BAD_REQUEST

/** Announcements cost nothing, so a useless one is refused before it takes a place in a block. */
function checkServing(ctx: Ctx, hotkey: string, { call }: Extrinsic): Outcome {
  if (call.type !== 'SubtensorModule') return done
  if (call.value.type === 'serve_axon') {
    const { netuid, ...endpoint } = call.value.value
    return checkAxon(ctx, { netuid, hotkey }, endpoint)
  }
  if (call.value.type === 'serve_prometheus') {
    const { netuid, ...endpoint } = call.value.value
    return checkPrometheus(ctx, { netuid, hotkey }, endpoint)
  }
  return done
}

/** Verified extrinsics of this process, by bytes: the pool and the block both ask, and the signature is the dear part. */
const verified = new WeakMap<Uint8Array, string>()

function isGenuine(bytes: Uint8Array, extrinsic: Extrinsic, hashes: { genesis: string; birthHash: string }): boolean {
  const against = hashes.genesis + hashes.birthHash
  if (verified.get(bytes) === against) return true
  const digest = extrinsic.signed?.metadataHash ? { metadataDigest: metadataDigest() } : {}
  if (!isSignedBySender(extrinsic, { ...hashes, ...digest })) return false
  verified.set(bytes, against)
  return true
}

function read(bytes: Uint8Array): Extrinsic | undefined {
  try {
    return decodeExtrinsic(bytes)
  } catch {
    // Anything that is no extrinsic of this chain: unknown call, cut off, trailing bytes.
    return undefined
  }
}

/** Blocks for which an extrinsic stays valid. */
const longevityOf = (signed: Signed, number: number): number =>
  signed.era.type === 'immortal' ? Number.MAX_SAFE_INTEGER : deathBlock(signed.era, number) - number

/**
 * Whether an extrinsic may go into block `context.number`. A nonce ahead of the account's is fine: the pool waits.
 * @source Substrate's signed extensions, in the order of protocol.md 7.1
 */
export function validate(kv: Kv, bytes: Uint8Array, context: ChainContext): Validity {
  const extrinsic = read(bytes)
  if (extrinsic === undefined) return { ok: false, code: 'bad-call' }
  const { signed } = extrinsic
  const sender = signed && senderOf(signed)
  // Only the block's author writes unsigned extrinsics.
  if (signed === undefined || sender === undefined) return { ok: false, code: 'bad-call' }
  const birthHash = context.blockHash(birthBlock(signed.era, context.number))
  if (birthHash === undefined) return { ok: false, code: 'ancient' }
  if (!isGenuine(bytes, extrinsic, { genesis: context.genesis, birthHash })) return { ok: false, code: 'bad-proof' }
  const carrier = refusedCarrier(extrinsic)
  if (carrier === 'stale') return { ok: false, code: 'stale' }
  const store = new Store(kv)
  const ctx: Ctx = { store, block: context.number, emit: () => undefined }
  if (signed.nonce < accountOf(store, sender).nonce) return { ok: false, code: 'stale' }
  const fee = feeOf(weightOf(extrinsic.call), extrinsic.length)
  const payer = feePayerOf(store, sender, extrinsic.call)
  const due = { call: extrinsic.call, fee: fee.total + signed.tip }
  if (due.fee > spendableOf(store, payer) && !canPayInAlpha(ctx, payer, due)) return { ok: false, code: 'payment' }
  if (!maySudo(store, sender, extrinsic.call)) return { ok: false, code: 'bad-signer' }
  if (carrier === 'malformed') return { ok: false, code: 'custom', custom: FAILED_SHIELDED_PARSING }
  const refused = firstFailure(
    () => checkColdkeySwap(store, sender, extrinsic.call),
    () => checkServing(ctx, sender, extrinsic),
  )
  if (!refused.ok) return { ok: false, code: 'custom', custom: customCode(refused.error) }
  return { ok: true, sender, nonce: signed.nonce, longevity: longevityOf(signed, context.number) }
}
