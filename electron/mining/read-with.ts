import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import type { JsonSchema } from '../llm/llm.port.ts'

/** @returns what was read, or which field is wrong, in one sentence for the sender. */
export function readWith<T>(schema: z.ZodType<T>, body: unknown): Result<T, string> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return err(issue ? `${issue.path.join('.') || 'body'}: ${issue.message}` : 'body: not what this path takes')
}

/** The schema in the words that everybody reads. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
