import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { FAKE_SENDER, fakeExtrinsic, fakeRuntime } from '../node/fake-runtime.ts'
import { hash256, hashHeader } from '../node/header.ts'
import { type Network, startNetwork } from '../start-network.ts'
import { toHex } from '../state/bytes.ts'
import { originAllowed } from './server.ts'

interface Message {
  id?: number | null
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
  params?: { subscription: string; result: unknown }
  method?: string
}

/** A client that knows nothing but JSON over a WebSocket. */
class Client {
  readonly socket: WebSocket
  readonly seen: Message[] = []
  #waiting: (() => void)[] = []
  #id = 0
  constructor(url: string) {
    this.socket = new WebSocket(url)
    this.socket.on('message', (data) => {
      this.seen.push(...[JSON.parse(String(data))].flat())
      for (const wake of this.#waiting.splice(0)) wake()
    })
  }
  async open(): Promise<this> {
    await new Promise((resolve, reject) => this.socket.once('open', resolve).once('error', reject))
    return this
  }
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }
  async ask(method: string, ...params: unknown[]): Promise<Message> {
    this.#id += 1
    const id = this.#id
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    return this.until(() => this.seen.find((message) => message.id === id))
  }
  notifications(id: unknown): unknown[] {
    return this.seen.filter((m) => m.params?.subscription === id).map((m) => m.params?.result)
  }
}

let network: Network
let client: Client
beforeAll(async () => {
  const stop = (error: unknown) => {
    throw error
  }
  network = await startNetwork({ runtime: fakeRuntime(), port: 0, blockMs: 50, onFault: stop, onFailure: stop })
  client = await new Client(network.ws).open()
})
afterAll(async () => {
  client.socket.terminate()
  await network.close()
})

const nextTx = async (set: readonly [string, string]): Promise<string> => {
  const nonce = network.node.pool.nextNonce(FAKE_SENDER)
  return toHex(fakeExtrinsic({ sender: FAKE_SENDER, nonce, set }))
}

describe('JSON-RPC', () => {
  it('follows a transaction from the pool to finality, the id before the first status', async () => {
    const bytes = await nextTx(['0x55', '0x01'])
    const { result: id } = await client.ask('author_submitAndWatchExtrinsic', bytes)
    const answerAt = client.seen.findIndex((m) => m.result === id)
    await client.until(() => client.notifications(id)[0])
    expect(client.seen.findIndex((m) => m.params?.subscription === id)).toBeGreaterThan(answerAt)
    const all = await client.until(() => (client.notifications(id).length === 3 ? client.notifications(id) : undefined))
    const inBlock = (all[1] as { inBlock: string }).inBlock
    expect(all).toEqual(['ready', { inBlock }, { finalized: inBlock }])
    const { result } = await client.ask('chain_getBlock', inBlock)
    expect((result as { block: { extrinsics: string[] } }).block.extrinsics).toContain(bytes)
    expect((await client.ask('author_unwatchExtrinsic', id)).result).toBe(false)
  })

  it('shows headers whose hash is the block hash, each following the one before', async () => {
    const { result: id } = await client.ask('chain_subscribeNewHeads')
    const heads = await client.until(() => {
      const seen = client.notifications(id) as { number: string; parentHash: string }[]
      return seen.length >= 4 ? seen : undefined
    })
    expect((await client.ask('chain_unsubscribeNewHeads', id)).result).toBe(true)
    for (const head of heads.slice(0, 3)) {
      const number = Number(head.number)
      const { result: hash } = await client.ask('chain_getBlockHash', number)
      const { header } = network.node.chain.blockOf(hash as string)!
      expect(hashHeader(header)).toBe(hash)
      expect((await client.ask('chain_getHeader', hash)).result).toMatchObject(head)
    }
    expect(Number(heads[1]!.number)).toBe(Number(heads[0]!.number) + 1)
  })

  it('announces finalized heads two behind the best', async () => {
    await client.until(() => (network.node.chain.best.header.number > 3 ? true : undefined))
    const { result } = await client.ask('chain_getFinalizedHead')
    const number = network.node.chain.numberOf(result as string)!
    expect(network.node.chain.best.header.number - number).toBeLessThanOrEqual(3)
    expect(number).toBeGreaterThan(0)
  })

  it('reads storage now, then, and by subscription', async () => {
    const { result: sub } = await client.ask('state_subscribeStorage', ['0x66'])
    const submitted = await client.ask('author_submitExtrinsic', await nextTx(['0x66', '0xabcd']))
    expect(submitted.result).toMatch(/^0x[0-9a-f]{64}$/)
    const [before, after] = (await client.until(() =>
      client.notifications(sub).length === 2 ? client.notifications(sub) : undefined,
    )) as { block: string; changes: unknown }[]
    expect(before!.changes).toEqual([['0x66', null]])
    expect(after!.changes).toEqual([['0x66', '0xabcd']])
    expect((await client.ask('state_getStorage', '0x66', before!.block)).result).toBeNull()
    expect((await client.ask('state_getStorageAt', '0x66', after!.block)).result).toBe('0xabcd')
    expect((await client.ask('state_getStorageSize', '0x66')).result).toBe(2)
    expect((await client.ask('state_getStorageHash', '0x66')).result).toBe(hash256(Uint8Array.of(0xab, 0xcd)))
    expect((await client.ask('state_queryStorageAt', ['0x66', '0x67'])).result).toMatchObject([
      {
        changes: [
          ['0x66', '0xabcd'],
          ['0x67', null],
        ],
      },
    ])
    const range = (await client.ask('state_queryStorage', ['0x66'], before!.block, after!.block)).result
    expect(range).toEqual([before, after])
    expect((await client.ask('state_getKeysPaged', '0x', 2, '0x01')).result).toEqual(['0x02', '0x55'])
    await client.ask('state_unsubscribeStorage', sub)
  })

  it('answers list, hex and missing block numbers', async () => {
    const { result } = await client.ask('chain_getBlockHash', [0, '0x1', 4_000_000])
    expect(result).toEqual([network.genesis, network.node.chain.hashOf(1), null])
    expect((await client.ask('chain_getBlockHash', 0)).result).toBe(network.genesis)
    expect((await client.ask('chain_getBlockHash')).result).toMatch(/^0x/)
  })

  it.each([
    ['no_such', [], -32601],
    ['state_getStorage', ['zz'], -32602],
    ['state_getStorage', ['0x66', '0x12'], -32602],
    ['chain_getBlockHash', [-1], -32602],
    ['state_getKeysPaged', ['0x', 1001], 4002],
    ['state_getStorage', ['0x66', `0x${'77'.repeat(32)}`], 4003],
    ['state_call', ['No_such', '0x'], 4003],
    ['author_submitExtrinsic', ['0x1234'], 1001],
    ['author_submitExtrinsic', ['0x0800ff'], 1010],
    ['state_subscribeStorage', [], -32602],
    ['system_accountNextIndex', ['5bad'], -32602],
  ] as const)('refuses %s %j with %i', async (method, params, code) => {
    expect((await client.ask(method, ...params)).error?.code).toBe(code)
  })

  it('names the missing export as Substrate does', async () => {
    const { error } = await client.ask('state_call', 'No_such', '0x')
    expect(error?.message).toBe('Client error: Execution failed: Other: Exported method No_such is not found')
  })

  it('answers batches, and what is no request', async () => {
    client.socket.send('[{"jsonrpc":"2.0","id":901,"method":"system_chain"},{"id":902,"method":"nope"},7]')
    await client.until(() => client.seen.find((m) => m.id === 902))
    expect(client.seen.find((m) => m.id === 901)?.result).toBe('Taoforge Practice')
    expect(client.seen.find((m) => m.id === null)?.error?.code).toBe(-32600)
    client.socket.send('{')
    await client.until(() => client.seen.find((m) => m.error?.code === -32700))
  })

  it('serves metadata versions 14 and 15 and the version of the rules', async () => {
    expect((await client.ask('state_getMetadata')).result).toBe('0x6d6574610e')
    expect((await client.ask('state_call', 'Metadata_metadata_versions', '0x')).result).toBe('0x080e0000000f000000')
    expect((await client.ask('state_call', 'Metadata_metadata_at_version', '0x0f000000')).result).toBe(
      '0x01146d6574610f',
    )
    expect((await client.ask('state_call', 'Metadata_metadata_at_version', '0x10000000')).result).toBe('0x00')
    expect((await client.ask('state_getRuntimeVersion')).result).toMatchObject({
      specName: 'node-subtensor',
      specVersion: 1,
    })
  })

  it('lists every method it has', async () => {
    const { methods } = (await client.ask('rpc_methods')).result as { methods: string[] }
    expect(methods).toContain('rpc_methods')
    expect(methods).toContain('subnetInfo_getSelectiveMetagraph')
  })
})

describe('the door', () => {
  it.each([
    [undefined, true],
    ['http://localhost:5173', true],
    ['https://polkadot.js.org', true],
    ['https://polkadot.js.org.evil.example', false],
    ['http://127.0.0.1.evil.example', false],
    ['null', false],
  ])('origin %s allowed: %s', (origin, allowed) => expect(originAllowed(origin)).toBe(allowed))

  it('refuses pages of other sites', async () => {
    const socket = new WebSocket(network.ws, { origin: 'https://evil.example' })
    await expect(new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))).rejects.toThrow(
      '401',
    )
  })

  it('cuts off a message that is too large, and goes on', async () => {
    const other = await new Client(network.ws).open()
    const closed = new Promise<number>((resolve) => other.socket.once('close', resolve))
    other.socket.send('x'.repeat(5 * 1_048_576 + 1))
    expect(await closed).toBe(1009)
    expect((await client.ask('system_chain')).result).toBe('Taoforge Practice')
  })

  it('says so when the port is taken', async () => {
    const port = Number(new URL(network.ws).port)
    const ignore = () => undefined
    const second = startNetwork({ runtime: fakeRuntime(), port, blockMs: 50, onFault: ignore, onFailure: ignore })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
