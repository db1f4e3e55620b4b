import { z } from 'zod'
import { ok, type Result } from '../../../shared/result.ts'
import type { JsonSchema } from '../../llm/llm.port.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterTask } from '../subnet-adapter.port.ts'
import { messagesField, messagesOf } from './messages.ts'
import { writingFields, writingOf } from './writing-fields.ts'

const responseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string().max(100).optional(), schema: z.record(z.string(), z.unknown()) }),
  }),
])

/** The part of OpenAI's chat completion request that a plain model can honour. Unknown fields are ignored, as there. */
const chatRequest = z.object({
  model: z.string().max(200).optional(),
  messages: messagesField,
  ...writingFields,
  response_format: responseFormat.nullish(),
  stream: z.boolean().nullish(),
  n: z.literal(1).nullish(),
})

export const chatSchema: JsonSchema = jsonSchemaOf(chatRequest)

function schemaOf(format: z.infer<typeof responseFormat> | null | undefined): JsonSchema | undefined {
  if (format?.type === 'json_schema') return format.json_schema.schema
  return format?.type === 'json_object' ? { type: 'object' } : undefined
}

/** Reads a chat completion request. @returns the task, or which field is wrong. */
export function readChatRequest(body: unknown): Result<AdapterTask<'chat'>, string> {
  const request = readWith(chatRequest, body)
  if (!request.ok) return request
  const messages = messagesOf(request.value.messages)
  if (!messages.ok) return messages
  const writing = writingOf(request.value, schemaOf(request.value.response_format))
  const task = { messages: messages.value, ...writing }
  return ok({ kind: 'chat', task, stream: request.value.stream === true })
}
