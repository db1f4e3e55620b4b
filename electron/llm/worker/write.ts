import { performance } from 'node:perf_hooks'
import { LlamaGrammarEvaluationState, type SequenceEvaluateOptions, type Token } from 'node-llama-cpp'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ChatDone, WritingOptions } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import type { TextEngine } from './engine.ts'
import { feed } from './feed.ts'
import { GatheringDecoder } from './gathering-decoder.ts'
import { grammarFor } from './grammar.ts'
import { giveHeadStart } from './head-start.ts'
import type { Place } from './places.ts'
import type { Prompt } from './prompt.ts'
import { inTurn } from './round.ts'
import { stopFinder } from './stop-finder.ts'

export interface Watching {
  readonly signal: AbortSignal
  readonly emit: (text: string) => void
  /** Called at each step of the computation: a sign of life. */
  readonly step: () => void
}

interface Writing {
  readonly engine: TextEngine
  readonly options: WritingOptions
  readonly prompt: Prompt
  readonly evaluating: SequenceEvaluateOptions
  readonly on: Watching
}
interface Written {
  readonly text: string
  readonly tokens: number
  readonly reusedTokens: number
  readonly finish: 'stop' | 'length' | 'interrupted'
  readonly firstTokenAt: number | undefined
}

/** Why a signal was aborted: its timer. That may fire a moment before the clock shows the deadline. */
export const DEADLINE = 'deadline'

const NOTHING: Written = { text: '', tokens: 0, reusedTokens: 0, finish: 'interrupted', firstTokenAt: undefined }

/** Turns tokens into the text that may be shown, and passes it on as it comes. */
class Text {
  readonly #decoder: GatheringDecoder<Token>
  readonly #stops: ReturnType<typeof stopFinder>
  readonly #emit: (text: string) => void
  whole = ''

  constructor({ engine, prompt, on }: Writing) {
    this.#decoder = new GatheringDecoder<Token>(
      (few, before) => engine.model.detokenize(few, false, before),
      () => performance.now(),
    )
    this.#stops = stopFinder(prompt.stopTexts)
    this.#emit = on.emit
  }

  /** @returns whether a stop text was met: nothing may follow. */
  push(token: Token): boolean {
    const decoded = this.#decoder.push(token)
    if (decoded === '') return false
    const { text, stopped } = this.#stops.push(decoded)
    this.whole += text
    // The last piece goes out with the whole text: one message less.
    if (text !== '' && !stopped) this.#emit(text)
    return stopped
  }

  /** @returns whether a stop text was met in what was still held back. */
  end(): boolean {
    const { text, stopped } = this.#stops.push(this.#decoder.rest())
    this.whole += stopped ? text : text + this.#stops.rest()
    return stopped
  }
}

async function write(place: Place, writing: Writing): Promise<Written> {
  const { engine, options, prompt, on } = writing
  const interrupted = (): boolean => on.signal.aborted || Date.now() >= options.deadlineMs
  const most = Math.min(options.maxTokens, engine.facts.contextTokens - prompt.tokens.length)
  const { rest, reusedTokens } = await feed(prompt, { place, pause: engine.pause, ...on })
  if (interrupted()) return { ...NOTHING, reusedTokens }
  const text = new Text(writing)
  let tokens = 0
  let finish: Written['finish'] = 'stop'
  let firstTokenAt: number | undefined
  let isOut = false
  for await (const token of inTurn(place.sequence.evaluate(rest, writing.evaluating), engine)) {
    on.step()
    if (interrupted()) {
      finish = 'interrupted'
      break
    }
    if (prompt.stopTokens.has(token)) break
    tokens += 1
    firstTokenAt ??= performance.now()
    if (text.push(token)) return { text: text.whole, tokens, reusedTokens, finish: 'stop', firstTokenAt }
    if (tokens >= most) {
      finish = 'length'
      break
    }
    if (!isOut && text.whole !== '') {
      isOut = true
      giveHeadStart(engine)
    }
  }
  if (text.end()) finish = 'stop'
  return { text: text.whole, tokens, reusedTokens, finish, firstTokenAt }
}

async function evaluatingFor(
  engine: TextEngine,
  { temperature, topP, seed, jsonSchema }: WritingOptions,
): Promise<Result<SequenceEvaluateOptions, WorkerError>> {
  const drawing = { temperature, topP: topP ?? 0.95, ...(seed === undefined ? {} : { seed }) }
  if (jsonSchema === undefined) return ok(drawing)
  const grammar = await grammarFor(engine, jsonSchema)
  if (!grammar.ok) return grammar
  const { model } = engine
  return ok({ ...drawing, grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar: grammar.value }) })
}

/**
 * Produces one text. Waits for a free place; the deadline and the signal count from the start.
 *
 * @errors contract/bad-input when the prompt leaves no room for an answer, or the schema makes no grammar.
 */
export async function runWriting(
  engine: TextEngine,
  { prompt, options }: { readonly prompt: Prompt; readonly options: WritingOptions },
  on: Watching,
): Promise<Result<ChatDone, WorkerError>> {
  const started = performance.now()
  const room = engine.facts.contextTokens
  if (prompt.tokens.length >= room) {
    const issue = `messages: ${prompt.tokens.length} tokens leave no room in a context of ${room}`
    return err({ code: 'contract/bad-input', issues: [issue] })
  }
  const evaluating = await evaluatingFor(engine, options)
  if (!evaluating.ok) return evaluating
  const place = await engine.places.take(on.signal, prompt.tokens.slice(0, prompt.headLength))
  let written = NOTHING
  if (place) {
    try {
      written = await write(place, { engine, options, prompt, evaluating: evaluating.value, on })
    } finally {
      engine.places.give(place)
    }
  }
  const totalMs = performance.now() - started
  const late = on.signal.reason === DEADLINE || Date.now() >= options.deadlineMs
  return ok({
    text: written.text,
    promptTokens: prompt.tokens.length,
    ...(written.reusedTokens > 0 ? { reusedTokens: written.reusedTokens } : {}),
    completionTokens: written.tokens,
    finish: written.finish === 'interrupted' ? (late ? 'deadline' : 'aborted') : written.finish,
    firstTokenMs: written.firstTokenAt === undefined ? totalMs : written.firstTokenAt - started,
    totalMs,
  })
}
