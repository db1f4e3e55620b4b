import type { AddressProblem } from './addresses/read-address.ts'
import type { BackendAddressProblem } from './backends/backend-address.ts'
import type { Netuid, Ss58 } from './units/amounts.ts'

/** What mining, its models and the servers that compute for it can fail with: part of `AppError`. */
export type MiningError =
  // Mining
  | { readonly code: 'mining/not-registered'; readonly netuid: Netuid; readonly hotkey: Ss58 }
  | { readonly code: 'mining/already-running' }
  | { readonly code: 'mining/not-running' }
  /** The miner lets callers wait: heat, battery, hours, or somebody at the computer. */
  | { readonly code: 'mining/held' }
  /** Nothing here tells when somebody last touched this computer. */
  | { readonly code: 'mining/idle-unknown' }
  /** A rule starts what a person chose and confirmed before, and nothing was. */
  | { readonly code: 'mining/nothing-confirmed' }
  | { readonly code: 'mining/no-adapter'; readonly netuid: Netuid }
  /** The live subnet is not the one that the adapter was made for, or not the one that mining began on. */
  | {
      readonly code: 'mining/other-subnet'
      readonly netuid: Netuid
      readonly what: 'network' | 'name' | 'owner' | 'repository'
      readonly expected: string
      readonly live: string
    }
  /** Nobody tried this adapter with the validators of this subnet: a person has to say that it shall run. */
  | {
      readonly code: 'mining/by-hand-only'
      readonly adapter: string
      readonly status: 'verified' | 'stale' | 'unverified'
    }
  /** A request that an adapter cannot use; told to its sender. */
  | { readonly code: 'mining/bad-task'; readonly message: string }
  /** The program of an adapter that did not come with this app. */
  | { readonly code: 'mining/adapter-failed'; readonly reason: string }
  /** The user's own program did not answer as it has to. */
  | { readonly code: 'mining/service-failed'; readonly port: number; readonly reason: string }
  | { readonly code: 'mining/port-taken'; readonly port: number }
  /** The internet does not reach this computer, so no validator could call a miner here. */
  | { readonly code: 'mining/not-reachable'; readonly port: number }
  /** Neither one's own subnet nor one that pays by its own numbers. */
  | { readonly code: 'mining/nothing-proposed' }
  | { readonly code: 'mining/bad-address'; readonly address: string; readonly reason: string }
  /** A line of the lists of callers; nothing of them was changed. */
  | { readonly code: 'mining/bad-caller'; readonly text: string; readonly problem: AddressProblem }
  | { readonly code: 'mining/serve-too-soon'; readonly blocksLeft: number }
  | { readonly code: 'mining/worker-died'; readonly worker: 'llm' | 'axon'; readonly reason: string }
  // Servers that compute for the miner
  | { readonly code: 'backend/unknown'; readonly id: string }
  | { readonly code: 'backend/too-many'; readonly most: number }
  | { readonly code: 'backend/bad-address'; readonly problem: BackendAddressProblem }
  | { readonly code: 'backend/unreachable'; readonly name: string; readonly reason: string }
  | { readonly code: 'backend/key-refused'; readonly name: string; readonly status: number }
  | { readonly code: 'backend/refused'; readonly name: string; readonly status: number; readonly reason: string }
  | { readonly code: 'backend/busy'; readonly name: string; readonly waitMs: number }
  | { readonly code: 'backend/bad-answer'; readonly name: string; readonly reason: string }
  | {
      readonly code: 'backend/no-model'
      readonly name: string
      readonly model: string
      readonly offers: readonly string[]
    }
  /** After its first token: no other server is asked, for what was sent cannot be taken back. */
  | { readonly code: 'backend/cut-off'; readonly name: string; readonly reason: string }
  /** None that is well does this. */
  | { readonly code: 'backend/none-ready'; readonly task: 'write' | 'embed' | 'rank' }
  // Models
  | { readonly code: 'model/unknown'; readonly id: string }
  | { readonly code: 'model/not-downloaded'; readonly id: string }
  | { readonly code: 'model/file-missing'; readonly file: string }
  | { readonly code: 'model/broken'; readonly file: string; readonly reason: string }
  | { readonly code: 'model/too-large'; readonly neededBytes: number; readonly availableBytes: number }
  | {
      readonly code: 'model/hash-mismatch'
      readonly file: string
      readonly expected: string
      readonly actual: string
      /** So many pieces are known to be wrong, and only these are fetched again. Absent: which bytes are wrong is not known. */
      readonly wrongPieces?: number
    }
  | { readonly code: 'model/download-failed'; readonly reason: string }
  | { readonly code: 'model/busy'; readonly id: string }
  /** It is asked before the download, and again when licence or revision change. */
  | { readonly code: 'model/licence-not-accepted'; readonly id: string; readonly licence: string; readonly url: string }
  /** One of several files that are a model together. */
  | { readonly code: 'model/split'; readonly file: string; readonly part: number; readonly parts: number }
  | {
      readonly code: 'model/cannot-move'
      readonly id: string
      readonly because: 'not-ours' | 'not-here' | 'bad-folder' | 'name-taken'
    }
  /** The loaded model is of another kind. */
  | { readonly code: 'model/cannot'; readonly task: 'write' | 'embed' | 'rank'; readonly model: string }
