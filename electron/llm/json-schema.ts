import { z } from 'zod'
import type { JsonSchema } from './llm.port.ts'

/**
 * The part of JSON Schema that a grammar can enforce. A keyword that would be passed over in silence, such as `pattern`, is
 * refused: the answer would then not be what was asked for. `required` needs no effect: every property named is produced.
 */
const count = z.number().int().min(0).max(1_000)
const constant = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()])
const notes = {
  title: z.string().exactOptional(),
  description: z.string().exactOptional(),
  default: z.unknown().exactOptional(),
  examples: z.unknown().exactOptional(),
}
const simple = z.enum(['string', 'number', 'integer', 'boolean', 'null'])
const many = z
  .array(z.lazy(() => schema))
  .min(1)
  .max(64)
const shared = {
  ...notes,
  $schema: z.string().exactOptional(),
  $defs: z
    .record(
      z.string(),
      z.lazy(() => schema),
    )
    .exactOptional(),
}

const schema: z.ZodType<unknown> = z.union([
  z.strictObject({
    ...shared,
    type: z.literal('string'),
    minLength: count.exactOptional(),
    maxLength: count.exactOptional(),
  }),
  z.strictObject({ ...shared, type: z.literal('string'), format: z.enum(['date-time', 'time', 'date']) }),
  z.strictObject({ ...shared, type: z.union([simple, z.array(simple).min(1).max(5)]) }),
  z.strictObject({ ...shared, type: simple.exactOptional(), const: constant }),
  z.strictObject({ ...shared, type: simple.exactOptional(), enum: z.array(constant).min(1).max(1_000) }),
  z.strictObject({ ...shared, oneOf: many }),
  z.strictObject({ ...shared, anyOf: many }),
  z.strictObject({ ...shared, $ref: z.string().regex(/^#\/\$defs\/[\w.-]{1,100}$/) }),
  z.strictObject({
    ...shared,
    type: z.literal('object'),
    properties: z
      .record(
        z.string(),
        z.lazy(() => schema),
      )
      .exactOptional(),
    required: z.array(z.string()).exactOptional(),
    additionalProperties: z.union([z.boolean(), z.lazy(() => schema)]).exactOptional(),
    minProperties: count.exactOptional(),
    maxProperties: count.exactOptional(),
  }),
  z.strictObject({
    ...shared,
    type: z.literal('array'),
    items: z.lazy(() => schema).exactOptional(),
    prefixItems: many.exactOptional(),
    minItems: count.exactOptional(),
    maxItems: count.exactOptional(),
  }),
])

/** Texts of schemas grow into grammars many times as long, and each level of nesting into calls of the parser. */
const LONGEST_SCHEMA = 32_768
const DEEPEST_SCHEMA = 24

function depthOf(value: unknown, above = 0): number {
  if (typeof value !== 'object' || value === null || above > DEEPEST_SCHEMA * 2) return above
  return Math.max(above, ...Object.values(value).map((inner) => depthOf(inner, above + 1)))
}

/** Every name that is referred to is defined somewhere. */
function isComplete(value: unknown, referred = new Set<string>(), defined = new Set<string>()): boolean {
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref') referred.add(String(inner).slice('#/$defs/'.length))
      if (key === '$defs') for (const name of Object.keys(Object(inner))) defined.add(name)
      isComplete(inner, referred, defined)
    }
  }
  return [...referred].every((name) => defined.has(name))
}

/** A schema from a stranger: bounded in length and depth, and nothing in it that cannot be enforced. */
export const jsonSchema: z.ZodType<JsonSchema> = z
  .record(z.string(), z.unknown())
  // Each level of a schema is two of objects: `properties`, and what is in it.
  .refine((value) => depthOf(value) <= DEEPEST_SCHEMA * 2, { message: 'the schema is nested too deeply', abort: true })
  .refine((value) => JSON.stringify(value).length <= LONGEST_SCHEMA, { message: 'the schema is too long', abort: true })
  .refine((value) => schema.safeParse(value).success, 'the schema uses what cannot be enforced here')
  .refine((value) => isComplete(value), 'the schema refers to what it does not define')
