import { parentLink } from '../../system/parent-link.ts'
import { type FromWorker, type ToWorker, toWorker, type WorkerError } from '../messages.ts'
import { PULSE_MS } from '../pulse.ts'
import { runBenchmark } from './benchmark.ts'
import type { Engine } from './engine.ts'
import { inspectFile } from './inspect-file.ts'
import { runEmbedding, runRanking } from './pool.ts'
import { chatPrompt, completionPrompt } from './prompt.ts'
import { DEADLINE, runWriting } from './write.ts'

/**
 * The llm worker: the only process that runs llama.cpp. It holds one model, no secret, no window and no socket; when it
 * crashes, the wallet does not notice.
 */
const link = parentLink()
const send = (message: FromWorker): void => link.send(message)
const running = new Map<number, AbortController>()
/** Steps computed since the start. */
let steps = 0
const step = (): void => {
  steps += 1
}
let engine: Engine | undefined
/** Loading llama.cpp takes most of a second: it begins at once, and a broken file is refused without waiting for it. */
const loading = Promise.all([import('./native.ts'), import('./engine.ts')])
/** The library looks for a graphics card while the file is still being read. What goes wrong is told to who asks. */
loading.then(([{ native }]) => native()).catch(() => undefined)

/** setTimeout takes no longer delay than this; a chat of 24 days is none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

let isLoading = false
async function load(order: Extract<ToWorker, { kind: 'load' }>): Promise<void> {
  isLoading = true
  await loadNow(order).finally(() => {
    isLoading = false
  })
}

async function loadNow({ id, file, reserve }: Extract<ToWorker, { kind: 'load' }>): Promise<void> {
  if (engine) {
    await engine.dispose()
    engine = undefined
  }
  const inspected = await inspectFile(file)
  if (!inspected.ok) return send({ kind: 'failed', id, error: inspected.error })
  const [, { loadEngine }] = await loading
  const loaded = await loadEngine({
    file,
    inspected: inspected.value,
    reserve,
    onProgress: (fraction) => send({ kind: 'progress', id, fraction }),
  })
  if (!loaded.ok) return send({ kind: 'failed', id, error: loaded.error })
  engine = loaded.value
  send({ kind: 'progress', id, fraction: 1 })
  send({ kind: 'loaded', id, model: engine.facts })
}

type Asked = Extract<ToWorker, { kind: 'chat' | 'complete' | 'embed' | 'rank' | 'benchmark' }>
interface Watching {
  readonly signal: AbortSignal
  readonly step: () => void
}

const failed = (id: number, error: WorkerError): FromWorker => ({ kind: 'failed', id, error })
const cannot = (id: number, task: 'write' | 'embed' | 'rank', { facts }: Engine): FromWorker =>
  failed(id, { code: 'model/cannot', task, model: facts.name })

async function write(
  asked: Extract<Asked, { kind: 'chat' | 'complete' }>,
  at: Engine,
  on: Watching,
): Promise<FromWorker> {
  const { id } = asked
  if (at.kind !== 'text') return cannot(id, 'write', at)
  const prompt = asked.kind === 'chat' ? chatPrompt(at, asked.task) : completionPrompt(at, asked.task)
  const emit = (text: string): void => send({ kind: 'token', id, text })
  const result = await runWriting(at, { prompt, options: asked.task }, { ...on, emit })
  return result.ok ? { kind: 'done', id, done: result.value } : failed(id, result.error)
}

/** @returns the message that ends the request. */
async function answerTo(asked: Asked, at: Engine, on: Watching): Promise<FromWorker> {
  const { id } = asked
  switch (asked.kind) {
    case 'chat':
    case 'complete':
      return write(asked, at, on)
    case 'embed': {
      if (at.kind !== 'embed') return cannot(id, 'embed', at)
      const result = await runEmbedding(at, asked.task, on)
      return result.ok ? { kind: 'embedded', id, embedded: result.value } : failed(id, result.error)
    }
    case 'rank': {
      if (at.kind !== 'rank') return cannot(id, 'rank', at)
      const result = await runRanking(at, asked.task, on)
      return result.ok ? { kind: 'ranked', id, ranked: result.value } : failed(id, result.error)
    }
    case 'benchmark': {
      if (at.kind !== 'text') return cannot(id, 'write', at)
      const result = await runBenchmark(at, on)
      return result.ok ? { kind: 'speed', id, speed: result.value } : failed(id, result.error)
    }
  }
}

async function answer(asked: Asked): Promise<void> {
  const { id } = asked
  if (!engine) return send(failed(id, { code: 'mining/not-running' }))
  const controller = new AbortController()
  running.set(id, controller)
  const leftMs = asked.kind === 'benchmark' ? LONGEST_TIMER_MS : asked.task.deadlineMs - Date.now()
  if (leftMs <= 0) controller.abort(DEADLINE)
  const timer = setTimeout(() => controller.abort(DEADLINE), Math.min(LONGEST_TIMER_MS, Math.max(0, leftMs)))
  try {
    send(await answerTo(asked, engine, { signal: controller.signal, step }))
  } finally {
    clearTimeout(timer)
    running.delete(id)
  }
}

async function quit(): Promise<void> {
  for (const controller of running.values()) controller.abort()
  if (engine) {
    await engine.dispose()
    await (await (await loading)[0].native()).library.dispose()
  }
  process.exit(0)
}

async function act(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'load':
      return load(message)
    case 'abort':
      return running.get(message.id)?.abort()
    case 'hardware':
      return send({ kind: 'hardware', id: message.id, hardware: await (await loading)[0].readHardware() })
    case 'quit':
      return quit()
    default:
      return answer(message)
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

setInterval(() => {
  if (running.size > 0 || isLoading) send({ kind: 'alive', steps })
}, PULSE_MS)
link.onParentGone(() => process.exit(0))
link.onMessage(receive)
send({ kind: 'ready' })
