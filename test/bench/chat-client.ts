// A caller of the miner's server, in a process of its own: what it costs itself is nobody's path.
import { connect, type Socket } from 'node:net'
import { signedHeaders } from '../support/axon-harness.ts'

/** What the bench asks for. */
export interface ChatsAsked {
  readonly port: number
  readonly count: number
  readonly maxTokens: number
  /** A connection for each, whose opening counts; otherwise one is kept. */
  readonly fresh: boolean
}

const PATH = '/v1/chat/completions'

function requestBytes(maxTokens: number): Buffer {
  const messages = [{ role: 'user', content: 'Say something of the sea.' }]
  const body = JSON.stringify({ messages, max_tokens: maxTokens, stream: true })
  const headers = Object.entries(signedHeaders({ body, target: PATH })).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `POST ${PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers.join('')}content-length: ${body.length}\r\n\r\n${body}`,
  )
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket)).setNoDelay(true)
    socket.once('error', reject)
  })

/** @returns from sending to the first text, ms */
function ask(socket: Socket, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let heard = ''
    let firstMs: number | undefined
    const take = (piece: Buffer): void => {
      heard += piece.toString('latin1')
      if (firstMs === undefined && heard.includes('data: ')) firstMs = performance.now() - sentAt
      if (!heard.endsWith('0\r\n\r\n')) return
      socket.off('data', take)
      if (heard.startsWith('HTTP/1.1 200') && firstMs !== undefined) resolve(firstMs)
      else reject(new Error(heard.slice(0, 200)))
    }
    socket.on('data', take)
    const sentAt = performance.now()
    socket.write(bytes)
  })
}

async function run({ port, count, maxTokens, fresh }: ChatsAsked): Promise<readonly number[]> {
  const took: number[] = []
  let kept: Socket | undefined
  for (let i = 0; i < count; i++) {
    const bytes = requestBytes(maxTokens)
    kept ??= fresh ? undefined : await open(port)
    const before = performance.now()
    const socket = kept ?? (await open(port))
    const openedMs = performance.now() - before
    took.push(openedMs + (await ask(socket, bytes)))
    if (fresh) socket.destroy()
  }
  kept?.destroy()
  return took
}

process.on('message', (asked: ChatsAsked) => {
  void run(asked).then((took) => process.send?.(took))
})
process.on('disconnect', () => process.exit(0))
