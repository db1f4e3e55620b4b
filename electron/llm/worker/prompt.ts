import type { ChatHistoryItem, LlamaText, Token } from 'node-llama-cpp'
import type { ChatMessage, ChatTask, CompletionTask } from '../llm.port.ts'
import type { TextEngine } from './engine.ts'

export interface Prompt {
  readonly tokens: Token[]
  /** How many tokens at the beginning are the same for every task with these system messages. 0 = too few to keep. */
  readonly headLength: number
  readonly stopTexts: readonly string[]
  readonly stopTokens: ReadonlySet<Token>
}

/** A head is computed in a step of its own, so that it can be kept; for fewer tokens that step costs more than it saves. */
const SHORTEST_HEAD = 32
/** A miner sees the system prompts of a few validators. */
const MOST_HEADS = 16

function render({ wrapper, model }: TextEngine, messages: readonly ChatMessage[]) {
  const chatHistory = messages.map(({ role, content }): ChatHistoryItem => {
    if (role === 'assistant') return { type: 'model', response: [content] }
    return { type: role, text: content }
  })
  const state = wrapper.generateContextState({ chatHistory: [...chatHistory, { type: 'model', response: [] }] })
  return { tokens: state.contextText.tokenize(model.tokenizer), triggers: state.stopGenerationTriggers }
}

export const startsWith = (tokens: readonly Token[], head: readonly Token[]): boolean =>
  tokens.length > head.length && head.every((token, at) => token === tokens[at])

/**
 * The tokens that every chat with these system messages begins with: what two renderings that differ in the user's first
 * letter have in common. The last of them may merge with what follows and is left out.
 */
function headOf(engine: TextEngine, systems: readonly ChatMessage[]): readonly Token[] {
  const key = JSON.stringify(systems)
  const known = engine.heads.get(key)
  if (known) return known
  const [one, other] = ['a', 'b'].map((content) => render(engine, [...systems, { role: 'user', content }]).tokens)
  const differsAt = one?.findIndex((token, at) => token !== other?.[at]) ?? 0
  const head = (one ?? []).slice(0, Math.max(0, differsAt - 1))
  const oldest = engine.heads.keys().next().value
  if (engine.heads.size >= MOST_HEADS && oldest !== undefined) engine.heads.delete(oldest)
  engine.heads.set(key, head)
  return head
}

/** Renders the messages with the model's own chat template. Nothing is added: no system prompt, no example. */
export function chatPrompt(engine: TextEngine, task: ChatTask): Prompt {
  const { tokens, triggers: all } = render(engine, task.messages)
  const triggers = all.map((trigger: LlamaText) => ({
    tokens: trigger.tokenize(engine.model.tokenizer),
    text: trigger.values.every((value) => typeof value === 'string') ? trigger.values.join('') : '',
  }))
  const firstOther = task.messages.findIndex(({ role }) => role !== 'system')
  const head = headOf(engine, task.messages.slice(0, Math.max(0, firstOther)))
  return {
    tokens,
    headLength: head.length >= SHORTEST_HEAD && startsWith(tokens, head) ? head.length : 0,
    stopTexts: [...(task.stop ?? []), ...triggers.map(({ text }) => text).filter((text) => text !== '')],
    stopTokens: new Set(triggers.flatMap((trigger) => (trigger.tokens.length === 1 ? trigger.tokens : []))),
  }
}

/** The text as it is, with the token that this model wants at the beginning of every text. */
export function completionPrompt({ model }: TextEngine, task: CompletionTask): Prompt {
  const { bos, shouldPrependBosToken } = model.tokens
  const text = model.tokenize(task.prompt)
  const tokens = shouldPrependBosToken && bos !== null && text[0] !== bos ? [bos, ...text] : text
  return { tokens, headLength: 0, stopTexts: task.stop ?? [], stopTokens: new Set() }
}
