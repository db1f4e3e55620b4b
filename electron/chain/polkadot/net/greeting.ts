import type { ClockPort } from '../../../system/system.port.ts'
import { badAnswer, ChainFailure } from '../failure.ts'
import { versionIn } from '../runtime/fetch-runtime.ts'
import { type Header, readHeader } from './header.ts'
import type { JsonRpc, SubscriptionNames } from './json-rpc.ts'

const FIRST_HEAD_MS = 60_000
const HEADS = { subscribe: 'chain_subscribeNewHeads', unsubscribe: 'chain_unsubscribeNewHeads' }
const FINAL = { subscribe: 'chain_subscribeFinalizedHeads', unsubscribe: 'chain_unsubscribeFinalizedHeads' }
const VERSION = { subscribe: 'state_subscribeRuntimeVersion', unsubscribe: 'state_unsubscribeRuntimeVersion' }

export interface Listening {
  readonly onHead: (header: Header) => void
  readonly onFinal: (header: Header) => void
  readonly onVersion: (specVersion: number) => void
  /** A malformed notification is the node's fault; it is noted and skipped. */
  readonly onOdd: (cause: unknown) => void
}

export interface Greeted {
  readonly genesis: string
  readonly specVersion: number
  /** Resolves with the first block that the node shows. */
  readonly firstHead: Promise<void>
}

/**
 * First words with a node: what it is the chain of, by which rules, and from now on tell me. Four requests that leave
 * together. Rejects when the node says nothing of it in time.
 */
export async function greet(rpc: JsonRpc, clock: ClockPort, listening: Listening): Promise<Greeted> {
  const announced = Promise.withResolvers<number>()
  const firstHead = Promise.withResolvers<void>()
  // A rejection that another one overtakes must not become an unhandled one.
  announced.promise.catch(() => undefined)
  firstHead.promise.catch(() => undefined)
  const giveUp = () => {
    const silent = new ChainFailure({
      code: 'chain/unreachable',
      endpoint: rpc.endpoint,
      reason: 'the node sent no block',
    })
    announced.reject(silent)
    firstHead.reject(silent)
  }
  const stopTimer = clock.after(FIRST_HEAD_MS, giveUp)
  rpc.onClosed(giveUp)
  firstHead.promise.then(stopTimer, stopTimer)
  const follow = (names: SubscriptionNames, take: (raw: unknown) => void) =>
    rpc.subscribe(names, (raw) => {
      try {
        take(raw)
      } catch (cause) {
        listening.onOdd(cause)
      }
    })
  const subscribed = Promise.all([
    follow(VERSION, (raw) => {
      const spec = versionIn(raw)
      announced.resolve(spec)
      listening.onVersion(spec)
    }),
    follow(HEADS, (raw) => {
      listening.onHead(readHeader(raw))
      firstHead.resolve()
    }),
    follow(FINAL, (raw) => listening.onFinal(readHeader(raw))),
  ])
  const [genesis, specVersion] = await Promise.all([
    rpc.request('chain_getBlockHash', [0]),
    announced.promise,
    subscribed,
  ])
  if (typeof genesis !== 'string') return badAnswer('genesis')
  return { genesis, specVersion, firstHead: firstHead.promise }
}
