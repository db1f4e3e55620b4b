import { z } from 'zod'

// What servers answer, as far as it is read. Everything else in it is ignored; what is read is checked.

const count = z.number().int().nonnegative().max(1e9)
const usage = z
  .object({
    prompt_tokens: count.optional().catch(undefined),
    completion_tokens: count.optional().catch(undefined),
    prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish().catch(undefined),
  })
  .nullish()
  // A count that cannot be is no count; the answer is not lost for it.
  .catch(undefined)
export type Usage = z.output<typeof usage>

/** `text`: of completions; `delta`: of a stream; `message`: of a server that does not stream. */
const choice = z.object({
  index: count.nullish(),
  text: z.string().nullish(),
  delta: z.object({ content: z.string().nullish() }).nullish(),
  message: z.object({ content: z.string().nullish() }).nullish(),
  finish_reason: z.string().max(100).nullish(),
})

export const errorShape = z.object({
  error: z.union([z.string(), z.object({ message: z.string() })]),
})
export const written = z.object({ choices: z.array(choice).max(16), usage })
export const embedded = z.object({
  data: z.array(z.object({ index: count, embedding: z.array(z.number()).min(1).max(65_536) })).max(10_000),
  usage,
})
export const ranked = z.object({
  results: z.array(z.object({ index: count, relevance_score: z.number() })).max(10_000),
  usage,
})
export const modelList = z.object({ data: z.array(z.object({ id: z.string().max(500) })).max(1_000) })

/** @returns `undefined` for what is no JSON or of another shape */
export function readAs<T extends z.ZodType>(shape: T, text: string): z.output<T> | undefined {
  try {
    const read = shape.safeParse(JSON.parse(text))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/** What a server says of its refusal: OpenAI's shape, those of FastAPI and of proxies, or its bare text. */
export function saidIn(text: string): string {
  const said = readAs(errorShape, text)?.error
  if (said !== undefined) return typeof said === 'string' ? said : said.message
  const detail = readAs(z.object({ detail: z.string() }), text)?.detail
  const message = readAs(z.object({ message: z.string() }), text)?.message
  return detail ?? message ?? (text.trimStart().startsWith('<') ? '' : text)
}
