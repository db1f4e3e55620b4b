import type { AnyCall } from '../../electron/practice/definitions/outer-call.ts'
import { signExtrinsic } from '../../electron/practice/extrinsic/sign.ts'
import { fromHex, toHex } from '../../electron/practice/scale/hex.ts'
import type { StorageItem } from '../../electron/practice/scale/storage.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'

// Calls of development accounts to a practice chain in a process of its own, by its JSON-RPC: what other people, and root, do.

async function ask<T>(ws: string, method: string, params: readonly unknown[]): Promise<T> {
  const socket = new WebSocket(ws)
  try {
    return await new Promise<T>((resolve, reject) => {
      socket.onerror = () => reject(new Error(`${ws} does not answer`))
      socket.onopen = () => socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
      socket.onmessage = ({ data }) => {
        const { result, error } = JSON.parse(String(data)) as { result?: T; error?: { message: string; data?: string } }
        if (error) reject(new Error(`${method}: ${error.message} ${error.data ?? ''}`))
        else resolve(result as T)
      }
    })
  } finally {
    socket.close()
  }
}

/** Waits until one block more is there than when it was sent. */
export async function callOn(ws: string, uri: string, call: AnyCall): Promise<void> {
  const number = async () => Number((await ask<{ number: string }>(ws, 'chain_getHeader', [])).number)
  const signer = devKey(uri)
  const [genesis, nonce] = await Promise.all([
    ask<string>(ws, 'chain_getBlockHash', [0]),
    ask<number>(ws, 'system_accountNextIndex', [signer.address]),
  ])
  const before = await number()
  await ask(ws, 'author_submitExtrinsic', [toHex(signExtrinsic({ call, signer, nonce, genesis }))])
  while ((await number()) <= before + 1) await new Promise((resolve) => setTimeout(resolve, 100))
}

const root = (call: object): AnyCall => ({ type: 'Sudo', value: { type: 'sudo', value: { call } } })
export const sudoOn = (ws: string, call: object): Promise<void> => callOn(ws, '//Alice', root(call))

/** Writes storage as governance may. */
export const write = <K extends readonly unknown[], V, D>(
  item: StorageItem<K, V, D>,
  keys: NoInfer<K>,
  value: NoInfer<V>,
): readonly [Uint8Array, Uint8Array] => [fromHex(item.key(...keys)), item.type.codec.enc(value)]
export const writeOn = (ws: string, items: readonly (readonly [Uint8Array, Uint8Array])[]): Promise<void> =>
  sudoOn(ws, { type: 'System', value: { type: 'set_storage', value: { items } } })
