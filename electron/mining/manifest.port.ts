import type { NetworkKind } from '../../shared/network/network.ts'
import type { JsonSchema } from '../llm/llm.port.ts'
import type { WorkKind } from './work.port.ts'

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

/** `adapter.json`: everything about an adapter that is no program. The same words as `SubnetAdapter`. */
export interface Manifest {
  readonly title: string
  readonly transport: 'btauth-1' | 'axon-v10' | 'epistula-2'
  readonly expectedIdentity: {
    readonly networks: readonly NetworkKind[]
    readonly subnetName?: string
    readonly githubRepo?: string
  }
  readonly tasks: readonly WorkKind[]
  readonly routes: readonly ManifestRoute[]
  readonly policy: { readonly requirePermit: boolean; readonly minStake: bigint }
  readonly limits: {
    readonly bodyBytes: number
    readonly concurrency: number
    readonly queue: number
    readonly perHotkeyPerMinute: number
    readonly perAddressPerSecond: number
    readonly deadlineMs: number
    readonly deadlineMarginMs: number
  }
  readonly hardware: {
    readonly minVramBytes: number
    readonly minTokensPerSecond: number
    readonly contextTokens: number
  }
  readonly serve: { readonly version: number; readonly protocol: number }
  readonly scoringNotes: string
  readonly verified: {
    readonly status: 'verified' | 'stale' | 'unverified'
    readonly date: string
    readonly source: string
    readonly sourceCommit?: string
  }
}
