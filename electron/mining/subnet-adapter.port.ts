import type { AppError } from '../../shared/errors.ts'
import type { ExpectedIdentity, LiveIdentity } from '../../shared/mining/subnet-identity.ts'
import type { Result } from '../../shared/result.ts'
import type { Netuid } from '../../shared/units/amounts.ts'
import type { JsonSchema } from '../llm/llm.port.ts'
import type { AdapterFacts, Manifest } from './manifest.port.ts'
import type { UntimedWork, WorkDone, WorkKind } from './work.port.ts'

export type { ExpectedIdentity, LiveIdentity }

/** A request that was understood, and how its answer is to be written. */
export type AdapterTask<K extends WorkKind = WorkKind> = UntimedWork<K> & {
  /** `true` = the answer is sent piece by piece as it is made. */
  readonly stream: boolean
}

/** Facts that an answer names and the model does not know. */
export interface AnswerFacts {
  readonly id: string
  /** Whole seconds since 1970. */
  readonly createdSeconds: number
}

/** Writes one answer, piece by piece. Pure text: the core owns the socket. */
export interface AnswerWriter<K extends WorkKind = WorkKind> {
  readonly contentType: string
  /** Text to send for a piece of the answer; '' where all is sent at the end. */
  token(text: string): string
  /** Text to send when the model is done. */
  end(done: WorkDone<K>): string
  /** Text to send when the model failed after the answer had begun; '' where the protocol has none: then the connection is broken. */
  fail(code: string, message: string): string
}

/** One path that the adapter serves. */
export interface AdapterRoute<K extends WorkKind = WorkKind> {
  readonly method: 'POST'
  /** Without query. Under axon v10 the class name of the synapse. */
  readonly path: string
  /** Fields that the signature covers in place of the body; axon v10 only, as the class of the synapse pins them. */
  readonly hashFields?: readonly string[]
  /** What the path takes, for whoever wants to call it. `toTask` is what decides. */
  readonly requestSchema: JsonSchema
  /**
   * Reads a parsed JSON body, already bounded in size and depth.
   * @returns the task, or what is wrong with the request in one sentence for its sender.
   */
  toTask(body: unknown): Result<AdapterTask<K>, string>
  /** Begins an answer to `request`. */
  answer(request: AdapterTask<K>, facts: AnswerFacts): AnswerWriter<K>
}

/** One subnet protocol: pure mapping of data, without access to keys, disk, network or clock. */
export interface SubnetAdapter extends AdapterFacts {
  readonly id: string
  readonly routes: readonly AdapterRoute[]
  /** It did not come with this app: its program runs in a process of its own. As the server is told of it. */
  readonly remote?: Manifest
}

/** Finds adapters. */
export interface AdapterRegistry {
  byId(id: string): SubnetAdapter | undefined
  /** Everything that may serve such a subnet, made for it or common; some of it only by hand. */
  choicesFor(live: LiveIdentity): readonly SubnetAdapter[]
  /** What is proposed: made for this very subnet, and verified. @errors `mining/no-adapter` */
  forSubnet(netuid: Netuid, live: LiveIdentity): Result<SubnetAdapter, AppError>
}
