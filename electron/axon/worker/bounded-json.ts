import { err, ok, type Result } from '../../../shared/result.ts'

/** Deepest nesting taken. Chat requests need four. */
export const MAX_DEPTH = 32

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `[` and `]`; `{` and `}` differ from them by this one bit. */
const OPEN = 0x5b
const CLOSE = 0x5d
const CURLY = 0x20
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Deepest nesting of arrays and objects, without building any of it. Stops counting above `limit`. */
function depthOf(bytes: Uint8Array, limit: number): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < bytes.length && deepest <= limit; i++) {
    const byte = bytes[i] ?? 0
    if (quoted) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) quoted = false
    } else if (byte === QUOTE) quoted = true
    else if ((byte & ~CURLY) === OPEN) deepest = Math.max(deepest, ++depth)
    else if ((byte & ~CURLY) === CLOSE) depth--
  }
  return deepest
}

/** JSON of strangers: UTF-8 without errors, bounded depth. The caller bounds the size. */
export function parseBoundedJson(bytes: Uint8Array): Result<unknown, string> {
  if (depthOf(bytes, MAX_DEPTH) > MAX_DEPTH) return err(`nested more than ${MAX_DEPTH} deep`)
  try {
    return ok(JSON.parse(utf8.decode(bytes)))
  } catch {
    return err('not JSON')
  }
}
