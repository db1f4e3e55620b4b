import type { Block } from '../node/block-store.ts'
import { blockJson, headerJson } from './block-of.ts'
import type { Method, Methods, RpcContext } from './method.ts'
import { countOf } from './params.ts'
import { runtimeVersionJson } from './version-json.ts'

function hashAt(context: RpcContext, value: unknown): string | null {
  return context.node.chain.hashOf(countOf(value, 0)) ?? null
}

const getBlockHash: Method = (context) => {
  const { params, node } = context
  if (!params.has(0)) return node.chain.best.hash
  const wanted = params.raw(0)
  return Array.isArray(wanted) ? wanted.map((value) => hashAt(context, value)) : hashAt(context, wanted)
}

const blockFor = ({ params, node }: RpcContext): Block | undefined =>
  node.chain.blockOf(params.optionalHash(0) ?? node.chain.best.hash)

const getHeader: Method = (context) => {
  const block = blockFor(context)
  return block ? headerJson(block.header) : null
}

const getBlock: Method = (context) => {
  const block = blockFor(context)
  return block ? blockJson(block) : null
}

const newHeads =
  (notification: string): Method =>
  ({ node, session }) =>
    session.subscribe(notification, (notify) => {
      notify(headerJson(node.chain.best.header))
      return node.onBlock(({ best }) => notify(headerJson(best.header)))
    })

const finalizedHeads: Method = ({ node, session }) =>
  session.subscribe('chain_finalizedHead', (notify) => {
    notify(headerJson(node.chain.finalized.header))
    return node.onBlock(({ finalized }) => finalized && notify(headerJson(finalized.header)))
  })

const runtimeVersions: Method = ({ node, session }) =>
  session.subscribe('state_runtimeVersion', (notify) => {
    // The rules of a practice network never change while it runs, so nothing follows.
    notify(runtimeVersionJson(node.chain.runtime.version))
    return () => undefined
  })

export const unsubscribe: Method = ({ params, session }) => session.unsubscribe(params.raw(0))

/** The names without a plural or with `Runtime` are Substrate's old aliases, still used by clients. */
export const chainMethods: Methods = {
  chain_getBlock: getBlock,
  chain_getBlockHash: getBlockHash,
  chain_getHead: getBlockHash,
  chain_getHeader: getHeader,
  chain_getFinalizedHead: ({ node }) => node.chain.finalized.hash,
  chain_getFinalisedHead: ({ node }) => node.chain.finalized.hash,
  chain_subscribeNewHeads: newHeads('chain_newHead'),
  chain_subscribeNewHead: newHeads('chain_newHead'),
  subscribe_newHead: newHeads('chain_newHead'),
  chain_subscribeAllHeads: newHeads('chain_allHead'),
  chain_subscribeFinalizedHeads: finalizedHeads,
  chain_subscribeFinalisedHeads: finalizedHeads,
  chain_subscribeRuntimeVersion: runtimeVersions,
  state_subscribeRuntimeVersion: runtimeVersions,
  chain_unsubscribeNewHeads: unsubscribe,
  chain_unsubscribeNewHead: unsubscribe,
  unsubscribe_newHead: unsubscribe,
  chain_unsubscribeAllHeads: unsubscribe,
  chain_unsubscribeFinalizedHeads: unsubscribe,
  chain_unsubscribeFinalisedHeads: unsubscribe,
  chain_unsubscribeRuntimeVersion: unsubscribe,
  state_unsubscribeRuntimeVersion: unsubscribe,
}
