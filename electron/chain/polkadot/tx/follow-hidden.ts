import type { AppError } from '../../../../shared/errors.ts'
import type { TraceOfOne } from '../../../../shared/transactions/transaction.ts'
import type { SubmitEvent, TransactionTrace } from '../../chain.port.ts'
import type { Session } from '../session.ts'
import { View } from '../view.ts'
import { type FollowDeps, type Followed, Follower } from './follow.ts'
import { indexIn } from './outcome.ts'

const oneOf = ({ txHash, firstBlock, lastBlock, carrierHash }: Followed): TraceOfOne => ({
  txHash,
  firstBlock,
  lastBlock,
  ...(carrierHash === undefined ? {} : { carrierHash }),
})

/** What is kept of it; with the other pair, where there are two. */
export const traceOf = (followed: Followed, twin?: Followed): TransactionTrace => ({
  ...oneOf(followed),
  ...(twin ? { twin: oneOf(twin) } : {}),
})

/** Follows what was sent to its end, hidden or in the open; of two pairs both, whoever sent them. */
export function followSent({ twin, ...followed }: Followed, deps: FollowDeps): void {
  const { signer } = followed
  const follower = twin ? new HiddenFollower([{ ...twin, signer }, followed], deps) : followerOf(followed, deps)
  follower.search()
}

function followerOf(followed: Followed, deps: FollowDeps): Follower {
  const { carrierHash } = followed
  const told =
    carrierHash === undefined
      ? deps.onEvent
      : (event: SubmitEvent) => {
          if (event.stage !== 'failed' || event.error.code !== 'chain/transaction-lost') return deps.onEvent(event)
          void lostBecause(deps.session, followed, carrierHash).then((error) => deps.onEvent({ ...event, error }))
        }
  return new Follower(followed, { ...deps, onEvent: told })
}

/**
 * A hidden transaction that no block of its life holds was thrown away by an author: then its cover is in a block and paid.
 * Where the cover is in none either, nothing came of it and nothing was paid.
 */
async function lostBecause(session: Session, { txHash, firstBlock, lastBlock }: Followed, carrierHash: string) {
  const lost: AppError = { code: 'chain/transaction-lost', txHash }
  try {
    for (let block = firstBlock; block <= lastBlock; block++) {
      const view = new View(session, { block, hash: await session.hashAt(block), runtime: session.runtime })
      if ((await indexIn(view, carrierHash)) !== undefined) return { code: 'shield/dropped', carrierHash } as const
    }
    return lost
  } catch {
    // The line broke just now. That it is lost is known; whether the cover was paid is not, and is not claimed.
    return lost
  }
}

type Failed = Extract<SubmitEvent, { stage: 'failed' }>
interface Lost {
  readonly pair: Followed
  readonly event: Failed
}

const isLost = (event: SubmitEvent): event is Failed =>
  event.stage === 'failed' && (event.error.code === 'chain/transaction-lost' || event.error.code === 'shield/dropped')

/**
 * Follows pairs of cover and hidden transaction that exclude each other by their numbers, as one: the one that is in a
 * block names itself again, and "lost" is told only when none can run any more.
 */
export class HiddenFollower {
  readonly #onEvent: (event: SubmitEvent) => void
  readonly #pairs: readonly Followed[]
  readonly #followers: readonly Follower[]
  readonly #lost: Lost[] = []
  #named: Followed | undefined
  #ended = false
  #refusal: AppError | undefined

  /** @param pairs the last one is the one that was named when it was sent */
  constructor(pairs: readonly Followed[], deps: FollowDeps) {
    this.#onEvent = deps.onEvent
    this.#pairs = pairs
    this.#named = pairs.at(-1)
    this.#followers = pairs.map((pair) => followerOf(pair, { ...deps, onEvent: (event) => this.#take(pair, event) }))
  }

  /** Nothing more will be told. */
  get ended(): boolean {
    return this.#ended
  }

  /** @param refusal said instead of "lost" where no block holds anything of it */
  search(refusal?: AppError): void {
    this.#refusal = refusal
    for (const follower of this.#followers) follower.search()
  }

  /** The pool never took it; the caller has said so already. */
  refused(): void {
    this.#ended = true
    for (const follower of this.#followers) follower.refused()
  }

  #take(pair: Followed, event: SubmitEvent): void {
    if (this.#ended) return
    if (!isLost(event)) return this.#tell(pair, event)
    this.#lost.push({ pair, event })
    if (this.#lost.length < this.#followers.length) return
    // A cover that was paid is worth more words than one that came to nothing.
    const paid = this.#lost.find(({ event: { error } }) => error.code === 'shield/dropped')
    if (paid) return this.#tell(paid.pair, paid.event)
    this.#tell(pair, this.#refusal ? { ...event, error: this.#refusal } : event)
  }

  #traceOf(pair: Followed): TransactionTrace {
    return traceOf(
      pair,
      this.#pairs.find((other) => other !== pair),
    )
  }

  #tell(pair: Followed, event: SubmitEvent): void {
    this.#ended = event.stage === 'finalized' || event.stage === 'failed' || event.stage === 'left'
    if (this.#named !== pair && event.stage !== 'left') {
      this.#named = pair
      this.#onEvent({ stage: 'sending', trace: this.#traceOf(pair) })
    }
    this.#onEvent(event)
  }
}
