import type { Result } from '../../../../shared/result.ts'
import type { Transport } from '../../../mining/manifest.port.ts'
import type { CallerScheme } from '../../axon.port.ts'
import type { ReplayMark } from '../../replay-store.ts'
import type { Refusal } from '../refusal.ts'

/** What is read of a request before its body. */
export interface RequestHead {
  /** The address that counts as one sender. */
  readonly sender: string
  readonly method: string
  /** As sent, percent-encoding untouched. */
  readonly target: string
  readonly arrivedMs: number
  /** By lower-case name. A header that came twice has its values joined by a comma. */
  header(name: string): string | undefined
}

/** Who says to have signed what. Nothing of it is proven yet. */
export interface Claim {
  /** An SS58 address by its shape. */
  readonly sender: string
  /** Where the request names a scheme. It is compared with the one in our records and never used. */
  readonly scheme?: CallerScheme
  /** 64 bytes. */
  readonly signature: Uint8Array
  /** What the request uses up once it is proven. */
  readonly mark: ReplayMark
  /** How long the caller says that it waits, ms. */
  readonly waitsMs?: number
  /**
   * Whether it was signed inside the window.
   * @param followsOn  whether an earlier request of the same series is remembered; few protocols ask
   */
  isFresh(nowMs: number, followsOn: () => boolean): boolean
  /** The text that the signature must cover. */
  text(scheme: CallerScheme, body: Uint8Array): string
}

/** A proven request with its body, for its answer. */
export interface Proven {
  readonly head: RequestHead
  readonly claim: Claim
  /** As it came. */
  readonly raw: Uint8Array
  /** Parsed, within the bounds of `parseBoundedJson`. */
  readonly body: unknown
  /** Fields of the body that the signature must cover; as the adapter pins them. */
  readonly hashFields: readonly string[]
}

/** A whole answer without a task. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How the answer to one request looks around what the adapter writes. */
export interface AnswerShape {
  /** Beside content type and length. @param sizeBytes of the body, where it is known */
  headers(nowMs: number, sizeBytes?: number): Readonly<Record<string, string>>
  /** An answer in one piece. @param written by the adapter */
  whole(written: string): string
}

/** What a protocol may need for an answer. */
export interface AnswerMeans {
  readonly nowMs: number
  /** Signs a text with the hotkey; `undefined` where nobody does, or not in time. */
  sign(text: string): Promise<string | undefined>
}

/** A handshake that was read: who signed it, and what it comes to once that is proven. */
export interface Shaking {
  readonly claim: Claim
  agree(nowMs: number): Result<Reply, Refusal>
}

/** What a protocol has beside the rest where requests are sealed with keys that were agreed on before. */
export interface Sealed {
  readonly handshakePath: string
  /** What everybody is told: it has no body and no signature. */
  greet(head: RequestHead): Reply | undefined
  /** @param body  parsed, within the bounds of `parseBoundedJson` */
  handshake(body: unknown): Result<Shaking, Refusal>
  /** @returns the request without its seal, and what it uses up. A seal that fits proves the sender. */
  open(head: RequestHead, raw: Uint8Array): Result<{ readonly claim: Claim; readonly body: Uint8Array }, Refusal>
}

/** One way of speaking: who signed what, and the shape of answers and refusals. It has no socket, no clock and no key. */
export interface Protocol {
  readonly id: Transport
  /** Methods of a route beside its own. */
  readonly alsoMethods: readonly string[]
  /** A path that is answered to every known caller without a task. */
  readonly ping?: string
  /** Present: requests are proven by their seal, in place of a signature. */
  readonly sealed?: Sealed
  /** Longest time between the arrival of a request and the last moment at which its copy would be fresh, ms. */
  readonly replayKeepMs: number
  /** Reads the claim of a request, before the body. */
  read(head: RequestHead): Result<Claim, Refusal>
  /** Why a proven request is not what was signed; where the signature does not cover the raw body. */
  bodyRefusal(proven: Proven): Refusal | undefined
  /** Begins an answer. */
  answer(proven: Proven, means: AnswerMeans): Promise<AnswerShape>
  /** Tells a refusal in the protocol's own words and statuses. */
  refuse(refusal: Refusal, head: RequestHead): Reply
}

/** What every protocol is told about the server. */
export interface Served {
  /** The hotkey's address. */
  readonly hotkey: string
  /** An earlier server may have answered until then: what was signed before is refused. Ms since 1970. */
  readonly aliveBeforeMs: number
  /** Paths of the adapter. */
  readonly paths: readonly string[]
  /** As announced on chain. */
  readonly version: number
}
