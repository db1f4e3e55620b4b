import type { ExpectedIdentity } from '../../shared/mining/subnet-identity.ts'
import type { JsonSchema } from '../llm/llm.port.ts'
import type { WorkKind } from './work.port.ts'

/** How requests of a subnet are authenticated and carried. */
export type Transport = 'btauth-1' | 'axon-v10' | 'epistula-2' | 'fiber-mlts'

/** Everything about an adapter that is no program. */
export interface AdapterFacts {
  readonly title: string
  readonly transport: Transport
  readonly expectedIdentity: ExpectedIdentity
  /** What its routes ask for; a model that cannot do all of it is refused before anything starts. */
  readonly tasks: readonly WorkKind[]
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
  /** What is known of how answers are judged, and what is not. */
  readonly scoringNotes: string
  /** When and against what the mapping was last checked. */
  readonly verified: {
    readonly status: 'verified' | 'stale' | 'unverified'
    /** Year, month and day. */
    readonly date: string
    readonly source: string
    /** Of the subnet's own repository, where the mapping was read from it: 40 hex digits. */
    readonly sourceCommit?: string
  }
}

/** One path of an adapter that did not come with this app. */
export interface ManifestRoute {
  readonly method: 'POST'
  readonly path: string
  readonly hashFields?: readonly string[]
  /** A body that does not fit is refused before the adapter sees it; an empty one takes everything. */
  readonly requestSchema: JsonSchema
  /** Whether the answer is sent piece by piece. */
  readonly stream: boolean
  readonly contentType: string
}

/** `adapter.json`. */
export interface Manifest extends AdapterFacts {
  readonly routes: readonly ManifestRoute[]
}
