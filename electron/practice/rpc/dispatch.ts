import { PoolError } from '../node/pool-error.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import type { Methods } from './method.ts'
import { Params } from './params.ts'
import { methodNotFound, RpcError } from './rpc-error.ts'
import type { Session } from './session.ts'

/** More requests in one batch are refused as a whole. */
const MAX_BATCH = 256

interface Failure {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function failureOf(error: unknown): Failure {
  if (error instanceof RpcError || error instanceof PoolError) {
    const { code, message, data } = error
    return data === undefined ? { code, message } : { code, message, data }
  }
  return { code: -32603, message: 'Internal error' }
}

/** Turns request texts into answer texts for one node. */
export class Dispatcher {
  readonly #node: PracticeNode
  readonly #methods: ReadonlyMap<string, Methods[string]>
  readonly #onFault: (error: unknown) => void

  constructor(node: PracticeNode, methods: Methods, onFault: (error: unknown) => void) {
    this.#node = node
    const names = [...Object.keys(methods), 'rpc_methods'].sort()
    this.#methods = new Map([...Object.entries(methods), ['rpc_methods', () => ({ methods: names })] as const])
    this.#onFault = onFault
  }

  /** @returns the answer's text; undefined when there is nothing to answer (notifications). */
  async answer(text: string, session: Session): Promise<string | undefined> {
    let request: unknown
    try {
      request = JSON.parse(text)
    } catch {
      return JSON.stringify({ jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' }, id: null })
    }
    if (!Array.isArray(request)) {
      const answer = await this.#one(request, session)
      return answer && JSON.stringify(answer)
    }
    if (request.length === 0 || request.length > MAX_BATCH) {
      const error = { code: -32600, message: 'Invalid Request', data: `a batch has 1 to ${MAX_BATCH} requests` }
      return JSON.stringify({ jsonrpc: '2.0', error, id: null })
    }
    const answers = await Promise.all(request.map((item) => this.#one(item, session)))
    const spoken = answers.filter((answer) => answer !== undefined)
    return spoken.length > 0 ? JSON.stringify(spoken) : undefined
  }

  async #one(request: unknown, session: Session): Promise<object | undefined> {
    if (!isRecord(request) || typeof request['method'] !== 'string') {
      const id = isRecord(request) ? (request['id'] ?? null) : null
      return { jsonrpc: '2.0', error: { code: -32600, message: 'Invalid Request' }, id }
    }
    const { id, method } = request
    try {
      const handler = this.#methods.get(method as string)
      if (!handler) throw methodNotFound()
      const params = new Params(this.#positional(request['params']))
      const result = await handler({ node: this.#node, params, session })
      return id === undefined ? undefined : { jsonrpc: '2.0', id, result: result ?? null }
    } catch (error) {
      if (!(error instanceof RpcError || error instanceof PoolError)) this.#onFault(error)
      return id === undefined ? undefined : { jsonrpc: '2.0', id, error: failureOf(error) }
    }
  }

  #positional(params: unknown): readonly unknown[] {
    if (params === undefined || params === null) return []
    if (!Array.isArray(params)) throw new RpcError(-32602, 'Invalid params', 'expected a list of parameters')
    return params
  }
}
