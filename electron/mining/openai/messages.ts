import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ChatMessage } from '../../llm/llm.port.ts'

/** Longest conversation taken. A miner's context is small; more would be cut anyway. */
const MAX_MESSAGES = 64
export const text = z.string().max(100_000)
const parts = z
  .array(z.object({ type: z.literal('text'), text }))
  .min(1)
  .max(16)

/** A conversation in OpenAI's shape, text only. */
export const messagesField = z
  .array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: z.union([text, parts]) }))
  .min(1)
  .max(MAX_MESSAGES)
type Messages = z.infer<typeof messagesField>

const contentOf = (content: Messages[number]['content']): string =>
  typeof content === 'string' ? content : content.map((part) => part.text).join('')

/** `developer` is the newer name of `system`. */
const roleOf = (role: Messages[number]['role']) => (role === 'developer' ? 'system' : role)

/** The conversation as the model takes it: its last message is the user's. */
export function messagesOf(messages: Messages): Result<readonly ChatMessage[], string> {
  if (messages.at(-1)?.role !== 'user') return err('messages: the last one must be of the user')
  return ok(messages.map((one) => ({ role: roleOf(one.role), content: contentOf(one.content) })))
}
