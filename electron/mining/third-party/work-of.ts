import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { UntimedWork, WorkKind } from '../work.port.ts'

const text = z.string().max(1_000_000)
const writing = {
  maxTokens: z.int().min(1).max(32_768),
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1).exactOptional(),
  seed: z.int().min(0).max(0xffff_ffff).exactOptional(),
  stop: z.array(z.string().min(1).max(100)).max(4).exactOptional(),
  jsonSchema: z.record(z.string(), z.unknown()).exactOptional(),
}
const message = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: text })
const texts = z.array(text.min(1)).min(1).max(1_024)

/** What a program that nobody of us wrote may ask for, within bounds. */
const work = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('chat'),
    task: z.strictObject({ messages: z.array(message).min(1).max(256), ...writing }),
  }),
  z.strictObject({ kind: z.literal('completion'), task: z.strictObject({ prompt: text.min(1), ...writing }) }),
  z.strictObject({ kind: z.literal('embed'), task: z.strictObject({ texts }) }),
  z.strictObject({ kind: z.literal('rank'), task: z.strictObject({ query: text.min(1), documents: texts }) }),
  z.strictObject({ kind: z.literal('forward'), task: z.strictObject({ body: text }) }),
])
const refusal = z.strictObject({ refuse: z.string().max(500) })

export type MappedWork = UntimedWork<Exclude<WorkKind, 'mapped'>>
export type Mapped = MappedWork | { readonly refuse: string }

/** @param tasks what its manifest names. @returns the work, a refusal for the sender, or what is wrong with the adapter */
export function mappedOf(value: unknown, tasks: readonly WorkKind[]): Result<Mapped, string> {
  const refused = refusal.safeParse(value)
  if (refused.success) return ok(refused.data)
  const parsed = work.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return err(`toTask gave no task: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  }
  return tasks.includes(parsed.data.kind) ? ok(parsed.data) : err(`adapter.json names no task ${parsed.data.kind}`)
}
