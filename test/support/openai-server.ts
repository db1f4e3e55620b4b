import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A small server with OpenAI's interface, in a process of its own: places, a queue, a pace, counts, keys and refusals as the real ones
 * have them; the words are canned. Its last argument is JSON; the first line it prints is its port. `GET /told` says what it had to do.
 */
export interface ServerWish {
  readonly port?: number
  readonly model: string
  readonly places: number
  /** Between two tokens, ms. */
  readonly paceMs: number
  readonly key?: string
  /** Answers to each request with this status. */
  readonly refuses?: number
}
export interface Told {
  readonly running: number
  readonly waiting: number
  readonly answered: number
  /** Callers that left before the end. */
  readonly left: number
  readonly mostAtOnce: number
  readonly bodies: readonly Readonly<Record<string, unknown>>[]
}

const wish = JSON.parse(process.argv[2] ?? '{}') as ServerWish
const told = { running: 0, waiting: 0, answered: 0, left: 0, mostAtOnce: 0, bodies: [] as Record<string, unknown>[] }
const queue: (() => void)[] = []

async function place(): Promise<void> {
  if (told.running >= wish.places) {
    told.waiting += 1
    await new Promise<void>((resolve) => queue.push(resolve))
    told.waiting -= 1
  }
  told.running += 1
  told.mostAtOnce = Math.max(told.mostAtOnce, told.running)
}
function free(): void {
  told.running -= 1
  queue.shift()?.()
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) text += piece
  return JSON.parse(text) as Record<string, unknown>
}
const json = (response: ServerResponse, status: number, value: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
const later = () => new Promise((resolve) => setTimeout(resolve, wish.paceMs))

/** `one two …`, or JSON where that is asked for. */
function wordsFor(body: Record<string, unknown>): readonly string[] {
  if (body['response_format']) return ['{"ans', 'wer":', '"yes"', '}']
  const count = Number(body['max_tokens'])
  return Array.from({ length: count }, (_, at) => `${at === 0 ? '' : ' '}${wish.model}-${at}`)
}

async function write(body: Record<string, unknown>, response: ServerResponse, isChat: boolean): Promise<void> {
  await place()
  try {
    const event = (value: unknown) => response.write(`data: ${JSON.stringify(value)}\n\n`)
    const choice = (text: string, finish: string | null) => ({
      choices: [{ index: 0, ...(isChat ? { delta: { content: text } } : { text }), finish_reason: finish }],
    })
    const words = wordsFor(body)
    for (const word of words) {
      await later()
      if (response.destroyed) {
        told.left += 1
        return
      }
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
      event(choice(word, null))
    }
    event(choice('', body['response_format'] ? 'stop' : 'length'))
    event({ choices: [], usage: { prompt_tokens: 7, completion_tokens: words.length, total_tokens: 7 + words.length } })
    response.end('data: [DONE]\n\n')
    told.answered += 1
  } finally {
    free()
  }
}

const usage = { prompt_tokens: 5, total_tokens: 5 }
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? ''
  if (path === '/told') return void json(response, 200, told)
  if (wish.refuses !== undefined) return void json(response, wish.refuses, { error: { message: 'not today' } })
  if (wish.key !== undefined && request.headers.authorization !== `Bearer ${wish.key}`)
    return void json(response, 401, { error: { message: 'Invalid API key' } })
  if (path === '/v1/models') return void json(response, 200, { object: 'list', data: [{ id: wish.model }] })
  const body = await bodyOf(request)
  told.bodies.push(body)
  if (body['model'] !== wish.model) return void json(response, 404, { error: { message: 'no such model' } })
  if (path === '/v1/chat/completions') return write(body, response, true)
  if (path === '/v1/completions') return write(body, response, false)
  if (path === '/v1/embeddings') {
    // Out of order, as the interface allows.
    const data = (body['input'] as string[]).map((text, index) => ({ index, embedding: [3, 4, text.length] })).reverse()
    return void json(response, 200, { data, usage })
  }
  if (path !== '/v1/rerank') return void json(response, 404, { detail: 'Not Found' })
  const results = (body['documents'] as string[]).map((_text, index) => ({ index, relevance_score: index / 10 }))
  json(response, 200, { results: results.reverse(), usage })
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy())
})
server.listen(wish.port ?? 0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
// Whoever started it is gone.
process.stdin.on('end', () => process.exit(0)).resume()
