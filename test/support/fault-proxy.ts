import { Between, listOf, type Pair, type Passing } from './chain/between.ts'

interface Call {
  readonly id?: number
  readonly method: string
  readonly params: readonly unknown[]
}
interface Answer {
  readonly jsonrpc: '2.0'
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

/** What a bad node does with an answer. Absent: it is honest. */
export interface Faults {
  /** Other results, by method. The function gets what the honest node said. */
  readonly answers?: Readonly<Record<string, (honest: unknown, call: Call) => unknown>>
  /** Other answers of runtime functions (`Api_method`), hex. */
  readonly calls?: Readonly<Record<string, (honest: string) => unknown>>
  /** Errors, by method, or by runtime function. */
  readonly errors?: Readonly<Record<string, { readonly code: number; readonly message: string }>>
  /** What it answers by itself, by method: such a call does not reach the honest node. */
  readonly keeps?: Readonly<Record<string, Pick<Answer, 'result' | 'error'>>>
  /** Methods that this node does not have: they do not reach the honest one. */
  readonly lacks?: readonly string[]
  /** Methods that are never answered. */
  readonly swallow?: readonly string[]
  /** Other notifications, by their method; `undefined` swallows one. */
  readonly items?: Readonly<Record<string, (honest: unknown) => unknown>>
  /** Nothing passes any more in either direction; the socket stays open. */
  readonly stalled?: boolean
  /** Frames with several calls are refused, as some gateways do. */
  readonly noBatches?: boolean
  /** Sends nothing but one message of so many bytes. */
  readonly giantBytes?: number
}

/** A node that goes wrong in a chosen way: a WebSocket between client and practice network. */
export class FaultProxy {
  /** Calls that reached the proxy, in order. */
  readonly calls: Call[] = []
  /** Text frames that the client sent. */
  frames = 0
  faults: Faults = {}
  #between: Between | undefined

  static async before(target: string, faults: Faults = {}): Promise<FaultProxy> {
    const proxy = new FaultProxy()
    proxy.faults = faults
    proxy.#between = await Between.before(target, (pair) => proxy.#passing(pair))
    return proxy
  }

  get ws(): string {
    return this.#between?.ws ?? ''
  }
  get methods(): readonly string[] {
    return this.calls.map(({ method }) => method)
  }
  get connections(): number {
    return this.#between?.connections ?? 0
  }
  cut(): void {
    this.#between?.cut()
  }
  /** To everybody who listens. */
  say(text: string): void {
    this.#between?.say(text)
  }
  async stop(): Promise<void> {
    await this.#between?.stop()
  }

  #passing(pair: Pair): Passing {
    const asked = new Map<number, Call>()
    return {
      fromClient: (text) => this.#fromClient(text, pair, asked),
      fromNode: (text) => this.#fromNode(text, pair, asked),
    }
  }

  #fromClient(text: string, { toClient, toNode }: Pair, asked: Map<number, Call>): void {
    const parsed: Call | readonly Call[] = JSON.parse(text)
    this.frames += 1
    this.calls.push(...listOf(parsed))
    const { giantBytes, stalled, noBatches, lacks = [], keeps = {} } = this.faults
    if (stalled) return
    if (giantBytes !== undefined)
      return toClient(`{"jsonrpc":"2.0","id":1,"result":"0x${'00'.repeat(giantBytes / 2)}"}`)
    if (noBatches && Array.isArray(parsed)) {
      const error = { code: -32_005, message: 'Batched requests are not supported by this server' }
      return toClient(JSON.stringify({ jsonrpc: '2.0', id: null, error }))
    }
    const isKept = ({ method }: Call) => lacks.includes(method) || method in keeps
    const [refused, known] = [true, false].map((is) => listOf(parsed).filter((it) => isKept(it) === is))
    const error = { code: -32_601, message: 'Method not found' }
    for (const { id, method } of refused ?? [])
      toClient(JSON.stringify({ jsonrpc: '2.0', id, ...(keeps[method] ?? { error }) }))
    for (const call of known ?? []) if (call.id !== undefined) asked.set(call.id, call)
    if (refused?.length === 0) toNode(text)
    else if (known?.length) toNode(JSON.stringify(known))
  }

  #fromNode(text: string, { toClient }: Pair, asked: Map<number, Call>): void {
    if (this.faults.stalled) return
    const parsed: unknown = JSON.parse(text)
    const out = listOf(parsed as Answer | readonly Answer[]).flatMap((frame) => this.#bent(frame, asked))
    if (out.length > 0) toClient(JSON.stringify(Array.isArray(parsed) ? out : out[0]))
  }

  #bent(frame: Answer, asked: Map<number, Call>): readonly object[] {
    if (frame.id === undefined) return this.#bentItem(frame as unknown as Item)
    const call = asked.get(frame.id)
    if (!call) return [frame]
    const { answers = {}, calls = {}, errors = {}, swallow = [] } = this.faults
    const name = call.method === 'state_call' ? String(call.params[0]) : call.method
    if (swallow.includes(name) || swallow.includes(call.method)) return []
    const error = errors[name] ?? errors[call.method]
    if (error) return [{ jsonrpc: '2.0', id: frame.id, error }]
    const lie = calls[name]
    if (lie && typeof frame.result === 'string') return [{ ...frame, result: lie(frame.result) }]
    const other = answers[call.method]
    return [other ? { ...frame, result: other(frame.result, call) } : frame]
  }

  #bentItem(frame: Item): readonly object[] {
    const lie = this.faults.items?.[frame.method]
    if (!lie) return [frame]
    const result = lie(frame.params.result)
    return result === undefined ? [] : [{ ...frame, params: { ...frame.params, result } }]
  }
}

interface Item {
  readonly method: string
  readonly params: { readonly subscription: unknown; readonly result: unknown }
}
