import { z } from 'zod'
import { wire } from '../../../shared/contract/wire.ts'
import type { Manifest, Transport } from '../manifest.port.ts'
import type { WorkKind } from '../work.port.ts'

const SECOND_MS = 1_000
const KIB = 1_024
const MIB = KIB * KIB

/** Of what a body may be. @returns why this is no schema that can be held to; `undefined` = it is */
function schemaProblem(schema: Readonly<Record<string, unknown>>): string | undefined {
  try {
    z.fromJSONSchema(schema)
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause.message.slice(0, 200) : 'it cannot be read'
  }
}

const route = z.strictObject({
  method: z.literal('POST'),
  path: z.string().regex(/^\/[!-~]{0,200}$/),
  /** Axon v10: fields that the signature covers in place of the body. */
  hashFields: z.array(z.string().min(1).max(100)).max(16).exactOptional(),
  /** What the path takes; a body that does not fit is refused before the adapter sees it. */
  requestSchema: z.record(z.string(), z.unknown()).superRefine((schema, context) => {
    const message = schemaProblem(schema)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  }),
  /** Whether the answer is sent piece by piece. */
  stream: z.boolean(),
  contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+(?:; ?charset=utf-8)?$/),
})

/** `adapter.json`: everything about an adapter that is no program. */
export const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  title: z.string().min(1).max(60),
  transport: z.enum(['btauth-1', 'axon-v10', 'epistula-2'] satisfies readonly Transport[]),
  expectedIdentity: z.strictObject({
    networks: z.array(z.enum(['practice', 'finney', 'test', 'local', 'custom'])).min(1),
    /** Absent: a common protocol that any subnet may speak. */
    subnetName: z.string().min(1).max(100).exactOptional(),
    ownerColdkey: wire.ss58.exactOptional(),
    githubRepo: z.string().min(1).max(300).exactOptional(),
  }),
  tasks: z.array(z.enum(['chat', 'completion', 'embed', 'rank', 'forward'] satisfies readonly WorkKind[])).min(1),
  routes: z.array(route).min(1).max(32),
  policy: z.strictObject({
    requirePermit: z.boolean(),
    /** Smallest total stake weight answered, smallest units, in decimal digits. */
    minStake: z
      .string()
      .regex(/^\d{1,20}$/)
      .transform((digits) => BigInt(digits)),
  }),
  limits: z.strictObject({
    bodyBytes: z
      .int()
      .min(KIB)
      .max(16 * MIB),
    concurrency: z.int().min(1).max(64),
    queue: z.int().min(0).max(256),
    perHotkeyPerMinute: z.int().min(1).max(6_000),
    perAddressPerSecond: z.int().min(1).max(1_000),
    deadlineMs: z
      .int()
      .min(SECOND_MS)
      .max(300 * SECOND_MS),
    deadlineMarginMs: z
      .int()
      .min(0)
      .max(10 * SECOND_MS),
  }),
  hardware: z.strictObject({
    minVramBytes: z.int().min(0),
    minTokensPerSecond: z.number().min(0),
    contextTokens: z.int().min(0),
  }),
  serve: z.strictObject({ version: z.int().min(0).max(0xffff_ffff), protocol: z.int().min(0).max(255) }),
  scoringNotes: z.string().min(1).max(1_000),
  verified: z.strictObject({
    status: z.enum(['verified', 'stale', 'unverified']),
    date: z.iso.date(),
    source: z.string().min(1).max(200),
    sourceCommit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .exactOptional(),
  }),
})
