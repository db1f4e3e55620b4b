import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ChatMessage } from '../../llm/llm.port.ts'
import { messagesField, messagesOf, text } from '../openai/messages.ts'
import { writingFields, writingOf } from '../openai/writing-fields.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute } from '../subnet-adapter.port.ts'

/** The fields of the synapse; a dendrite sends many more, which say who it is. */
const synapse = z.object({
  prompt: text.nullish(),
  system: text.nullish(),
  messages: messagesField.nullish(),
  ...writingFields,
})
type Synapse = z.infer<typeof synapse>

function conversationOf({ prompt, system, messages }: Synapse): Result<readonly ChatMessage[], string> {
  const asked = messages ?? (prompt ? [{ role: 'user' as const, content: prompt }] : undefined)
  if (!asked) return err('prompt: there is neither a prompt nor a conversation')
  return messagesOf(system ? [{ role: 'system', content: system }, ...asked] : asked)
}

/** @param stream  the text is sent as it is made, without a frame around its pieces */
export const chatSynapse = (name: string, stream: boolean): AdapterRoute<'chat'> => ({
  method: 'POST',
  path: `/${name}`,
  requestSchema: jsonSchemaOf(synapse),
  toTask(body) {
    const request = readWith(synapse, body)
    if (!request.ok) return request
    const messages = conversationOf(request.value)
    return messages.ok
      ? ok({ kind: 'chat', task: { messages: messages.value, ...writingOf(request.value) }, stream })
      : messages
  },
  answer: () => ({
    contentType: stream ? 'text/event-stream' : 'application/json',
    token: (piece) => (stream ? piece : ''),
    end: (done) => (stream ? '' : JSON.stringify({ completion: done.text })),
    // A stream of plain text has no place for an error: its connection breaks.
    fail: () => '',
  }),
})
