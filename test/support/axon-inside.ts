import type { AnswerSigner, AxonLimits, AxonPort, Caller, TaskHandler } from '../../electron/axon/axon.port.ts'
import { AxonProcess } from '../../electron/axon/axon-process.ts'
import { type FromWorker, PATIENCE, type Patience, type ToWorker } from '../../electron/axon/messages.ts'
import { Outbox } from '../../electron/axon/outbox.ts'
import { AxonWorker } from '../../electron/axon/worker/axon-worker.ts'
import { fiberChat } from '../../electron/mining/fiber-chat/fiber-chat.ts'
import { practiceChat } from '../../electron/mining/practice-chat/practice-chat.ts'
import type { AdapterRegistry, AdapterRoute, SubnetAdapter } from '../../electron/mining/subnet-adapter.port.ts'
import type { SpawnPort } from '../../electron/system/spawn.port.ts'
import { err, ok } from '../../shared/result.ts'
import { callerOf, instantHandler, MINER, realClock, TEST_LIMITS, VALIDATOR } from './axon-harness.ts'

/** Chat as a subnet of SDK 7 to 10 has it: `prompt` goes in, `completion` comes back. */
const synapse = (name: string, stream: boolean, hashFields?: readonly string[]): AdapterRoute<'chat'> => ({
  method: 'POST',
  path: `/${name}`,
  requestSchema: {},
  ...(hashFields ? { hashFields } : {}),
  toTask: (body) => {
    const prompt = (body as { prompt?: unknown } | null)?.prompt
    if (typeof prompt !== 'string') return err('prompt: no text')
    return ok({
      kind: 'chat',
      stream,
      task: { messages: [{ role: 'user', content: prompt }], maxTokens: 8, temperature: 0 },
    })
  },
  answer: () => ({
    contentType: stream ? 'text/event-stream' : 'application/json',
    token: (text) => (stream ? text : ''),
    end: (done) => (stream ? '' : JSON.stringify({ completion: done.text })),
    fail: () => '',
  }),
})

const ADAPTERS: readonly SubnetAdapter[] = [
  practiceChat,
  { ...practiceChat, id: 'epistula', transport: 'epistula-2' },
  { ...fiberChat, id: 'fiber' },
  {
    ...practiceChat,
    id: 'axon',
    transport: 'axon-v10',
    routes: [
      synapse('Chat', false),
      synapse('HashedChat', false, ['prompt', 'turns', 'plain']),
      synapse('StreamChat', true),
    ],
  },
]

const registry: AdapterRegistry = {
  byId: (id) => ADAPTERS.find((adapter) => adapter.id === id),
  choicesFor: () => [],
  forSubnet: (netuid) => err({ code: 'mining/no-adapter', netuid }),
}

/** Workers inside this process, with real sockets. What they send is cloned, as over a pipe. */
const insideSpawn: SpawnPort = {
  start: () => {
    let gone = false
    const exits = new Set<(code: number | null) => void>()
    const listeners = new Set<(message: unknown) => void>()
    const exit = (code: number | null) => {
      if (gone) return
      gone = true
      for (const listener of exits) listener(code)
    }
    const outbox = new Outbox<FromWorker>((messages) => {
      const copy: unknown = structuredClone(messages)
      for (const listener of listeners) listener(copy)
    }, setImmediate)
    const worker = new AxonWorker(registry, (message) => outbox.put(message))
    const stop = async () => {
      await worker.stop()
      outbox.flush()
      exit(0)
    }
    return {
      pid: undefined,
      send: (messages) => {
        for (const told of structuredClone(messages) as readonly ToWorker[]) {
          if (told.kind === 'stop') void stop()
          else void worker.receive(told)
        }
      },
      onMessage: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      onExit: (listener) => {
        exits.add(listener)
        return () => void exits.delete(listener)
      },
      kill: () => exit(null),
    }
  },
}

export interface InsideAxon {
  readonly axon: AxonPort
  readonly url: string
  readonly port: number
}

export interface InsideOptions {
  readonly adapter: 'practice-chat' | 'epistula' | 'axon' | 'fiber'
  readonly callers?: readonly Caller[]
  readonly handler?: TaskHandler
  readonly limits?: Partial<AxonLimits>
  readonly minStake?: bigint
  readonly patience?: Partial<Patience>
  readonly startedAtMs?: number
  readonly signer?: AnswerSigner
  readonly host?: string
}

/** The request server inside this process, with adapters of every protocol. */
export async function startInside(options: InsideOptions): Promise<InsideAxon> {
  const log = { log: () => undefined }
  const patience = { ...PATIENCE, drainMs: 100, ...options.patience }
  const startedAtMs = options.startedAtMs ?? 0
  const axon = new AxonProcess({ spawn: insideSpawn, clock: realClock, log, startedAtMs, patience })
  axon.onTask(options.handler ?? instantHandler)
  axon.setCallers(options.callers ?? [callerOf(VALIDATOR)])
  if (options.signer) axon.onSign(options.signer)
  const started = await axon.start({
    host: options.host ?? '127.0.0.1',
    port: 0,
    hotkey: MINER.address,
    adapter: options.adapter,
    policy: { requirePermit: true, minStake: options.minStake ?? 0n },
    limits: { ...TEST_LIMITS, ...options.limits },
  })
  if (!started.ok) throw new Error(started.error.code)
  return { axon, ...started.value }
}
