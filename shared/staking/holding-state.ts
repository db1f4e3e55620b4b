import type { Alpha, Netuid, Rao, Ss58 } from '../units/amounts.ts'

/** A coldkey's one lock on a subnet. */
export interface StakeLock {
  readonly hotkey: Ss58
  /** Locked now, what decayed already taken off. */
  readonly amount: Alpha
  /** It does not decay. */
  readonly perpetual: boolean
  /** What this lock weighs when a subnet's owner is decided, 1e-9 alpha, as the chain counts it in this block. */
  readonly conviction?: Alpha | undefined
  /** The same of all locks for this hotkey together, of everybody. */
  readonly hotkeyConviction?: Alpha | undefined
}

/** What a coldkey has on one subnet, behind all hotkeys. */
export interface SubnetHolding {
  readonly netuid: Netuid
  /** Absent, as `available`: the runtime does not tell. */
  readonly total?: Alpha | undefined
  /** May be unstaked now: locks and collateral are taken off. */
  readonly available?: Alpha | undefined
  readonly lock?: StakeLock | undefined
  /** A lock here does not decay; may be set before there is one. Absent: the runtime has no locks. */
  readonly perpetual?: boolean | undefined
  /** Gets what this coldkey mines there; absent: the mining hotkey itself. */
  readonly autoStake?: Ss58 | undefined
}

/** What root stake has earned with one validator; 0 where it is staked and owes nothing. */
export interface RootOwed {
  readonly hotkey: Ss58
  readonly owed: Rao
  /** First block in which stake on root behind it may leave; absent: at once. */
  readonly heldUntil?: number | undefined
}

/** What this runtime can do of the things below. */
export interface HoldingFeatures {
  readonly locks: boolean
  readonly destroy: boolean
  readonly autoStake: boolean
  /** Baskets: everything is claimed together, or for one validator. Before them claims named subnets. */
  readonly baskets: boolean
  readonly orders: boolean
  readonly shield: boolean
}

/** All of one block. What the runtime does not tell is absent. */
export interface HoldingState {
  readonly atBlock: number
  readonly coldkey: Ss58
  readonly features: HoldingFeatures
  readonly subnets: readonly SubnetHolding[]
  /** Blocks in which a lock falls to 37 %. */
  readonly unlockBlocks?: number | undefined
  /** Alpha that comes with a lock is refused. */
  readonly rejectsLocked?: boolean | undefined
  readonly root: {
    readonly owed?: Rao | undefined
    readonly byValidator: readonly RootOwed[]
    /** Least that a claim pays for one validator. */
    readonly threshold?: Rao | undefined
    /** Blocks that stake stays on root after its last change; 0: none. */
    readonly holdBlocks?: number | undefined
  }
  readonly orders: {
    /** The chain's switch. */
    readonly enabled?: boolean | undefined
    readonly chainId?: number | undefined
  }
  /** The key of the shield: whether there is one now, and the first block that no longer takes it. */
  readonly shieldKey: { readonly present: boolean; readonly expiresAt?: number | undefined }
}
