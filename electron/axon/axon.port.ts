import type { AppError } from '../../shared/errors.ts'
import type { RequestTotals } from '../../shared/metrics/request-totals.ts'
import type { AnswerParts } from '../../shared/mining/axon-answer.ts'
import type { CallerLists } from '../../shared/mining/caller-lists.ts'
import type { RequestReason } from '../../shared/mining/request-reason.ts'
import type { Result } from '../../shared/result.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { Manifest } from '../mining/manifest.port.ts'
import type { Work, WorkDone } from '../mining/work.port.ts'

/** Signature schemes that we verify. Each caller is pinned to one by our own records, never by its header. */
export type CallerScheme = 'sr25519' | 'ed25519'

/** How the request server behaves. Fixed between `start` and `stop`. */
export interface AxonConfig {
  /** Address to bind: `127.0.0.1` on a practice network, `0.0.0.0` or `::` where the network must reach it. */
  readonly host: string
  /** 1..65_535, or 0 for any free port. */
  readonly port: number
  /** The receiver that every request must name: the hotkey being mined with. */
  readonly hotkey: Ss58
  /** Id of the subnet adapter that maps requests to tasks. */
  readonly adapter: string
  /** Of an adapter that did not come with this app, in place of looking the id up: a description, no program. */
  readonly remote?: Manifest
  readonly policy: AxonPolicy
  readonly limits: AxonLimits
}

/** Who is answered, beyond being in the metagraph. */
export interface AxonPolicy {
  readonly requirePermit: boolean
  /** Total stake weight of the caller on the subnet, smallest units; 0n answers everyone who is registered. */
  readonly minStake: bigint
}

/** Bounds that keep hostile input from using up the machine. */
export interface AxonLimits {
  /** Largest request body, bytes. */
  readonly bodyBytes: number
  /** Requests handed to the model at the same time. */
  readonly concurrency: number
  /** Requests that may wait beyond `concurrency`; the next one gets 503. */
  readonly queue: number
  readonly perHotkeyPerMinute: number
  /** Requests of one network address (IPv6: one /64), counted before any signature is looked at. */
  readonly perAddressPerSecond: number
  /** Time from the arrival of a request until its caller stops waiting, ms. */
  readonly deadlineMs: number
  /** Generation is told to end this much before the deadline, ms. */
  readonly deadlineMarginMs: number
}

/** One key that may call us, as the metagraph has it. */
export interface Caller {
  readonly hotkey: Ss58
  readonly uid: number
  readonly permit: boolean
  /** Total stake weight on the subnet, smallest units. */
  readonly stake: bigint
  /** The only scheme accepted from this key. */
  readonly scheme: CallerScheme
}

/** Facts about one finished request; never its content. */
export interface RequestRecord {
  /** When it arrived, ms since 1970. */
  readonly atMs: number
  /** Present once the signature was found good: before that the name proves nothing. */
  readonly caller?: Ss58
  /** HTTP status sent; 499 where the caller left first. */
  readonly status: number
  readonly reason: RequestReason
  readonly promptTokens?: number
  readonly completionTokens?: number
  /** From arrival to the first token, ms. */
  readonly firstTokenMs?: number
  /** From arrival to the end of the answer, ms. */
  readonly totalMs: number
}

/** Counters since `start`, kept over a restart of the worker. */
export interface AxonMetrics {
  readonly answered: number
  /** Nothing was ready before the deadline. */
  readonly late: number
  readonly refused: Readonly<Partial<Record<RequestReason, number>>>
  /** From arrival to the end of the answer, over the last 500 answered; absent while there are none. */
  readonly latencyP50Ms?: number
  readonly latencyP95Ms?: number
  readonly queue: { readonly running: number; readonly waiting: number; readonly room: number }
  /** Newest first, at most 200. */
  readonly recent: readonly RequestRecord[]
}

/** What finished since the last report. */
export interface AxonReport {
  readonly counts: Readonly<Partial<Record<RequestReason, number>>>
  /** Oldest first; of many, only the newest. */
  readonly records: readonly RequestRecord[]
  /** Over all of them, however many there were. */
  readonly totals: RequestTotals
  readonly queue: AxonMetrics['queue']
}

/** Called with pieces of the answer as they are made. */
export interface TaskEvents {
  token(text: string): void
}

/** Answers one authenticated, permitted task. Must settle soon after `signal` aborts. */
export type TaskHandler = (work: Work, on: TaskEvents, signal: AbortSignal) => Promise<Result<WorkDone, AppError>>

/** Signs an answer with the hotkey. @returns `0x` and 128 hex digits */
export type AnswerSigner = (answer: AnswerParts) => Promise<Result<string, AppError>>

/** The request server, in its own process. It never sees a key or a wallet file. */
export interface AxonPort {
  /**
   * Starts the worker and listens; resolves when the port is open.
   * @errors `mining/port-taken`, `mining/bad-address`, `mining/no-adapter`, `mining/already-running`, `mining/worker-died`
   */
  start(config: AxonConfig): Promise<Result<{ readonly port: number; readonly url: string }, AppError>>
  /** Replaces the keys that may call. Nobody may before the first call. */
  setCallers(callers: readonly Caller[]): void
  /** Of those that may call: who is never answered, and who alone is. Holds from the next request on, and over every start. */
  setCallerLists(lists: CallerLists): void
  /** Sets who answers; tasks that arrive without a handler are answered 503. */
  onTask(handler: TaskHandler): void
  /** Sets who signs answers, from the next start on. Without it the protocols that sign answers leave the signature out. */
  onSign(signer: AnswerSigner): void
  metrics(): AxonMetrics
  /** At most once a second, and only when something changed. @returns a function that stops listening. */
  onMetrics(listener: (metrics: AxonMetrics) => void): () => void
  /** About ten times a second while requests come: what finished since the last time. @returns a function that stops listening. */
  onReport(listener: (report: AxonReport) => void): () => void
  /** Refuses new requests, ends running ones, closes the port. Safe to call twice. */
  stop(): Promise<void>
  /**
   * The worker died and could not be brought back. A death that a restart heals (same port, same callers) is not told.
   * @returns a function that stops listening.
   */
  onExit(listener: (error: AppError) => void): () => void
  /** The worker died without having been asked to end; whether it comes back is not known yet. @returns a function that stops listening. */
  onDeath(listener: (reason: string) => void): () => void
}
