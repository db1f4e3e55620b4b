import { performance } from 'node:perf_hooks'
import type { ChatHistoryItem, LlamaContextSequence, LlamaText, Token } from 'node-llama-cpp'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ChatDone, ChatTask, LlmSpeed } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import { BATCH_TOKENS } from './batch.ts'
import type { Engine } from './engine.ts'
import { GatheringDecoder } from './gathering-decoder.ts'
import { stopFinder } from './stop-finder.ts'

export interface Prompt {
  readonly tokens: Token[]
  readonly stopTexts: readonly string[]
  readonly stopTokens: ReadonlySet<Token>
}

/** Renders the messages with the model's own chat template. Nothing is added: no system prompt, no example. */
export function promptFor(engine: Engine, task: ChatTask): Prompt {
  const chatHistory = task.messages.map(({ role, content }): ChatHistoryItem => {
    if (role === 'assistant') return { type: 'model', response: [content] }
    return { type: role, text: content }
  })
  const state = engine.wrapper.generateContextState({ chatHistory: [...chatHistory, { type: 'model', response: [] }] })
  const tokens = state.contextText.tokenize(engine.model.tokenizer)
  const triggers = state.stopGenerationTriggers.map((trigger: LlamaText) => ({
    tokens: trigger.tokenize(engine.model.tokenizer),
    text: trigger.values.every((value) => typeof value === 'string') ? trigger.values.join('') : '',
  }))
  return {
    tokens,
    stopTexts: [...(task.stop ?? []), ...triggers.map(({ text }) => text).filter((text) => text !== '')],
    stopTokens: new Set(triggers.flatMap((trigger) => (trigger.tokens.length === 1 ? trigger.tokens : []))),
  }
}

/** Long prompts go in step by step, so that an abort or a deadline does not wait for all of them. */
async function feed(sequence: LlamaContextSequence, tokens: Token[], signal: AbortSignal): Promise<Token[]> {
  let at = 0
  while (tokens.length - at > BATCH_TOKENS && !signal.aborted) {
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + BATCH_TOKENS))
    at += BATCH_TOKENS
  }
  return tokens.slice(at)
}

interface Writing {
  readonly engine: Engine
  readonly task: ChatTask
  readonly prompt: Prompt
  readonly signal: AbortSignal
  readonly emit: (text: string) => void
}
interface Written {
  readonly text: string
  readonly tokens: number
  readonly finish: 'stop' | 'length' | 'interrupted'
  readonly firstTokenAt: number | undefined
}

async function write(sequence: LlamaContextSequence, writing: Writing): Promise<Written> {
  const { engine, task, prompt, signal, emit } = writing
  const interrupted = (): boolean => signal.aborted || Date.now() >= task.deadlineMs
  const most = Math.min(task.maxTokens, engine.facts.contextTokens - prompt.tokens.length)
  const decoder = new GatheringDecoder<Token>(
    (few, before) => engine.model.detokenize(few, false, before),
    () => performance.now(),
  )
  const stops = stopFinder(prompt.stopTexts)
  let text = ''
  let tokens = 0
  let finish: Written['finish'] = 'stop'
  let firstTokenAt: number | undefined
  const pass = (decoded: string): boolean => {
    const passed = stops.push(decoded)
    text += passed.text
    if (passed.text !== '') emit(passed.text)
    return passed.stopped
  }
  await sequence.clearHistory()
  const last = await feed(sequence, prompt.tokens, signal)
  if (interrupted()) return { text, tokens, finish: 'interrupted', firstTokenAt }
  const options = {
    temperature: task.temperature,
    topP: task.topP ?? 0.95,
    ...(task.seed === undefined ? {} : { seed: task.seed }),
  }
  for await (const token of sequence.evaluate(last, options)) {
    if (interrupted()) {
      finish = 'interrupted'
      break
    }
    if (prompt.stopTokens.has(token)) break
    tokens += 1
    firstTokenAt ??= performance.now()
    if (pass(decoder.push(token))) return { text, tokens, finish, firstTokenAt }
    if (tokens >= most) {
      finish = 'length'
      break
    }
  }
  if (pass(decoder.rest())) return { text, tokens, finish: 'stop', firstTokenAt }
  const held = stops.rest()
  if (held !== '') emit(held)
  return { text: text + held, tokens, finish, firstTokenAt }
}

/**
 * Answers one chat. Waits for a free place; the deadline and the signal count from the start.
 *
 * @errors contract/bad-input when the messages leave no room for an answer.
 */
export async function runChat(
  engine: Engine,
  task: ChatTask,
  on: { readonly signal: AbortSignal; readonly emit: (text: string) => void },
): Promise<Result<ChatDone, WorkerError>> {
  const started = performance.now()
  const prompt = promptFor(engine, task)
  const room = engine.facts.contextTokens
  if (prompt.tokens.length >= room) {
    return err({
      code: 'contract/bad-input',
      issues: [`messages: ${prompt.tokens.length} tokens leave no room in a context of ${room}`],
    })
  }
  const sequence = await engine.places.take(on.signal)
  const nothing: Written = { text: '', tokens: 0, finish: 'interrupted', firstTokenAt: undefined }
  let written = nothing
  if (sequence) {
    try {
      written = await write(sequence, { engine, task, prompt, ...on })
    } finally {
      engine.places.give(sequence)
    }
  }
  const totalMs = performance.now() - started
  const late = Date.now() >= task.deadlineMs
  return ok({
    text: written.text,
    promptTokens: prompt.tokens.length,
    completionTokens: written.tokens,
    finish: written.finish === 'interrupted' ? (late ? 'deadline' : 'aborted') : written.finish,
    firstTokenMs: written.firstTokenAt === undefined ? totalMs : written.firstTokenAt - started,
    totalMs,
  })
}

/** Enough for a stable figure, and short: under two seconds at five tokens a second or more. */
const BENCHMARK_PROMPT_TOKENS = 128
const BENCHMARK_TOKENS = 64
const BENCHMARK_LIMIT_MS = 10_000

/** Speed of the loaded model on a fixed workload. */
export async function runBenchmark(engine: Engine, signal: AbortSignal): Promise<Result<LlmSpeed, WorkerError>> {
  const sequence = await engine.places.take(signal)
  if (!sequence) return err({ code: 'contract/cancelled' })
  try {
    await sequence.clearHistory()
    const word = engine.model.tokenize('the')
    const room = Math.floor(engine.facts.contextTokens / 2)
    const prompt = Array.from({ length: BENCHMARK_PROMPT_TOKENS }, () => word)
      .flat()
      .slice(0, Math.min(BENCHMARK_PROMPT_TOKENS, room))
    const before = performance.now()
    let first = before
    let tokens = 0
    for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      tokens += 1
      if (tokens === 1) first = performance.now()
      if (signal.aborted) return err({ code: 'contract/cancelled' })
      const enough = tokens > Math.min(BENCHMARK_TOKENS, room - 1) || performance.now() - before > BENCHMARK_LIMIT_MS
      if (enough) break
    }
    const perSecond = (count: number, ms: number): number => (ms > 0 ? (count * 1000) / ms : 0)
    return ok({
      tokensPerSecond: perSecond(tokens - 1, performance.now() - first),
      promptTokensPerSecond: perSecond(prompt.length, first - before),
    })
  } finally {
    engine.places.give(sequence)
  }
}
