import type { AppError } from '../../shared/errors.ts'
import type { ChainFacts, EndpointState, Head } from '../../shared/network/network.ts'
import type { RegisterRequest, RegisterSnapshot } from '../../shared/registration/plan-register.ts'
import type { Result } from '../../shared/result.ts'
import type { Portfolio } from '../../shared/staking/position.ts'
import type { SubnetsSnapshot, Validator } from '../../shared/subnets/subnet.ts'
import type { DecodedPayload, Outcome, SignablePlan, TraceOfOne } from '../../shared/transactions/transaction.ts'
import type { TransferSnapshot } from '../../shared/transfers/plan-transfer.ts'
import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../../shared/units/amounts.ts'

export interface ChainTarget {
  readonly endpoint: string
  /** Refuse any other chain; `undefined` = accept and report what is there. */
  readonly genesis?: string | undefined
  /** Other endpoints of the same chain, used while the first does not answer. Each must have the same genesis. */
  readonly fallbacks?: readonly string[] | undefined
  /** Requests per second by endpoint, as a person set them. 0 = no limit; not named: the usual. */
  readonly allowances?: Readonly<Record<string, number>> | undefined
}

export type ConnectionState =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting'; readonly endpoint: string; readonly attempt: number }
  | {
      readonly state: 'ready'
      readonly endpoint: string
      readonly facts: ChainFacts
      readonly best: Head
      readonly finalized?: Head | undefined
      /** Requests sent within the last minute. */
      readonly requestsPerMinute: number
      /** Time of the last answer, ms. */
      readonly answerMs?: number | undefined
      /** Set while the socket is down and being opened again; what is shown is then old. */
      readonly reconnecting: boolean
      /** Why nothing may be signed now, although a node answers. */
      readonly trouble?: AppError | undefined
      readonly endpoints?: readonly EndpointState[] | undefined
    }
  | { readonly state: 'failed'; readonly endpoint: string; readonly error: AppError }

/** One (hotkey, netuid) stake of a coldkey at a block. */
export interface StakeAt {
  readonly hotkey: Ss58
  readonly netuid: Netuid
  readonly alpha: Alpha
}

/** A `Balances.Transfer` event. */
export interface TransferEvent {
  readonly block: number
  /** Place among the block's events. */
  readonly position: number
  readonly from: Ss58
  readonly to: Ss58
  /** rao */
  readonly amount: bigint
}

export interface EpochFacts {
  readonly netuid: Netuid
  readonly tempo: number
  /** Block of the last epoch that ran. */
  readonly lastEpochBlock: number
  readonly nextEpochBlock?: number | undefined
}

export interface AxonAnnounced {
  readonly ip: string
  readonly port: number
  readonly version: number
  readonly protocol: number
  /** Block of the last change. */
  readonly block: number
}

export interface MinerSnapshot {
  readonly block: number
  readonly netuid: Netuid
  readonly subnetName: string
  readonly ownerColdkey?: Ss58 | undefined
  /** As the owner wrote it; absent where the subnet names none. */
  readonly githubRepo?: string | undefined
  readonly uid?: number | undefined
  readonly axon?: AxonAnnounced | undefined
  /** Block of the last announcement, also where it said that nothing is served any more: the wait counts from it. */
  readonly servedAtBlock?: number | undefined
  /** Blocks that must pass between two announcements. */
  readonly servingRateLimit: number
  /** Alpha of the last whole epoch for this uid; `undefined` without a uid. */
  readonly emission?: Alpha | undefined
  /** Share of miner rewards, parts per 65_535. */
  readonly incentive?: number | undefined
  /** Among all who got any incentive in the last whole epoch; `undefined` without a uid, or where nobody got any. */
  readonly standing?: { readonly best: number; readonly rank: number; readonly miners: number } | undefined
  readonly immuneUntilBlock?: number | undefined
}

export interface CallerOnChain {
  readonly hotkey: Ss58
  readonly uid: number
  readonly permit: boolean
  readonly stake: Alpha
}

export interface PreparedBytes {
  /** What the key signs (before the 256-byte hash rule, which the keys worker applies). */
  readonly payload: Uint8Array
  /** Decoded again from `payload`. */
  readonly decoded: DecodedPayload
  /** Of the runtime that the bytes were built for, as the node served it: the signer reads by it, too. */
  readonly metadata: Uint8Array
  /** Opaque to everybody but the adapter: the unsigned extrinsic that `submit` completes. */
  readonly handle: string
}

/** By what a sent transaction is found again in the blocks, also by a program that did not send it. */
export interface TransactionTrace extends TraceOfOne {
  /** Of one that was hidden and signed twice: the other of both, either of which may run, and only one. */
  readonly twin?: TraceOfOne
}

export type SubmitEvent =
  /** Complete, about to leave this computer. Who keeps the trace of it can `follow` after a crash. */
  | { readonly stage: 'sending'; readonly trace: TransactionTrace }
  | { readonly stage: 'in-pool'; readonly txHash: string }
  /** A node says that it did not take it, or has let go of it. Another may have it: it is followed until `untilBlock`. */
  | { readonly stage: 'doubted'; readonly error: AppError; readonly untilBlock: number }
  | { readonly stage: 'in-block'; readonly outcome: Outcome }
  | { readonly stage: 'finalized'; readonly outcome: Outcome }
  | { readonly stage: 'failed'; readonly error: AppError; readonly outcome?: Outcome | undefined }
  /** The chain was left, or the node has forgotten what the block did: the end is open, `follow` may find it later. */
  | { readonly stage: 'left' }

/**
 * What services need from a chain, in our words. `@polkadot/api` types stay behind it.
 * Every read answers from one block and says which. A feature whose call or API the runtime lacks
 * answers `chain/unsupported` with the missing names.
 */
export interface ChainPort {
  /** Leaves any earlier chain first. Resolves when the first head is known. Reconnects by itself afterwards. */
  connect(target: ChainTarget, signal: AbortSignal): Promise<Result<ChainFacts, AppError>>
  disconnect(): Promise<void>
  state(): ConnectionState
  onState(listener: (state: ConnectionState) => void): () => void
  /** Best heads. @returns a function that stops listening. */
  onHead(listener: (head: Head) => void): () => void

  subnets(): Promise<Result<SubnetsSnapshot, AppError>>
  validators(netuid: Netuid): Promise<Result<readonly Validator[], AppError>>
  /** @param withSale also simulate the sale of each position (one call each). */
  portfolio(coldkey: Ss58, withSale: boolean): Promise<Result<Portfolio, AppError>>
  /** The same of several accounts, all of one block and in as many requests as for one. In the order of `coldkeys`. */
  portfolios(coldkeys: readonly Ss58[], withSale: boolean): Promise<Result<readonly Portfolio[], AppError>>

  /** @param amount rao; `undefined` for closing the account: the fee is that of the call that is meant. */
  transferSnapshot(coldkey: Ss58, to: Ss58, amount: Rao | undefined): Promise<Result<TransferSnapshot, AppError>>
  /** Whether the check digits of an address fit. Needs no connection. */
  isAddress(address: Ss58): boolean
  registerSnapshot(coldkey: Ss58, request: RegisterRequest): Promise<Result<RegisterSnapshot, AppError>>

  minerSnapshot(netuid: Netuid, hotkey: Ss58): Promise<Result<MinerSnapshot, AppError>>
  /** Everyone with a uid on the subnet: who may call a miner. */
  callers(netuid: Netuid): Promise<Result<readonly CallerOnChain[], AppError>>
  /** uids of the given hotkeys, all subnets. */
  uidsOf(hotkeys: readonly Ss58[]): Promise<Result<readonly { netuid: Netuid; hotkey: Ss58; uid: number }[], AppError>>

  epochFacts(): Promise<Result<readonly EpochFacts[], AppError>>
  /** State of all stakes of the coldkey at a block that the node still holds. */
  stakesAt(coldkey: Ss58, block: number): Promise<Result<readonly StakeAt[], AppError>>
  priceAt(netuid: Netuid, block: number): Promise<Result<RaoPerAlpha, AppError>>

  /** Transfers of TAO from or to `accounts` in the blocks of `range`, both ends inclusive, from events. */
  transfers(
    accounts: readonly Ss58[],
    range: { readonly from: number; readonly to: number },
  ): Promise<Result<readonly TransferEvent[], AppError>>

  /** Builds the extrinsic from the node's metadata and decodes it again from its bytes. */
  prepare(signer: Ss58, plan: SignablePlan): Promise<Result<PreparedBytes, AppError>>
  /** Follows the transaction to finality; the last event is `finalized`, `failed` or `left`. */
  submit(
    handle: string,
    signature: Uint8Array,
    onEvent: (event: SubmitEvent) => void,
  ): Promise<Result<{ txHash: string }, AppError>>
  /**
   * Looks for a transaction that was sent earlier in every block that can hold it, and follows it to finality; the last
   * event is `finalized`, `failed` (`chain/transaction-lost` when its era ended without it) or `left`.
   */
  follow(trace: TransactionTrace, signer: Ss58, onEvent: (event: SubmitEvent) => void): Promise<Result<null, AppError>>
  /** Network fee of a plan, from the chain. */
  fee(signer: Ss58, plan: SignablePlan): Promise<Result<Rao, AppError>>
  /** Practice network only: play money from its faucet (JSON-RPC `practice_faucet`). */
  playMoney(to: Ss58, amount: Rao): Promise<Result<{ txHash: string; block: number }, AppError>>
}
