import type { LlamaGrammar } from 'node-llama-cpp'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { JsonSchema } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import type { TextEngine } from './engine.ts'

/** The library has `oneOf` for both: while a text is being produced, a value follows one of the choices anyway. */
function asOneOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asOneOf)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] =>
    key === 'anyOf' && Array.isArray(inner) ? ['oneOf', asOneOf(inner)] : [key, asOneOf(inner)],
  )
  return Object.fromEntries(entries)
}

/** @errors contract/bad-input when the library makes no grammar of the schema. */
export async function grammarFor(
  { model }: TextEngine,
  schema: JsonSchema,
): Promise<Result<LlamaGrammar, WorkerError>> {
  try {
    return ok(await model.llama.createGrammarForJsonSchema(asOneOf(schema) as { type: 'object' }))
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message.split('\n', 1)[0] : 'unknown'
    return err({ code: 'contract/bad-input', issues: [`jsonSchema: ${reason}`] })
  }
}
