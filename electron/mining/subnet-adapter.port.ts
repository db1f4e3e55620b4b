import type { AppError } from '../../shared/errors.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import type { Result } from '../../shared/result.ts'
import type { Netuid } from '../../shared/units/amounts.ts'
import type { ChatDone, ChatTask } from '../llm/llm.port.ts'

/** How requests of a subnet are authenticated and carried. */
export type Transport = 'btauth-1' | 'axon-v10' | 'epistula-2'

/** What the subnet must say of itself on chain before we serve it: a netuid alone is reused by strangers. */
export interface ExpectedIdentity {
  readonly networks: readonly NetworkKind[]
  readonly subnetName: string
  /** Compared when given. */
  readonly githubRepo?: string
}

/** What the live chain says of the subnet. */
export interface LiveIdentity {
  readonly network: NetworkKind
  readonly subnetName: string
  readonly githubRepo?: string
}

/** A request that was understood, and how its answer is to be written. */
export interface AdapterTask {
  /** The core adds the deadline: an adapter has no clock. */
  readonly task: Omit<ChatTask, 'deadlineMs'>
  /** `true` = the answer is a stream of server-sent events. */
  readonly stream: boolean
}

/** Facts that an answer names and the model does not know. */
export interface AnswerFacts {
  readonly id: string
  /** Whole seconds since 1970. */
  readonly createdSeconds: number
}

/** Writes one answer, piece by piece. Pure text: the core owns the socket. */
export interface AnswerWriter {
  readonly contentType: string
  /** Text to send for a piece of the answer; '' where all is sent at the end. */
  token(text: string): string
  /** Text to send when the model is done. */
  end(done: ChatDone): string
  /** Text to send when the model failed after the answer had begun. */
  fail(code: string, message: string): string
}

/** One path that the adapter serves. */
export interface AdapterRoute {
  readonly method: 'POST'
  /** Without query. Under axon v10 the class name of the synapse. */
  readonly path: string
  /** Fields that the signature covers in place of the body; axon v10 only, as the class of the synapse pins them. */
  readonly hashFields?: readonly string[]
  /**
   * Reads a parsed JSON body, already bounded in size and depth.
   * @returns the task, or what is wrong with the request in one sentence for its sender.
   */
  toTask(body: unknown): Result<AdapterTask, string>
  /** Begins an answer to `request`. */
  answer(request: AdapterTask, facts: AnswerFacts): AnswerWriter
}

/** One subnet protocol: pure mapping of data, without access to keys, disk, network or clock. */
export interface SubnetAdapter {
  readonly id: string
  readonly title: string
  readonly transport: Transport
  readonly expectedIdentity: ExpectedIdentity
  readonly routes: readonly AdapterRoute[]
  readonly policy: {
    readonly requirePermit: boolean
    /** Smallest total stake weight answered, smallest units. */
    readonly minStake: bigint
  }
  readonly limits: {
    readonly bodyBytes: number
    readonly concurrency: number
    readonly queue: number
    readonly perHotkeyPerMinute: number
    readonly perAddressPerSecond: number
    /** How long callers of this subnet wait, ms. */
    readonly deadlineMs: number
    readonly deadlineMarginMs: number
  }
  readonly hardware: {
    /** 0 = the processor is enough. */
    readonly minVramBytes: number
    readonly minTokensPerSecond: number
    /** Context that a request may need, tokens. */
    readonly contextTokens: number
  }
  /** Values of `serve_axon` that are the subnet's to choose. */
  readonly serve: { readonly version: number; readonly protocol: number }
  readonly scoringNotes: string
  /** When and against what the mapping was last checked. */
  readonly verified: {
    readonly status: 'verified' | 'stale' | 'unverified'
    readonly date: string
    readonly source: string
  }
}

/** Finds adapters. */
export interface AdapterRegistry {
  byId(id: string): SubnetAdapter | undefined
  /** @errors `mining/no-adapter`, also where the netuid is now someone else's. */
  forSubnet(netuid: Netuid, live: LiveIdentity): Result<SubnetAdapter, AppError>
}
