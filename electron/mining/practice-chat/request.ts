import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { AdapterTask } from '../subnet-adapter.port.ts'

/** Longest conversation taken. A miner's context is small; more would be cut anyway. */
const MAX_MESSAGES = 64
/** Most tokens a caller may ask for in one answer. */
const MAX_TOKENS = 4_096
/** What is produced where the caller does not say. */
const DEFAULT_TOKENS = 256

const text = z.string().max(100_000)
const parts = z
  .array(z.object({ type: z.literal('text'), text }))
  .min(1)
  .max(16)
const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([text, parts]),
})
const count = z.number().int().min(1).max(MAX_TOKENS)

/** The part of OpenAI's chat completion request that a plain model can honour. Unknown fields are ignored, as there. */
const chatRequest = z.object({
  model: z.string().max(200).optional(),
  messages: z.array(message).min(1).max(MAX_MESSAGES),
  max_tokens: count.nullish(),
  max_completion_tokens: count.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  seed: z.number().int().min(0).max(0xffff_ffff).nullish(),
  stop: z.union([z.string().min(1).max(100), z.array(z.string().min(1).max(100)).max(4)]).nullish(),
  stream: z.boolean().nullish(),
  n: z.literal(1).nullish(),
})
type ChatRequest = z.infer<typeof chatRequest>

const contentOf = (content: ChatRequest['messages'][number]['content']): string =>
  typeof content === 'string' ? content : content.map((part) => part.text).join('')

/** `developer` is the newer name of `system`. */
const roleOf = (role: ChatRequest['messages'][number]['role']) => (role === 'developer' ? 'system' : role)

function stopsOf(stop: ChatRequest['stop']): { readonly stop?: readonly string[] } {
  if (stop === null || stop === undefined) return {}
  const stops = typeof stop === 'string' ? [stop] : stop
  return stops.length === 0 ? {} : { stop: stops }
}

function taskOf(request: ChatRequest): AdapterTask['task'] {
  return {
    messages: request.messages.map((m) => ({ role: roleOf(m.role), content: contentOf(m.content) })),
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? DEFAULT_TOKENS,
    temperature: request.temperature ?? 1,
    ...(typeof request.top_p === 'number' ? { topP: request.top_p } : {}),
    ...(typeof request.seed === 'number' ? { seed: request.seed } : {}),
    ...stopsOf(request.stop),
  }
}

/** Reads a chat completion request. @returns the task, or which field is wrong. */
export function readChatRequest(body: unknown): Result<AdapterTask, string> {
  const parsed = chatRequest.safeParse(body)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return err(issue ? `${issue.path.join('.') || 'body'}: ${issue.message}` : 'body: not a chat request')
  }
  if (parsed.data.messages.at(-1)?.role !== 'user') return err('messages: the last one must be of the user')
  return ok({ task: taskOf(parsed.data), stream: parsed.data.stream === true })
}
