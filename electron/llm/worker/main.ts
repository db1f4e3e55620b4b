import { parentLink } from '../../system/parent-link.ts'
import type { ChatTask } from '../llm.port.ts'
import { type FromWorker, type ToWorker, toWorker } from '../messages.ts'
import { runBenchmark, runChat } from './chat.ts'
import type { Engine } from './engine.ts'
import { inspectFile } from './inspect-file.ts'

/**
 * The llm worker: the only process that runs llama.cpp. It holds one model, no secret, no window and no socket; when it
 * crashes, the wallet does not notice.
 */
const link = parentLink()
const send = (message: FromWorker): void => link.send(message)
const running = new Map<number, AbortController>()
let engine: Engine | undefined
/** Loading llama.cpp takes most of a second: it begins at once, and a broken file is refused without waiting for it. */
const loading = Promise.all([import('./native.ts'), import('./engine.ts')])

/** setTimeout takes no longer delay than this; a chat of 24 days is none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

async function load(id: number, file: string): Promise<void> {
  if (engine) {
    await engine.dispose()
    engine = undefined
  }
  const inspected = await inspectFile(file)
  if (!inspected.ok) return send({ kind: 'failed', id, error: inspected.error })
  const [, { loadEngine }] = await loading
  const loaded = await loadEngine(file, inspected.value, (fraction) => send({ kind: 'progress', id, fraction }))
  if (!loaded.ok) return send({ kind: 'failed', id, error: loaded.error })
  engine = loaded.value
  send({ kind: 'progress', id, fraction: 1 })
  send({ kind: 'loaded', id, model: engine.facts })
}

async function chat(id: number, task: ChatTask, signal: AbortSignal): Promise<void> {
  if (!engine) return send({ kind: 'failed', id, error: { code: 'mining/not-running' } })
  const result = await runChat(engine, task, { signal, emit: (text) => send({ kind: 'token', id, text }) })
  send(result.ok ? { kind: 'done', id, done: result.value } : { kind: 'failed', id, error: result.error })
}

async function chatWithDeadline(id: number, task: ChatTask): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  const left = Math.min(LONGEST_TIMER_MS, Math.max(0, task.deadlineMs - Date.now()))
  const timer = setTimeout(() => controller.abort(), left)
  try {
    await chat(id, task, controller.signal)
  } finally {
    clearTimeout(timer)
    running.delete(id)
  }
}

async function benchmark(id: number): Promise<void> {
  if (!engine) return send({ kind: 'failed', id, error: { code: 'mining/not-running' } })
  const controller = new AbortController()
  running.set(id, controller)
  const result = await runBenchmark(engine, controller.signal).finally(() => running.delete(id))
  send(result.ok ? { kind: 'speed', id, speed: result.value } : { kind: 'failed', id, error: result.error })
}

async function quit(): Promise<void> {
  for (const controller of running.values()) controller.abort()
  if (engine) {
    await engine.dispose()
    await (await (await loading)[0].llama()).dispose()
  }
  process.exit(0)
}

async function act(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'load':
      return load(message.id, message.file)
    case 'chat':
      return chatWithDeadline(message.id, message.task)
    case 'abort':
      return running.get(message.id)?.abort()
    case 'benchmark':
      return benchmark(message.id)
    case 'hardware':
      return send({ kind: 'hardware', id: message.id, hardware: await (await loading)[0].readHardware() })
    case 'quit':
      return quit()
  }
}

/** What llama.cpp threw, without paths of other lines. */
const reasonOf = (problem: unknown): string =>
  (problem instanceof Error ? problem.message : String(problem)).split('\n', 1)[0] ?? 'unknown'

function receive(raw: unknown): void {
  const parsed = toWorker.safeParse(raw)
  const id = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'number' ? raw.id : undefined
  const fail = (error: Extract<FromWorker, { kind: 'failed' }>['error']): void => {
    if (id !== undefined) send({ kind: 'failed', id, error })
  }
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.slice(1).join('.')}: ${issue.message}`)
    fail({ code: 'contract/bad-input', issues })
    return
  }
  act(parsed.data).catch((problem: unknown) =>
    fail({ code: 'mining/worker-died', worker: 'llm', reason: reasonOf(problem) }),
  )
}

link.onParentGone(() => process.exit(0))
link.onMessage(receive)
send({ kind: 'ready' })
