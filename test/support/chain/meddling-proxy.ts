import { Between, listOf, type Pair, type Passing } from './between.ts'

interface Frame {
  readonly id?: number
  readonly method?: string
  readonly params?: readonly unknown[]
  result?: unknown
}
/** Changes an answer on its way back; `undefined` swallows it. */
export type Meddle = (request: Frame, answer: Frame) => Frame | string | undefined

/** A WebSocket between client and node that can lie, swallow answers and cut the line. */
export class MeddlingProxy {
  /** Methods asked, in order: each is one request. */
  readonly methods: string[] = []
  /** Text frames that the client sent: each is one round trip, however many requests it carries. */
  frames = 0
  /** Runtime functions called by `state_call`. */
  readonly calls: string[] = []
  /** Text that passed, both ways. */
  bytes = 0
  meddle: Meddle = (_request, answer) => answer
  #between: Between | undefined

  static async before(target: string): Promise<MeddlingProxy> {
    const proxy = new MeddlingProxy()
    proxy.#between = await Between.before(target, (pair) => proxy.#passing(pair))
    return proxy
  }

  get ws(): string {
    return this.#between?.ws ?? ''
  }
  /** Sends a frame that nobody asked for. */
  shout(text: string): void {
    this.#between?.say(text)
  }
  cut(): void {
    this.#between?.cut()
  }
  async stop(): Promise<void> {
    await this.#between?.stop()
  }

  #passing({ toNode, toClient }: Pair): Passing {
    const asked = new Map<number, Frame>()
    return {
      fromClient: (text) => {
        this.bytes += text.length
        this.frames += 1
        for (const frame of listOf<Frame>(JSON.parse(text))) {
          this.methods.push(String(frame.method))
          if (frame.method === 'state_call') this.calls.push(String(frame.params?.[0]))
          if (frame.id !== undefined) asked.set(frame.id, frame)
        }
        toNode(text)
      },
      fromNode: (text) => {
        this.bytes += text.length
        const parsed: Frame | readonly Frame[] = JSON.parse(text)
        const out = listOf(parsed).flatMap((answer) => {
          const request = answer.id === undefined ? undefined : asked.get(answer.id)
          const changed = request ? this.meddle(request, answer) : answer
          return changed === undefined ? [] : [typeof changed === 'string' ? changed : JSON.stringify(changed)]
        })
        if (out.length > 0) toClient(Array.isArray(parsed) ? `[${out.join(',')}]` : (out[0] ?? ''))
      },
    }
  }
}
