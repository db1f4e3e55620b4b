import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { err, ok } from '../../shared/result.ts'
import type { HoldingState } from '../../shared/staking/holding-state.ts'
import { alpha, netuid, rao, ss58, U64_MAX } from '../../shared/units/amounts.ts'

type Answers = Partial<Handlers<AppContract>>
const COLDKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const BLOCK = 9_583_214
const held = (id: number, units: bigint) => ({ netuid: netuid(id), total: alpha(units), available: alpha(units) })

const free: HoldingState = {
  atBlock: BLOCK,
  coldkey: COLDKEY,
  features: { locks: true, destroy: true, autoStake: true, baskets: true, orders: true, shield: true },
  subnets: [held(0, 420_000_000_000n), { ...held(1, 6_204_118_270_441n), perpetual: false }],
  unlockBlocks: 934_866,
  rejectsLocked: true,
  root: {
    owed: rao(0n),
    byValidator: [{ hotkey: HOTKEY, owed: rao(0n) }],
    threshold: rao(500_000n),
    holdBlocks: 0,
  },
  orders: { enabled: false, chainId: 964 },
  shieldKey: { present: true },
}

/** Nothing is locked, and root owes nothing. */
export const nothingBound: Answers = {
  'holdings.state': async () => ok(free),
  'account.plan': async () =>
    err({ code: 'root/below-threshold', owed: rao(41_000n), threshold: rao(500_000n), fee: rao(1_754_218n) }),
}

/** Nothing of it can be read. */
export const unreadableHoldings: Answers = {
  'holdings.state': async () => err({ code: 'chain/bad-answer', what: 'two answers of one block differ' }),
}

/** A lock of almost nothing, one of everything, a subnet of which nothing is told, and an older runtime that lacks the rest. */
export const muchBound: Answers = {
  'holdings.state': async () =>
    ok({
      ...free,
      features: { ...free.features, destroy: false, baskets: false },
      subnets: [
        {
          ...held(1, 412n),
          available: alpha(12n),
          perpetual: false,
          lock: { hotkey: HOTKEY, amount: alpha(400n), perpetual: false },
        },
        {
          ...held(64, U64_MAX),
          available: alpha(0n),
          perpetual: true,
          lock: { hotkey: COLDKEY, amount: alpha(U64_MAX), perpetual: true },
        },
        { netuid: netuid(121), autoStake: HOTKEY },
      ],
      unlockBlocks: 4_294_967_295,
      rejectsLocked: undefined,
      root: { byValidator: [], threshold: rao(U64_MAX), holdBlocks: 4_294_967_295 },
    }),
}
