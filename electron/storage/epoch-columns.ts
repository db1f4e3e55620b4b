import { z } from 'zod'
import { epochParts } from '../../shared/contract/epoch-row.contract.ts'
import { wire } from '../../shared/contract/wire.ts'
import type { SpanFacts } from '../../shared/earnings/epoch-parts.ts'
import { EPOCH_CAUSES, type EpochParts, ROW_SOURCES, type RowSource } from '../../shared/earnings/epoch-row.ts'
import type { PositionMark } from './storage.port.ts'

const span = z.object({
  feeAlpha: wire.signed,
  feeTao: wire.signed,
  flowsIn: wire.signed.optional(),
  moves: z.number().int(),
  others: z.number().int().optional(),
  seen: z.array(z.enum(EPOCH_CAUSES)).readonly(),
}) satisfies z.ZodType<SpanFacts>

const marks = z
  .array(
    z.object({
      genesis: z.string(),
      coldkey: wire.ss58,
      hotkey: wire.ss58,
      netuid: wire.netuid,
      block: wire.block,
      alpha: wire.alpha,
      flows: wire.signed,
      span: span.optional(),
    }),
  )
  .readonly() satisfies z.ZodType<readonly PositionMark[]>

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
export const marksToText = (of: readonly PositionMark[]): string => JSON.stringify(z.encode(marks, of))
export const marksFromText = (column: Column): readonly PositionMark[] => readBy(marks, column) ?? []
export const viaFrom = (column: Column): RowSource | undefined => ROW_SOURCES.find((source) => source === column)
