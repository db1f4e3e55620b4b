import type { AnyCall } from '../../definitions/outer-call.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'

/** Who pays: `serve_*` and weights cost nothing, so that a hotkey without TAO can work. */
export interface CallWeight {
  /** ref_time, picoseconds of work */
  readonly refTime: bigint
  readonly paysFee: boolean
}

const READ = 25_000_000n
const WRITE = 100_000_000n
const work = (reads: bigint, writes: bigint, own: bigint): bigint => reads * READ + writes * WRITE + own

/**
 * Work of each call as reads, writes and its own time, so that the fees come out near mainnet's:
 * a limit purchase about 0.0016 TAO, a limit sale 0.0014, a swap between subnets 0.0023, a registration 0.0020.
 * @source protocol facts of spec 424/425: 25e6 per read, 100e6 per write
 */
const REF_TIME: Readonly<Record<string, bigint>> = {
  'SubtensorModule.add_stake': work(27n, 15n, 400_000_000n),
  'SubtensorModule.add_stake_limit': work(30n, 20n, 350_000_000n),
  'SubtensorModule.remove_stake': work(26n, 14n, 350_000_000n),
  'SubtensorModule.remove_stake_limit': work(28n, 16n, 400_000_000n),
  'SubtensorModule.remove_stake_full_limit': work(28n, 16n, 400_000_000n),
  'SubtensorModule.unstake_all': work(60n, 40n, 400_000_000n),
  'SubtensorModule.unstake_all_alpha': work(60n, 40n, 400_000_000n),
  'SubtensorModule.move_stake': work(18n, 7n, 200_000_000n),
  'SubtensorModule.move_stake_limit': work(40n, 30n, 500_000_000n),
  'SubtensorModule.transfer_stake': work(18n, 7n, 200_000_000n),
  'SubtensorModule.swap_stake': work(34n, 24n, 300_000_000n),
  'SubtensorModule.swap_stake_limit': work(40n, 30n, 500_000_000n),
  'SubtensorModule.burned_register': work(40n, 26n, 300_000_000n),
  'SubtensorModule.register_limit': work(40n, 26n, 300_000_000n),
  'SubtensorModule.root_register': work(40n, 26n, 300_000_000n),
  // Mainnet counts what it moves; a hotkey of practice has little.
  'SubtensorModule.swap_hotkey_v2': work(60n, 40n, 300_000_000n),
  'SubtensorModule.set_coldkey_auto_stake_hotkey': work(4n, 2n, 30_000_000n),
  'SubtensorModule.recycle_alpha': work(10n, 6n, 80_000_000n),
  'SubtensorModule.burn_alpha': work(10n, 6n, 80_000_000n),
  // Selling what a basket holds is dear; those of practice hold one thing.
  'SubtensorModule.claim_root': work(40n, 20n, 400_000_000n),
  'SubtensorModule.claim_root_with_hotkey': work(40n, 20n, 400_000_000n),
  'SubtensorModule.lock_stake': work(12n, 4n, 60_000_000n),
  'SubtensorModule.move_lock': work(12n, 6n, 60_000_000n),
  'SubtensorModule.set_perpetual_lock': work(8n, 4n, 40_000_000n),
  'LimitOrders.cancel_order': work(1n, 1n, 30_000_000n),
  'SubtensorModule.register_network': work(60n, 60n, 400_000_000n),
  'SubtensorModule.register_network_with_identity': work(60n, 61n, 400_000_000n),
  'SubtensorModule.set_children': work(12n, 8n, 120_000_000n),
  'SubtensorModule.set_childkey_take': work(6n, 3n, 60_000_000n),
  'SubtensorModule.try_associate_hotkey': work(3n, 2n, 20_000_000n),
  'SubtensorModule.start_call': work(6n, 2n, 30_000_000n),
  'SubtensorModule.announce_coldkey_swap': work(4n, 3n, 55_700_000n),
  'SubtensorModule.swap_coldkey_announced': work(16n, 6n, 110_700_000n),
  'Proxy.proxy': work(2n, 1n, 26_000_000n),
  'Proxy.proxy_announced': work(3n, 3n, 42_000_000n),
  'Proxy.announce': work(3n, 2n, 37_000_000n),
  'Proxy.remove_announcement': work(2n, 2n, 28_000_000n),
  'Proxy.reject_announcement': work(2n, 2n, 28_000_000n),
  'Proxy.poke_deposit': work(3n, 3n, 44_000_000n),
  'Multisig.as_multi_threshold_1': work(1n, 1n, 14_000_000n),
  'Multisig.as_multi': work(2n, 2n, 45_000_000n),
  'Multisig.approve_as_multi': work(1n, 1n, 30_000_000n),
  'Multisig.cancel_as_multi': work(1n, 1n, 30_000_000n),
  'MevShield.announce_next_key': work(5n, 6n, 37_701_000n),
  'MevShield.submit_encrypted': work(0n, 0n, 207_223_000n),
  'Balances.transfer_allow_death': work(1n, 1n, 60_000_000n),
  'Balances.transfer_keep_alive': work(1n, 1n, 50_000_000n),
  'Balances.transfer_all': work(1n, 1n, 60_000_000n),
}
const ANY_OTHER = work(1n, 1n, 10_000_000n)

const FREE: ReadonlySet<string> = new Set([
  'SubtensorModule.serve_axon',
  'SubtensorModule.serve_prometheus',
  'SubtensorModule.set_weights',
  'Timestamp.set',
  'MevShield.announce_next_key',
])

const callName = (call: AnyCall): string => `${call.type}.${call.value.type}`

/** Work of a call that carries others, without theirs. */
const CARRIER = 20_000_000n

/** Arguments in which calls carry calls. */
interface Carried {
  readonly calls?: readonly RuntimeCall[]
  readonly call?: RuntimeCall
  readonly main?: RuntimeCall
  readonly fallback?: RuntimeCall
  readonly max_weight?: { readonly ref_time: bigint }
}

/** Calls inside this call; empty for most. */
function innerCalls({ calls, call, main, fallback }: Carried): readonly RuntimeCall[] {
  return [...(calls ?? []), call, main, fallback].filter((one) => one !== undefined)
}

/**
 * A call that carries calls weighs what they weigh; `as_multi` weighs what it allows its call. A batch is free only if
 * all in it are; what acts for another account never is, but a call that is free adds nothing to it.
 */
export function weightOf(call: AnyCall): CallWeight {
  const name = callName(call)
  // Calls and their weights stand under these names wherever a call carries any.
  const carried = call.value.value as Carried
  const inner = innerCalls(carried).map(weightOf)
  if (inner.length === 0) return { refTime: REF_TIME[name] ?? ANY_OTHER, paysFee: !FREE.has(name) }
  if (carried.max_weight !== undefined)
    return { refTime: (REF_TIME[name] ?? ANY_OTHER) + carried.max_weight.ref_time, paysFee: true }
  if (call.type === 'Utility') {
    const refTime = inner.reduce((sum, weight) => sum + weight.refTime, CARRIER)
    return { refTime, paysFee: inner.some(({ paysFee }) => paysFee) }
  }
  const paying = inner.filter(({ paysFee }) => paysFee)
  return { refTime: paying.reduce((sum, weight) => sum + weight.refTime, REF_TIME[name] ?? ANY_OTHER), paysFee: true }
}
