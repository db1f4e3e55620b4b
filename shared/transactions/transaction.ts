import type { AccountPlan } from '../accounts/plan-account.ts'
import type { AppError } from '../errors.ts'
import type { RegisterPlan } from '../registration/plan-register.ts'
import type { Intent } from '../signing/intent.ts'
import type { StakeMovesPlan } from '../staking/stake-move.ts'
import type { CloseAccountPlan, TransferPlan } from '../transfers/plan-transfer.ts'
import type { Netuid, Ss58 } from '../units/amounts.ts'
import type { PredictedMove } from './predicted.ts'
import type { ShieldVerdict } from './shield.ts'

/** What a person may confirm in a window or a terminal. */
export type Plan = TradePlan | StakeMovesPlan | AccountPlan

/** Plans of one plain call, made by and for the same account. */
export type TradePlan = RegisterPlan | TransferPlan | CloseAccountPlan

/** `serve_axon`: signed by the hotkey while mining; free of fee. */
export interface ServeAxonPlan {
  readonly kind: 'serve-axon'
  readonly hotkey: Ss58
  readonly netuid: Netuid
  /** Text form: IPv4 or IPv6. */
  readonly ip: string
  readonly port: number
  /** Version number that the subnet's protocol expects. */
  readonly version: number
  readonly protocol: number
}

/** Everything that is signed as one plain call. Calls about accounts are signed as their intent says. */
export type SignablePlan = TradePlan | ServeAxonPlan

/** One argument as the chain spells it, in words a person can check. */
export interface DecodedArgument {
  readonly name: string
  readonly type: string
  /** Exact value: decimal integer, address, hex or text. */
  readonly value: string
  /** Set where the integer is an amount: its unit. The value is then in 1e-9 of it. */
  readonly unit?: 'TAO' | 'alpha' | 'TAO per alpha' | undefined
}

/** What the bytes to be signed say: decoded from them, not from what was asked. */
export interface DecodedPayload {
  /** `SubtensorModule.add_stake_limit` */
  readonly call: string
  readonly args: readonly DecodedArgument[]
  readonly docs: string
  readonly nonce: number
  /** Last block in which the chain accepts it; `undefined` = immortal. */
  readonly validUntilBlock?: number | undefined
  readonly genesis: string
  readonly specVersion: number
  /** Tip in rao: always 0 from this app; shown because it is in the bytes. */
  readonly tip: string
  readonly payloadHex: string
}

/** A confirmed plan turned into bytes, waiting for the signature. */
export interface Prepared {
  readonly preparedId: string
  readonly plan: Plan
  readonly decoded: DecodedPayload
  /** Whether it stays hidden until it is in a block; then it is signed with a later number and a shorter life than shown. */
  readonly shield?: ShieldVerdict | undefined
}

export type TransactionStage = 'signed' | 'in-pool' | 'in-block' | 'finalized' | 'failed'

/** One `StakeAdded` or `StakeRemoved`. Units: rao, 1e-9 alpha; the fee in rao when added, in alpha when removed. */
export interface HappenedMove {
  readonly event: 'added' | 'removed'
  readonly coldkey: Ss58
  readonly hotkey: Ss58
  readonly netuid: Netuid
  readonly tao: bigint
  readonly alpha: bigint
  readonly fee: bigint
}

/** What was done with stake besides trading and moving it, as one event tells it. */
export interface HappenedHolding {
  readonly event:
    | 'locked'
    | 'lock-moved'
    | 'lock-perpetual'
    | 'lock-decaying'
    | 'locked-refused'
    | 'locked-taken'
    | 'auto-stake-set'
    | 'root-claimed'
    | 'recycled'
    | 'burned'
    | 'hotkey-replaced'
  readonly coldkey: Ss58
  /** Whom it concerns: of a lock that moved the new one. */
  readonly hotkey?: Ss58 | undefined
  readonly netuid?: Netuid | undefined
  /**
   * 1e-9 alpha; of a claim rao, by validator. Absent where neither the event nor the difference to the block before tells
   * it.
   */
  readonly amount?: bigint | undefined
}

/** What the chain's own events say happened. */
export interface Outcome {
  readonly block: number
  /** Absent where the chain was not asked for it (play money: the faucet tells the block only). */
  readonly blockHash?: string | undefined
  readonly extrinsicIndex?: number | undefined
  /** Network fee really paid, rao. `undefined` when the event was not found. */
  readonly feeRao?: bigint | undefined
  /** Per move: exact amounts from `StakeAdded`/`StakeRemoved`. */
  readonly stakeAdded?: { readonly taoRao: bigint; readonly alpha: bigint; readonly feeRao: bigint } | undefined
  readonly stakeRemoved?: { readonly taoRao: bigint; readonly alpha: bigint; readonly feeAlpha: bigint } | undefined
  /** Every move of stake of the extrinsic, in order, without what was sold for its fee. */
  readonly moves?: readonly HappenedMove[] | undefined
  /** Locks, destroyed alpha, auto-stake and claims of the extrinsic, in order. */
  readonly held?: readonly HappenedHolding[] | undefined
  /** Of several calls in one, each whatever happens to the others: the chain's name of a failure, or null. */
  readonly failedItems?: readonly (string | null)[] | undefined
  /** The fee was paid in alpha of this subnet. */
  readonly feeAlpha?: { readonly netuid: Netuid; readonly alpha: bigint } | undefined
  readonly registeredUid?: number | undefined
  /** What the place really cost besides the fee, with what of it is bound, rao. */
  readonly placeRao?: bigint | undefined
  /** TAO that really went from the signer to other accounts (`Balances.Transfer`), rao. */
  readonly sentRao?: bigint | undefined
  readonly axonServed?: boolean | undefined
  /** An account without a key was made; with block and index of the extrinsic it can be named again. */
  readonly pureCreated?: { readonly address: Ss58; readonly spawner: Ss58; readonly index: number } | undefined
}

/** By what one signed extrinsic is found in the blocks. */
export interface TraceOfOne {
  /** Blake2-256 of the signed extrinsic. */
  readonly txHash: string
  /** Oldest and newest block that can hold it: its mortal era. */
  readonly firstBlock: number
  readonly lastBlock: number
  /** Of the cover that hides it until it is in a block; `txHash` is of what is inside. */
  readonly carrierHash?: string
}

export interface TransactionRecord {
  readonly id: string
  /** Which chain: genesis hash. Records of one network never show under another. */
  readonly genesis: string
  /** `add-stake` and `remove-stake` stand in records of before stakes were lists of moves; nothing writes them any more. */
  readonly kind: SignablePlan['kind'] | 'stake-moves' | 'account' | 'play-money' | 'add-stake' | 'remove-stake'
  readonly signer: Ss58
  readonly netuid?: Netuid | undefined
  readonly hotkey?: Ss58 | undefined
  /** Under which name it was prepared: a list of moves finds its transactions by it. */
  readonly preparedId?: string | undefined
  /** Of kind `account`: what was meant, and on whose behalf. */
  readonly intent?: Intent | undefined
  readonly coldkey?: Ss58 | undefined
  /** Who received a transfer. */
  readonly to?: Ss58 | undefined
  /** What was asked: rao for register, transfers and play-money; of a single move of stake what it gives. */
  readonly amount?: bigint | undefined
  readonly stage: TransactionStage
  /** Of the transaction itself, also when it was hidden in another one. */
  readonly txHash?: string | undefined
  /** Of the cover that hid it. */
  readonly carrierHash?: string | undefined
  /** The blocks that can hold it, by its mortal era: where a later start looks for it. */
  readonly firstBlock?: number | undefined
  readonly lastBlock?: number | undefined
  /** Of one that was hidden and signed twice: the other of both, either of which may run, and only one. */
  readonly twin?: TraceOfOne | undefined
  /** A node said that it did not take it, or let go of it. It is no failure: up to that block it may still be included. */
  readonly doubt?: { readonly error: AppError; readonly untilBlock: number } | undefined
  readonly startedAtMs: number
  /** What the plan expected to receive (alpha for add, rao for remove); of a claim from root, rao. */
  readonly expected?: bigint | undefined
  /** What each move of the plan was to bring: compared with what happened. */
  readonly predicted?: readonly PredictedMove[] | undefined
  readonly outcome?: Outcome | undefined
  readonly error?: AppError | undefined
}
