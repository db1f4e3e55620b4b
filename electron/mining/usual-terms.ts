import type { SubnetAdapter } from './subnet-adapter.port.ts'

/** Every network that there is: for protocols that belong to no subnet. */
const ANY_SUBNET: SubnetAdapter['expectedIdentity'] = {
  networks: ['practice', 'local', 'test', 'finney', 'custom'],
}
/** Validators of an ordinary subnet: some dozens, each with a few requests a minute. */
export const USUAL_LIMITS: SubnetAdapter['limits'] = {
  bodyBytes: 1_048_576,
  concurrency: 1,
  queue: 16,
  perHotkeyPerMinute: 120,
  perAddressPerSecond: 50,
  deadlineMs: 30_000,
  deadlineMarginMs: 500,
}
export const VALIDATORS_ONLY: SubnetAdapter['policy'] = { requirePermit: true, minStake: 0n }
/** What SDK 10 would announce as 10.5.0; protocol 4 is its value for HTTP. */
export const SERVED_AS_SDK_10: SubnetAdapter['serve'] = { version: 10_005_000, protocol: 4 }
const SERVED_AS_SDK_11: SubnetAdapter['serve'] = { version: 11_003_000, protocol: 4 }
/** Kept out of the adapters of this app: who judges answers on a subnet chosen by hand, and how, only its owner knows. */
const NOBODY_KNOWS_THE_SCORE =
  'A common protocol that belongs to no subnet. Whether the validators of the subnet speak it, and how they judge answers, its owner has to say.'

const BELONGS_TO_NO_SUBNET = {
  expectedIdentity: ANY_SUBNET,
  policy: VALIDATORS_ONLY,
  limits: USUAL_LIMITS,
  scoringNotes: NOBODY_KNOWS_THE_SCORE,
}
/** What adapters for any subnet have in common where callers sign with `http_auth`. */
export const OVER_BTAUTH = {
  ...BELONGS_TO_NO_SUBNET,
  transport: 'btauth-1',
  serve: SERVED_AS_SDK_11,
  verified: { status: 'verified', date: '2026-11-22', source: 'http_auth of bittensor 11.3.0' },
} as const
/** And where they are dendrites. */
export const OVER_AXON = {
  ...BELONGS_TO_NO_SUBNET,
  transport: 'axon-v10',
  serve: SERVED_AS_SDK_10,
  verified: { status: 'verified', date: '2026-11-22', source: 'the dendrite of bittensor 10.5.0' },
} as const
