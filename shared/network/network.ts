/** Which chain the app looks at. `custom` is always labelled by its own endpoint, never by a known name. */
export type NetworkKind = 'practice' | 'finney' | 'test' | 'local' | 'custom'

export interface NetworkChoice {
  readonly kind: NetworkKind
  /** Only for `custom`: a `ws://` or `wss://` address. */
  readonly endpoint?: string | undefined
}

/** Facts about the chain behind the connection, read from the node. */
export interface ChainFacts {
  /** Hash of block 0, `0x` and 64 hex digits. */
  readonly genesis: string
  readonly specName: string
  readonly specVersion: number
  /** Time between blocks, ms. `undefined` until the node told or two heads were seen. */
  readonly blockMs?: number | undefined
  readonly existentialDeposit: bigint
}

/** One of the endpoints that lead to the chosen chain. */
export interface EndpointState {
  readonly endpoint: string
  /** The one that answers now. */
  readonly current: boolean
  /** Failed or refused lately: others come first. */
  readonly avoided: boolean
  /** Requests that it is asked at most; absent: no limit, as for a node of one's own. */
  readonly budget?: { readonly perSecond: number; readonly burst: number; readonly left: number } | undefined
  /** Time of its last answer, ms. */
  readonly answerMs?: number | undefined
  /** Its newest block, when it was looked at last. Those that wait are looked at every few minutes. */
  readonly head?: HeadSeen | undefined
}

/** How fresh an endpoint is. */
export interface HeadSeen {
  readonly number: number
  /** Age of that block when it was asked for, ms, by the clock of this computer and the blocks of the endpoint in use. */
  readonly ageMs: number
  /** ms since 1970 */
  readonly askedAtMs: number
  /** Behind the endpoint in use, or too old for a newest block: it is gone to last. */
  readonly stale: boolean
}

export interface Head {
  readonly number: number
  readonly hash: string
  /** When this computer saw the head, ms since 1970. */
  readonly seenAtMs: number
}
