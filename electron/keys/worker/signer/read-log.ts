import { z } from 'zod'
import { type AuditEntry, canonicalJson, FIRST_PREV, hashedText } from '../../../../shared/signing/audit.ts'
import { isRao, isSs58Shape, type Rao, type Ss58 } from '../../../../shared/units/amounts.ts'

const text = z.string().max(65_536)
const tao = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform((digits) => BigInt(digits))
  .pipe(z.custom<Rao>(isRao))

const line = z.strictObject({
  seq: z.int().positive(),
  prev: text,
  hash: text,
  atMs: z.number(),
  what: z.enum(['call', 'message', 'answers', 'rules', 'healed']),
  decision: z.enum(['signed', 'refused', 'noted']),
  code: text.exactOptional(),
  signer: z.custom<Ss58>(isSs58Shape).exactOptional(),
  hotkey: text.exactOptional(),
  network: text.exactOptional(),
  genesis: text.exactOptional(),
  intent: text.exactOptional(),
  callHash: text.exactOptional(),
  payloadHash: text.exactOptional(),
  tao: tao.exactOptional(),
  note: text.exactOptional(),
})

export interface LogLine {
  readonly entry: AuditEntry
}
export interface ReadLog {
  readonly entries: readonly LogLine[]
  /** Bytes after the last line end: what a crash left of a line. */
  readonly tornBytes: number
  /** First line that does not fit, from 1. */
  readonly brokenAt: number | undefined
}

/**
 * Reads a log and checks that each line follows from the one before.
 *
 * Only what stands after the last line end may be torn: a line reaches the disk whole, or it has no line end.
 */
export function readLog(content: Uint8Array, sha256: (text: string) => string): ReadLog {
  const end = content.lastIndexOf(0x0a) + 1
  const lines = Buffer.from(content.subarray(0, end)).toString('utf8').split('\n').slice(0, -1)
  const entries: LogLine[] = []
  let prev = FIRST_PREV
  for (const [at, raw] of lines.entries()) {
    const entry = entryOf(raw)
    const fits = entry && entry.seq === at + 1 && entry.prev === prev && entry.hash === sha256(hashedText(entry))
    // The very text, too: two spellings of one line would be two logs with one chain.
    if (!fits || canonicalJson(entry) !== raw) return { entries, tornBytes: 0, brokenAt: at + 1 }
    entries.push({ entry })
    prev = entry.hash
  }
  return { entries, tornBytes: content.length - end, brokenAt: undefined }
}

function entryOf(raw: string): AuditEntry | undefined {
  try {
    const parsed = line.safeParse(JSON.parse(raw))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
