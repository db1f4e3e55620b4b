/** What a server is asked for. One that pools its output embeds or ranks, and does not write. */
export const SERVES = ['text', 'embeddings', 'reranking'] as const
export type Serves = (typeof SERVES)[number]

/** A server that speaks OpenAI's interface and computes for the miner, as the user named it. */
export interface Backend {
  readonly id: string
  readonly name: string
  /** As it was typed; `readBackendAddress` says what is asked. */
  readonly url: string
  /** The name under which that server knows the model. */
  readonly model: string
  readonly serves: Serves
  /** Requests that it computes at the same time, by the user's word. */
  readonly places: number
  readonly enabled: boolean
  /** The warning was read: what is sent there, its key too, can be read on the way. */
  readonly plainAccepted?: boolean | undefined
}

/** More servers than anybody looks after by hand; each is asked for its health every few seconds. */
export const MOST_BACKENDS = 32
/** One server of many graphics cards computes some hundred at once. */
export const MOST_PLACES = 1_024
