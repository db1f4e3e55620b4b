import type { TxWatcher } from '../node/tx-pool.ts'
import { toHex } from '../state/bytes.ts'
import { unsubscribe } from './chain-methods.ts'
import type { Method, Methods } from './method.ts'
import { RpcError } from './rpc-error.ts'

/** @returns the bytes of the length prefix and the length that it names. */
function readPrefix(bytes: Uint8Array): { prefix: number; length: number } | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes
  const mode = first & 3
  if (mode === 0) return { prefix: 1, length: first >> 2 }
  if (mode === 1) return { prefix: 2, length: (first | (second << 8)) >> 2 }
  if (mode === 2) return { prefix: 4, length: (first | (second << 8) | (third << 16) | (fourth << 24)) >>> 2 }
  return undefined
}

/** A transaction with a length prefix that tells the truth; else 1001 as Substrate answers. */
function extrinsicOf(bytes: Uint8Array): Uint8Array {
  const head = readPrefix(bytes)
  if (!head || head.prefix + head.length !== bytes.length) {
    throw new RpcError(1001, 'Extrinsic has invalid format: Could not decode `OpaqueExtrinsic`')
  }
  return bytes
}

const submit: Method = ({ node, params }) => node.pool.submit(extrinsicOf(params.bytesOrArray(0)))

const submitAndWatch: Method = ({ node, params, session }) => {
  const bytes = extrinsicOf(params.bytesOrArray(0))
  return session.subscribe('author_extrinsicUpdate', (notify, end) => {
    const watcher: TxWatcher = (status, last) => {
      notify(status)
      if (last) end()
    }
    const hash = node.pool.submit(bytes, watcher)
    return () => node.pool.unwatch(hash, watcher)
  })
}

export const authorMethods: Methods = {
  author_submitExtrinsic: submit,
  author_submitAndWatchExtrinsic: submitAndWatch,
  author_unwatchExtrinsic: unsubscribe,
  author_pendingExtrinsics: ({ node }) => node.pool.pending().map((tx) => toHex(tx.bytes)),
}
