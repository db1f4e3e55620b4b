import { type Intent, innerIntents } from '../signing/intent.ts'
import { type Rao, rao, U64_MAX } from '../units/amounts.ts'

/** By what a runtime weighs: constants of its metadata, picoseconds. */
export interface FeeBasis {
  /** Of every extrinsic. */
  readonly base: bigint
  readonly read: bigint
  readonly write: bigint
}

/** @source mainnet 424 to 475: `System.BlockWeights` (normal class), `System.DbWeight` */
export const USUAL_BASIS: FeeBasis = { base: 108_157_000n, read: 25_000_000n, write: 100_000_000n }

/** A fee that two sources put far apart. */
export interface FeeDoubt {
  readonly kind: 'fee'
  /** What the node said it would be. */
  readonly stated: Rao
  /** What the weight of the call comes to by our own count. */
  readonly compared: Rao
}

interface Work {
  readonly reads: bigint
  readonly writes: bigint
  /** Picoseconds besides reads and writes. */
  readonly own: bigint
}
const work = (reads: bigint, writes: bigint, own: bigint): Work => ({ reads, writes, own })

/**
 * What the calls do, so that they come out at the fees that were seen on mainnet.
 * @source protocol 7.3: add_stake_limit about 0.0016 TAO, remove 0.0014, swap 0.0023, move and transfer 0.0007, register 0.0020
 */
const WORK: Readonly<Partial<Record<Intent['kind'], Work>>> = {
  'add-stake': work(30n, 20n, 350_000_000n),
  'remove-stake': work(28n, 16n, 400_000_000n),
  'remove-stake-full': work(28n, 16n, 400_000_000n),
  'swap-stake': work(40n, 30n, 500_000_000n),
  'move-stake-limit': work(40n, 30n, 500_000_000n),
  'move-stake': work(18n, 7n, 200_000_000n),
  'transfer-stake': work(18n, 7n, 200_000_000n),
  register: work(40n, 26n, 300_000_000n),
  transfer: work(1n, 1n, 60_000_000n),
  'transfer-all': work(1n, 1n, 60_000_000n),
}
/** Around other calls: a batch, acting as a proxy. */
const CARRIER = work(3n, 3n, 50_000_000n)

/** rao for one ref_time, as a fraction. @source subtensor `runtime/src/lib.rs` (WeightToFee): 500,000 ÷ 1e9 */
const [NUMERATOR, DENOMINATOR] = [500_000n, 1_000_000_000n]
/** Signature, addresses and amounts; 1 rao each. */
const BYTES_OF_CALL = 120n
const BYTES_AROUND = 140n

/**
 * Our own count of a network fee: weight by reads and writes of the call, 1 rao for a byte.
 * @returns `undefined` for calls whose work is not known well enough, as claims of root, which grow with what is held
 */
export function estimateFee(intent: Intent, basis: FeeBasis = USUAL_BASIS): Rao | undefined {
  const inside = refTimeOf(intent, basis)
  if (inside === undefined) return undefined
  const { refTime, calls } = inside
  const fee = ((refTime + basis.base) * NUMERATOR) / DENOMINATOR + calls * BYTES_OF_CALL + BYTES_AROUND
  return rao(fee > U64_MAX ? U64_MAX : fee)
}

function refTimeOf(intent: Intent, basis: FeeBasis): { readonly refTime: bigint; readonly calls: bigint } | undefined {
  const weigh = ({ reads, writes, own }: Work) => reads * basis.read + writes * basis.write + own
  const inner = innerIntents(intent)
  if (inner.length === 0) {
    const known = WORK[intent.kind]
    return known && { refTime: weigh(known), calls: 1n }
  }
  // What a multisig pays for is the weight that it allows, not what the call does.
  if (intent.kind !== 'batch' && intent.kind !== 'proxied') return undefined
  let [refTime, calls] = [weigh(CARRIER), 0n]
  for (const one of inner) {
    const part = refTimeOf(one, basis)
    if (!part) return undefined
    refTime += part.refTime
    calls += part.calls
  }
  return { refTime, calls }
}

/** Weights are measured anew with each release, so runtimes differ; not by so much. */
const MOST_TIMES = 8n

/** What contradicts a fee that a node states; `undefined`: nothing does, or nothing is known. Pure. */
export function feeDoubt(stated: Rao, estimate: Rao | undefined): FeeDoubt | undefined {
  if (estimate === undefined) return undefined
  const far = stated > estimate * MOST_TIMES || stated * MOST_TIMES < estimate
  return far ? { kind: 'fee', stated, compared: estimate } : undefined
}
