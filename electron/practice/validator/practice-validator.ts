import type { PracticeNode } from '../node/practice-node.ts'
import type { DevKey } from '../signing/dev-key.ts'
import { signedExtrinsic } from '../signing/signed-extrinsic.ts'
import { askMiner, type Miner } from './ask-miner.ts'
import { ChatSubnet } from './chat-subnet.ts'
import { ScoreBook } from './score-book.ts'
import { weightsCall } from './weights-call.ts'

export interface ValidatorOptions {
  readonly node: PracticeNode
  readonly key: DevKey
  readonly netuids: readonly number[]
  /** Between two rounds of questions. */
  readonly roundMs?: number
  /** After which a miner has not answered. */
  readonly timeoutMs?: number
  readonly onFault: (error: unknown) => void
}

const ROUND_MS = 2_000
/** The practice miner's own deadline is 12 s; a small model on two cores needs a few for 24 tokens. */
const TIMEOUT_MS = 12_000
/** Questions on their way at once, over all subnets. */
const MOST_AT_ONCE = 16
/** Weights are sent this many blocks before an epoch: late enough for new miners, early enough to be included. */
const BLOCKS_BEFORE_EPOCH = 4

interface Post {
  readonly subnet: ChatSubnet
  readonly book: ScoreBook
  /** Epoch block for which weights were already sent. */
  sentFor: number
}

/** Asks the served miners of the chat subnets and pays them by weights. @returns a function that stops it. */
export function startValidator(options: ValidatorOptions): () => void {
  const { node, key, onFault } = options
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const posts = options.netuids.map(
    (netuid): Post => ({
      subnet: new ChatSubnet(node, netuid),
      book: new ScoreBook(timeoutMs),
      sentFor: 0,
    }),
  )
  const asked = new Set<string>()
  let round = 0
  let stopped = false

  const ask = async (post: Post, miner: Miner): Promise<void> => {
    const id = `${post.subnet.netuid}/${miner.hotkey}`
    if (asked.has(id) || asked.size >= MOST_AT_ONCE) return
    asked.add(id)
    const sample = await askMiner(key, miner, { round, timeoutMs })
    asked.delete(id)
    if (!stopped) post.book.add(miner.hotkey, sample)
  }

  const nextRound = (): void => {
    round += 1
    for (const post of posts) {
      const miners = post.subnet.servedMiners()
      post.book.keepOnly(new Set(miners.map((miner) => miner.hotkey)))
      for (const miner of miners) ask(post, miner).catch(onFault)
    }
  }

  const setWeights = (post: Post, block: number): void => {
    const epoch = post.subnet.nextEpochBlock()
    if (epoch === undefined || epoch === post.sentFor || epoch - block > BLOCKS_BEFORE_EPOCH) return
    const uid = post.subnet.uidOf(key.publicKey)
    if (uid === undefined) return
    post.sentFor = epoch
    const call = weightsCall(post.subnet.netuid, post.subnet.servedMiners(), post.book, uid)
    node.pool.submit(signedExtrinsic(node, key, call))
  }

  const timer = setInterval(guarded(nextRound, onFault), options.roundMs ?? ROUND_MS)
  const stopListening = node.onBlock(({ best }) => {
    for (const post of posts) guarded(() => setWeights(post, best.header.number), onFault)()
  })
  return () => {
    stopped = true
    clearInterval(timer)
    stopListening()
  }
}

/** A fault of the validator must not stop the chain that it runs beside. */
const guarded =
  (run: () => void, onFault: (error: unknown) => void): (() => void) =>
  () => {
    try {
      run()
    } catch (error) {
      onFault(error)
    }
  }
