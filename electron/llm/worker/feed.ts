import type { Token } from 'node-llama-cpp'
import { BATCH_TOKENS } from '../../../shared/inference/model-memory.ts'
import type { Pause } from './pause.ts'
import type { Place } from './places.ts'
import { type Prompt, startsWith } from './prompt.ts'

interface Feeding {
  readonly place: Place
  readonly pause: Pause
  readonly signal: AbortSignal
  readonly step: () => void
}

export interface Fed {
  /** What is still to be evaluated, at least one token. */
  readonly rest: Token[]
  readonly reusedTokens: number
}

/** Long texts go in step by step, so that an abort or a deadline does not wait for all of them. @returns what is left */
async function evaluate(tokens: Token[], leave: number, { place, pause, signal, step }: Feeding): Promise<Token[]> {
  let at = 0
  while (tokens.length - at > leave && !signal.aborted) {
    const others = pause.wait()
    if (others) await others
    const end = Math.min(at + BATCH_TOKENS, tokens.length)
    await place.sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, end))
    step()
    at = end
  }
  return tokens.slice(at)
}

/**
 * Brings a prompt into the place. Its head stays there for the next prompt that begins with it. A head is always computed in
 * the same steps, kept or not: so a task has the same numbers, to the last bit, whether it found its head or not.
 */
export async function feed(prompt: Prompt, feeding: Feeding): Promise<Fed> {
  const { place, pause, signal } = feeding
  const { sequence } = place
  const head = prompt.tokens.slice(0, prompt.headLength)
  const kept = place.head
  place.head = []
  const has = head.length > 0 && kept.length === head.length && startsWith(prompt.tokens, kept)
  if (has && sequence.nextTokenIndex > head.length)
    await pause.during(() => sequence.eraseContextTokenRanges([{ start: head.length, end: sequence.nextTokenIndex }]))
  // A model that cannot go back to the middle of a text has given up more than it was asked to.
  const reusedTokens = has && sequence.nextTokenIndex === head.length ? head.length : 0
  if (reusedTokens === 0) {
    await pause.during(() => sequence.clearHistory())
    await evaluate(head, 0, feeding)
  }
  if (!signal.aborted) place.head = head
  const rest = await evaluate(prompt.tokens.slice(head.length), BATCH_TOKENS, feeding)
  return { rest, reusedTokens }
}
