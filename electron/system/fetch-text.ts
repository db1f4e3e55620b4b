import { err, ok } from '../../shared/result.ts'
import type { FetchTextPort } from './fetch-text.port.ts'

const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.name === 'TimeoutError') return 'no answer in time'
  const inner: unknown = cause.cause
  return inner instanceof Error ? ((inner as { readonly code?: string }).code ?? inner.message) : cause.message
}

/** Reads no further than it may, and follows nobody to another address. */
export const fetchText: FetchTextPort = {
  async get(address, { mostBytes, withinMs }) {
    try {
      const response = await fetch(address, {
        redirect: 'manual',
        credentials: 'omit',
        headers: { accept: 'application/json', 'user-agent': 'Mozilla/5.0' },
        signal: AbortSignal.timeout(withinMs),
      })
      if (response.status !== 200) {
        await response.body?.cancel()
        return err({ reason: `status ${response.status}` })
      }
      const parts: Uint8Array[] = []
      let bytes = 0
      for await (const part of response.body ?? []) {
        bytes += part.length
        // Leaving the loop closes the line.
        if (bytes > mostBytes) return err({ reason: `an answer of more than ${mostBytes} bytes` })
        parts.push(part)
      }
      return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)))
    } catch (cause) {
      return err({ reason: reasonOf(cause) })
    }
  },
}
