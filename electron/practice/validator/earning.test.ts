import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PALLETS } from '../definitions/pallets.ts'
import type { RuntimeCall } from '../definitions/runtime-types.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { createRuntime } from '../runtime/create-runtime.ts'
import { CHAT_NETUIDS, PRACTICE_VALIDATOR } from '../seed/accounts.ts'
import { type DevKey, devKey } from '../signing/dev-key.ts'
import { signedExtrinsic } from '../signing/signed-extrinsic.ts'
import { type Network, startNetwork } from '../start-network.ts'
import { toHex } from '../state/bytes.ts'
import { startValidator } from './practice-validator.ts'

const [netuid = 0] = CHAT_NETUIDS
const alice = devKey('//Alice')
const miner = devKey('//Test//miner')
const faults: unknown[] = []

let network: Network
let server: Server
let stopValidator: () => void
let node: PracticeNode

beforeAll(async () => {
  const onFault = (error: unknown) => faults.push(error)
  network = await startNetwork({ runtime: createRuntime(), port: 0, blockMs: 100, onFault, onFailure: onFault })
  node = network.node
  server = createServer((request, response) => {
    request.resume()
    const choices = [{ message: { role: 'assistant', content: 'A lamp on a rock.' } }]
    response.end(JSON.stringify({ object: 'chat.completion', choices }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const key = devKey(PRACTICE_VALIDATOR.hotkeyUri)
  stopValidator = startValidator({ node, key, netuids: CHAT_NETUIDS, roundMs: 300, timeoutMs: 1_000, onFault })
}, 60_000)
afterAll(async () => {
  stopValidator()
  server.closeAllConnections()
  server.close()
  await network.close()
})

/** Sends a call and waits until it is in a block. */
const send = (key: DevKey, call: RuntimeCall): Promise<void> =>
  new Promise((resolve, reject) => {
    node.pool.submit(signedExtrinsic(node, key, call), (status) => {
      if (typeof status === 'object' && 'inBlock' in status) resolve()
      else if (status === 'invalid' || status === 'dropped') reject(new Error(status))
    })
  })

const { Emission, Uids } = PALLETS.SubtensorModule.storage

/** Alpha that the miner got in the last epoch. */
function emission(): bigint {
  const view = node.chain.stateAt(node.chain.best.header.number)!
  const uid = Uids.type.codec.dec(view.get(Uids.key(netuid, toHex(miner.publicKey)))!)
  const raw = view.get(Emission.key(netuid))
  return raw ? (Emission.type.codec.dec(raw)[uid] ?? 0n) : 0n
}

const blocks = (count: number): Promise<void> =>
  new Promise((resolve) => {
    let left = count
    const stop = node.onBlock(() => {
      left -= 1
      if (left > 0) return
      stop()
      resolve()
    })
  })

async function until(condition: () => boolean, mostBlocks: number): Promise<void> {
  for (let i = 0; i < mostBlocks && !condition(); i += 1) await blocks(1)
  expect(condition()).toBe(true)
}

it('a miner that serves is found, asked and paid; one that stops is not', { timeout: 120_000 }, async () => {
  const hotkey = toHex(miner.publicKey)
  const value = { netuid, hotkey, limit_price: 100_000_000_000n }
  await send(alice, { type: 'SubtensorModule', value: { type: 'register_limit', value } })
  const { port } = server.address() as AddressInfo
  const zero = { protocol: 4, placeholder1: 0, placeholder2: 0 }
  const axon = { netuid, version: 1, ip: 0x7f000001n, port, ip_type: 4, ...zero }
  await send(miner, { type: 'SubtensorModule', value: { type: 'serve_axon', value: axon } })
  await until(() => emission() > 0n, 100)
  server.closeAllConnections()
  server.close()
  await until(() => emission() === 0n, 200)
  expect(faults).toEqual([])
})
