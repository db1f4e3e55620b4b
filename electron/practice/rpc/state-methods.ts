import { hash256 } from '../node/header.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { toHex } from '../state/bytes.ts'
import type { StateView } from '../state/versioned-state.ts'
import { stateOf } from './block-of.ts'
import { unsubscribe } from './chain-methods.ts'
import type { Method, Methods } from './method.ts'
import { invalidParams, RpcError } from './rpc-error.ts'
import { runtimeCall } from './runtime-call.ts'
import { runtimeVersionJson } from './version-json.ts'

/** Substrate's own limit of `state_getKeysPaged`. */
const MAX_PAGE = 1_000
const MAX_KEYS = 10_000

type Change = readonly [key: string, value: string | null]

const hexOrNull = (value: Uint8Array | undefined): string | null => (value ? toHex(value) : null)
const changesOf = (view: StateView, keys: readonly string[]): Change[] =>
  keys.map((key) => [key, hexOrNull(view.get(key))])

function limited(keys: readonly string[]): readonly string[] {
  if (keys.length > MAX_KEYS) throw invalidParams(`at most ${MAX_KEYS} keys`)
  return keys
}

const getStorage: Method = ({ node, params }) =>
  hexOrNull(stateOf(node, params.optionalHash(1)).view.get(params.key(0)))

const getStorageHash: Method = ({ node, params }) => {
  const value = stateOf(node, params.optionalHash(1)).view.get(params.key(0))
  return value ? hash256(value) : null
}

const getStorageSize: Method = ({ node, params }) =>
  stateOf(node, params.optionalHash(1)).view.get(params.key(0))?.length ?? null

const getKeys: Method = ({ node, params }) => stateOf(node, params.optionalHash(1)).view.keys(params.key(0))

const getPairs: Method = ({ node, params }) => {
  const { view } = stateOf(node, params.optionalHash(1))
  return changesOf(view, view.page(params.key(0), MAX_KEYS))
}

const getKeysPaged: Method = ({ node, params }) => {
  const count = params.count(1)
  if (count > MAX_PAGE) throw new RpcError(4002, `count exceeds maximum value. value: ${count}, max: ${MAX_PAGE}`)
  const prefix = params.has(0) ? params.key(0) : '0x'
  return stateOf(node, params.optionalHash(3)).view.page(prefix, count, params.has(2) ? params.key(2) : undefined)
}

const queryStorageAt: Method = ({ node, params }) => {
  const keys = limited(params.keys(0))
  const { view, hash } = stateOf(node, params.optionalHash(1))
  return [{ block: hash, changes: changesOf(view, keys) }]
}

/** All changes of some keys from one block to another: first the values, then the differences. */
const queryStorage: Method = ({ node, params }) => {
  const keys = limited(params.keys(0))
  const from = stateOf(node, params.optionalHash(1))
  const to = stateOf(node, params.optionalHash(2))
  if (from.number > to.number) throw new RpcError(4001, 'Cannot resolve a block range: from is after to')
  const answer = [{ block: from.hash, changes: changesOf(from.view, keys) }]
  const wanted = new Set(keys)
  for (let number = from.number + 1; number <= to.number; number += 1) {
    const changed = node.chain.changedAt(number).filter((key) => wanted.has(key))
    const view = node.chain.stateAt(number)
    const block = node.chain.hashOf(number)
    if (changed.length > 0 && view && block !== undefined) answer.push({ block, changes: changesOf(view, changed) })
  }
  return answer
}

const subscribeStorage: Method = ({ node, params, session }) => {
  if (!params.has(0)) throw invalidParams('a subscription to all keys is not offered')
  const keys = limited(params.keys(0))
  return session.subscribe('state_storage', (notify) => {
    const { hash, view } = stateOf(node, undefined)
    notify({ block: hash, changes: changesOf(view, keys) })
    const wanted = new Set(keys)
    return node.onBlock(({ best, changedKeys }) => {
      const changed = changedKeys.filter((key) => wanted.has(key))
      if (changed.length > 0) notify({ block: best.hash, changes: changesOf(stateOf(node, best.hash).view, changed) })
    })
  })
}

const call: Method = ({ node, params }) =>
  toHex(runtimeCall(node, { method: params.text(0), args: params.bytes(1) }, stateOf(node, params.optionalHash(2))))

const version = (node: PracticeNode, hash: string | undefined): object => {
  stateOf(node, hash)
  return runtimeVersionJson(node.chain.runtime.version)
}

export const stateMethods: Methods = {
  state_call: call,
  state_callAt: call,
  state_getKeys: getKeys,
  state_getKeysPaged: getKeysPaged,
  state_getKeysPagedAt: getKeysPaged,
  state_getMetadata: ({ node, params }) => {
    stateOf(node, params.optionalHash(0))
    return toHex(node.chain.runtime.metadata(14, node.blockMs))
  },
  state_getPairs: getPairs,
  state_getRuntimeVersion: ({ node, params }) => version(node, params.optionalHash(0)),
  chain_getRuntimeVersion: ({ node, params }) => version(node, params.optionalHash(0)),
  state_getStorage: getStorage,
  state_getStorageAt: getStorage,
  state_getStorageHash: getStorageHash,
  state_getStorageHashAt: getStorageHash,
  state_getStorageSize: getStorageSize,
  state_getStorageSizeAt: getStorageSize,
  state_queryStorage: queryStorage,
  state_queryStorageAt: queryStorageAt,
  state_subscribeStorage: subscribeStorage,
  state_unsubscribeStorage: unsubscribe,
}
