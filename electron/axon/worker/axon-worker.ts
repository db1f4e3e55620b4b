import type { Server } from 'node:http'
import type { AdapterRegistry } from '../../mining/subnet-adapter.port.ts'
import { remoteAdapter } from '../../mining/third-party/remote-adapter.ts'
import type { FromWorker, ToWorker } from '../messages.ts'
import { OpenAnswers } from './answer-task.ts'
import { Gate } from './gate.ts'
import type { Handling } from './handle-request.ts'
import { KnownCallers } from './known-callers.ts'
import { protocolOf } from './protocols/protocol-of.ts'
import { BoundedQueue } from './queue.ts'
import { RemoteSigner } from './remote-signer.ts'
import { axonServer, listen } from './server.ts'
import { RemoteTasks } from './tasks.ts'
import { Telemetry } from './telemetry.ts'

/** Between two reports: live charts move ten times a second. */
const REPORT_MS = 100
/** How long answers that were cut may take to go out, ms. */
const FAREWELL_MS = 1_000

/** The request server behind its pipe: one `start`, then callers, tokens and ends of tasks. */
export class AxonWorker {
  readonly #adapters: AdapterRegistry
  readonly #send: (message: FromWorker) => void
  readonly #callers = new KnownCallers()
  readonly #tasks: RemoteTasks
  readonly #signer: RemoteSigner
  readonly #open = new OpenAnswers()
  #server: Server | undefined
  #drainMs = 0
  #telemetry: Telemetry | undefined

  constructor(adapters: AdapterRegistry, send: (message: FromWorker) => void) {
    this.#adapters = adapters
    this.#send = send
    this.#tasks = new RemoteTasks(send)
    this.#signer = new RemoteSigner(send)
  }

  async receive(message: Exclude<ToWorker, { kind: 'stop' }>): Promise<void> {
    if (message.kind === 'start') return this.#start(message)
    if (message.kind === 'callers') return this.#callers.replace(message.callers)
    if (message.kind === 'lists') return this.#callers.list(message.lists)
    if (message.kind === 'signed') return this.#signer.receive(message)
    this.#tasks.receive(message)
  }

  async #start({ config, patience, ...before }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
    const adapter = config.remote ? remoteAdapter(config.adapter, config.remote) : this.#adapters.byId(config.adapter)
    if (!adapter) {
      const issues = [`no such adapter: ${config.adapter}`]
      return this.#send({ kind: 'refused', error: { code: 'contract/bad-input', issues } })
    }
    const { limits } = config
    const queue = new BoundedQueue(limits.concurrency, limits.queue)
    const telemetry = new Telemetry(this.#send, () => queue.state)
    const protocol = protocolOf(adapter.transport, {
      hotkey: config.hotkey,
      aliveBeforeMs: before.aliveBeforeMs,
      paths: adapter.routes.map((route) => route.path),
      version: adapter.serve.version,
    })
    const gate = new Gate(config, {
      protocol,
      callers: this.#callers,
      marks: before.marks,
      nowMs: Date.now(),
    })
    const handling: Handling = {
      adapter,
      protocol,
      gate,
      limits,
      queue,
      tasks: this.#tasks,
      open: this.#open,
      bodyMs: patience.bodyMs,
      sign: before.signs ? (text) => this.#signer.sign(text) : () => Promise.resolve(undefined),
    }
    const server = axonServer(handling, telemetry, patience)
    const port = await listen(server, config)
    if (!port.ok) return this.#send({ kind: 'refused', error: port.error })
    this.#server = server
    this.#drainMs = patience.drainMs
    this.#telemetry = telemetry
    setInterval(() => telemetry.flush(), REPORT_MS).unref()
    this.#send({ kind: 'listening', port: port.value, replayKeepMs: protocol.replayKeepMs })
  }

  /** Takes nothing new, lets running answers end for a while, cuts them, closes the port, reports a last time. */
  async stop(): Promise<void> {
    this.#open.stop()
    const server = this.#server
    if (server) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const cut = setTimeout(() => this.#open.cut(), this.#drainMs)
      const close = setTimeout(() => server.closeAllConnections(), this.#drainMs + FAREWELL_MS)
      await closed
      clearTimeout(cut)
      clearTimeout(close)
    }
    this.#telemetry?.flush()
    this.#send({ kind: 'stopped' })
  }
}
