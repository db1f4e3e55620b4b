import { z } from 'zod'
import type { JsonSchema, WritingOptions } from '../../llm/llm.port.ts'

/** Most tokens a caller may ask for in one answer. */
const MAX_TOKENS = 4_096
/** What is produced where the caller does not say. */
const DEFAULT_TOKENS = 256

const count = z.number().int().min(1).max(MAX_TOKENS)
const stopText = z.string().min(1).max(100)

/** How a text is to be written, in OpenAI's names. `null` is absent, as there. */
export const writingFields = {
  max_tokens: count.nullish(),
  max_completion_tokens: count.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  seed: z.number().int().min(0).max(0xffff_ffff).nullish(),
  stop: z.union([stopText, z.array(stopText).max(4)]).nullish(),
}
const fields = z.object(writingFields)
type Fields = z.infer<typeof fields>

function stopsOf(stop: Fields['stop']): { readonly stop?: readonly string[] } {
  if (stop === null || stop === undefined) return {}
  const stops = typeof stop === 'string' ? [stop] : stop
  return stops.length === 0 ? {} : { stop: stops }
}

/** @param jsonSchema where the answer has to be JSON */
export function writingOf(request: Fields, jsonSchema?: JsonSchema): Omit<WritingOptions, 'deadlineMs'> {
  return {
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? DEFAULT_TOKENS,
    temperature: request.temperature ?? 1,
    ...(typeof request.top_p === 'number' ? { topP: request.top_p } : {}),
    ...(typeof request.seed === 'number' ? { seed: request.seed } : {}),
    ...stopsOf(request.stop),
    ...(jsonSchema === undefined ? {} : { jsonSchema }),
  }
}
