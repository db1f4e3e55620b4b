import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import { must, never, newChain, untilState } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import type { ChainPort, ConnectionState } from './chain.port.ts'
import { lazyChain } from './lazy-chain.ts'

let network: PracticeNetwork
beforeAll(async () => {
  network = await startPractice()
})
afterAll(() => network.stop())

/** A chain whose code comes when the test says so. */
function held() {
  const gate = Promise.withResolvers<void>()
  const states: ConnectionState['state'][] = []
  let loads = 0
  const chain = lazyChain(async () => {
    loads += 1
    await gate.promise
    return newChain()
  })
  chain.onState(({ state }) => states.push(state))
  return { chain, states, loads: () => loads, release: gate.resolve }
}
const connect = (chain: ChainPort, signal = never) =>
  chain.connect({ endpoint: network.ws, genesis: network.genesis }, signal)

test('answers as a chain without a connection until one is asked for, and loads nothing', async () => {
  const { chain, loads } = held()
  expect(chain.state()).toEqual({ state: 'idle' })
  expect(await chain.subnets()).toEqual({ ok: false, error: { code: 'chain/not-connected' } })
  expect(await chain.validators(netuid(1))).toEqual({ ok: false, error: { code: 'chain/not-connected' } })
  await chain.disconnect()
  expect(loads()).toBe(0)
})

test('judges addresses by itself, before any connection', () => {
  const { chain, loads } = held()
  const alice = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
  expect(chain.isAddress(alice)).toBe(true)
  expect(chain.isAddress(ss58(`${alice.slice(0, -1)}Z`))).toBe(false)
  expect(loads()).toBe(0)
})

test('listeners from before the first connection hear of it; questions reach the chain', async () => {
  const { chain, states, loads, release } = held()
  const head = new Promise((resolve) => chain.onHead(resolve))
  release()
  expect(must(await connect(chain)).genesis).toBe(network.genesis)
  await head
  expect(must(await chain.subnets()).subnets.length).toBeGreaterThan(1)
  await chain.disconnect()
  must(await connect(chain))
  await chain.disconnect()
  expect(loads()).toBe(1)
  expect(states[0]).toBe('connecting')
  expect(states).toContain('ready')
  expect(states.at(-1)).toBe('idle')
})

test('who leaves while the code loads is not connected by it', async () => {
  const { chain, states, release } = held()
  const connecting = connect(chain)
  await chain.disconnect()
  release()
  expect(await connecting).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
  expect(chain.state()).toEqual({ state: 'idle' })
  expect(states).toEqual(['connecting', 'idle'])
})

test('who gives up while the code loads is not connected by it', async () => {
  const { chain, release } = held()
  const attempt = new AbortController()
  const connecting = connect(chain, attempt.signal)
  attempt.abort()
  release()
  expect(await connecting).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
  expect(chain.state()).toEqual({ state: 'idle' })
})

test('of two connections that wait for the code, the newer counts', async () => {
  const { chain, release } = held()
  const older = chain.connect({ endpoint: 'ws://127.0.0.1:9' }, never)
  const newer = connect(chain)
  release()
  expect(await older).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
  must(await newer)
  await untilState(chain, ({ state }) => state === 'ready')
  await chain.disconnect()
})

test('code that could not be loaded is tried again with the next connection', async () => {
  let broken = true
  const chain = lazyChain(async () => {
    if (broken) throw new Error('unreadable')
    return newChain()
  })
  await expect(connect(chain)).rejects.toThrow('unreadable')
  expect(chain.state()).toEqual({ state: 'idle' })
  broken = false
  must(await connect(chain))
  await chain.disconnect()
})

test('a host without a connection has not loaded the client library', async () => {
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
    await import('./electron/host/create-host.ts')
    await import('./electron/node-ports.ts')
    const own = loaded.filter((url) => !url.includes('/node_modules/')).length
    process.stdout.write(JSON.stringify({ own, library: loaded.filter((url) => /node_modules.@polkadot/.test(url)) }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  const { own, library } = JSON.parse(stdout) as { own: number; library: string[] }
  expect(own).toBeGreaterThan(20)
  expect(library).toEqual([])
})
