import { z } from 'zod'
import { epochParts } from '../../shared/contract/epoch-row.contract.ts'
import { wire } from '../../shared/contract/wire.ts'
import type { SpanFacts } from '../../shared/earnings/epoch-parts.ts'
import { EPOCH_CAUSES, type EpochParts } from '../../shared/earnings/epoch-row.ts'

const span = z.object({
  feeAlpha: wire.signed,
  feeTao: wire.signed,
  moves: z.number().int(),
  seen: z.array(z.enum(EPOCH_CAUSES)).readonly(),
}) satisfies z.ZodType<SpanFacts>

type Column = string | number | null | undefined

const readBy = <T extends z.ZodType>(shape: T, column: Column): z.output<T> | undefined =>
  typeof column === 'string' ? shape.parse(JSON.parse(column)) : undefined

// Amounts as text, and checked when they are read back, as on the wire.

export const partsToText = (parts: EpochParts | undefined): string | null =>
  parts ? JSON.stringify(z.encode(epochParts, parts)) : null
export const partsFromText = (column: Column): EpochParts | undefined => readBy(epochParts, column)
export const spanToText = (facts: SpanFacts | undefined): string | null =>
  facts ? JSON.stringify(z.encode(span, facts)) : null
export const spanFromText = (column: Column): SpanFacts | undefined => readBy(span, column)
