import { err, ok, type Result } from '../../../shared/result.ts'

/** Deepest nesting taken. Chat requests need four. */
export const MAX_DEPTH = 32

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = new Set([0x5b, 0x7b])
const CLOSE = new Set([0x5d, 0x7d])

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
    else if (OPEN.has(byte)) deepest = Math.max(deepest, ++depth)
    else if (CLOSE.has(byte)) depth--
  }
  return deepest
}

/** JSON of strangers: UTF-8 without errors, bounded depth. The caller bounds the size. */
export function parseBoundedJson(bytes: Uint8Array): Result<unknown, string> {
  if (depthOf(bytes, MAX_DEPTH) > MAX_DEPTH) return err(`nested more than ${MAX_DEPTH} deep`)
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    return err('not JSON')
  }
}
